/** One field of a directory, with a TIFF field type by name. */
export type MadeField = NumberField | TextField;

interface NumberField {
  readonly tag: number;
  readonly type: "short" | "long" | "rational";
  readonly values: readonly number[];
}

interface TextField {
  readonly tag: number;
  readonly type: "ascii" | "byte";
  readonly text: string;
}

export interface MadePage {
  readonly width: number;
  readonly height: number;
  /** Default: strips, one for the whole page. */
  readonly tile?: readonly [number, number];
  /** Red, green, blue of each pixel. */
  readonly colour: (x: number, y: number) => readonly [number, number, number];
  /** Tiles that the file leaves out, by their number in row order. */
  readonly missing?: readonly number[];
  /** Besides what the pixels need. */
  readonly fields?: readonly MadeField[];
}

const TYPES = { byte: [1, 1], ascii: [2, 1], short: [3, 2], long: [4, 4], rational: [5, 8] } as const;

/** A little-endian TIFF or BigTIFF of uncompressed RGB pages, with any field; what no writer of ours writes. */
export function madeTiff(pages: readonly MadePage[], isBig = false): Uint8Array<ArrayBuffer> {
  const pieces = pages.map(cutPage);
  const fields = pages.map((page, i) => [...pageFields(page, pieces[i] ?? []), ...(page.fields ?? [])]);
  const sizes = fields.map((list) => directoryBytes(list, isBig));
  const starts = startsOf(isBig ? 16 : 8, sizes);
  const dataStart = starts.at(-1)! + sizes.at(-1)!;
  const dataStarts = startsOf(
    dataStart,
    pieces.flat().map((bytes) => bytes.length),
  );
  const total = dataStart + pieces.flat().reduce((sum, bytes) => sum + bytes.length, 0);
  const file = new Uint8Array(total);
  const view = new DataView(file.buffer);
  view.setUint16(0, 0x4949, true);
  view.setUint16(2, isBig ? 43 : 42, true);
  if (isBig) {
    view.setUint16(4, 8, true);
    view.setBigUint64(8, BigInt(starts[0]!), true);
  } else view.setUint32(4, starts[0]!, true);
  let piece = 0;
  for (const [i, list] of fields.entries()) {
    const offsets = pieces[i]!.map((bytes) => {
      const at = dataStarts[piece++]!;
      file.set(bytes, at);
      return bytes.length === 0 ? 0 : at;
    });
    const placed = list.map((field) =>
      "values" in field && (field.tag === 324 || field.tag === 273) ? { ...field, values: offsets } : field,
    );
    writeDirectory(view, starts[i]!, placed, starts[i + 1] ?? 0, isBig);
  }
  return file;
}

function pageFields(page: MadePage, pieces: readonly Uint8Array[]): MadeField[] {
  const lengths = pieces.map((bytes) => bytes.length);
  const shape: MadeField[] = page.tile
    ? [
        { tag: 322, type: "long", values: [page.tile[0]] },
        { tag: 323, type: "long", values: [page.tile[1]] },
        { tag: 324, type: "long", values: lengths },
        { tag: 325, type: "long", values: lengths },
      ]
    : [
        { tag: 273, type: "long", values: lengths },
        { tag: 278, type: "long", values: [page.height] },
        { tag: 279, type: "long", values: lengths },
      ];
  return [
    { tag: 256, type: "long", values: [page.width] },
    { tag: 257, type: "long", values: [page.height] },
    { tag: 258, type: "short", values: [8, 8, 8] },
    { tag: 259, type: "short", values: [1] },
    { tag: 262, type: "short", values: [2] },
    { tag: 277, type: "short", values: [3] },
    { tag: 284, type: "short", values: [1] },
    ...shape,
  ];
}

function cutPage({ width, height, tile, colour, missing = [] }: MadePage): Uint8Array[] {
  const [tileWidth, tileHeight] = tile ?? [width, height];
  const pieces: Uint8Array[] = [];
  for (let top = 0; top < height; top += tileHeight) {
    for (let left = 0; left < width; left += tileWidth) {
      const bytes = new Uint8Array(missing.includes(pieces.length) ? 0 : tileWidth * tileHeight * 3);
      for (let at = 0; at < bytes.length; at += 3) {
        const pixel = at / 3;
        bytes.set(colour(left + (pixel % tileWidth), top + Math.floor(pixel / tileWidth)), at);
      }
      pieces.push(bytes);
    }
  }
  return pieces;
}

function directoryBytes(fields: readonly MadeField[], isBig: boolean): number {
  const outside = fields.map(bytesOf).filter((bytes) => bytes > (isBig ? 8 : 4));
  const head = isBig ? 16 + fields.length * 20 : 6 + fields.length * 12;
  return even(head) + outside.reduce((sum, bytes) => sum + even(bytes), 0);
}

function writeDirectory(
  view: DataView,
  start: number,
  fields: readonly MadeField[],
  next: number,
  isBig: boolean,
): void {
  const entryBytes = isBig ? 20 : 12;
  let at = start + (isBig ? 8 : 2);
  let outside = start + even((isBig ? 16 : 6) + fields.length * entryBytes);
  const setOffset = (place: number, value: number) =>
    isBig ? view.setBigUint64(place, BigInt(value), true) : view.setUint32(place, value, true);
  if (isBig) view.setBigUint64(start, BigInt(fields.length), true);
  else view.setUint16(start, fields.length, true);
  for (const field of [...fields].sort((a, b) => a.tag - b.tag)) {
    const bytes = bytesOf(field);
    view.setUint16(at, field.tag, true);
    view.setUint16(at + 2, TYPES[field.type][0], true);
    setOffset(at + 4, bytes / TYPES[field.type][1]);
    const valueAt = at + (isBig ? 12 : 8);
    if (bytes <= (isBig ? 8 : 4)) writeValues(view, valueAt, field);
    else {
      setOffset(valueAt, outside);
      writeValues(view, outside, field);
      outside += even(bytes);
    }
    at += entryBytes;
  }
  setOffset(at, next);
}

function writeValues(view: DataView, at: number, field: MadeField): void {
  if ("text" in field) new Uint8Array(view.buffer).set(textBytes(field.text), at);
  else {
    for (const [i, value] of field.values.entries()) {
      if (field.type === "short") view.setUint16(at + i * 2, value, true);
      else if (field.type === "long") view.setUint32(at + i * 4, value, true);
      else {
        view.setUint32(at + i * 8, Math.round(value * 10000), true);
        view.setUint32(at + i * 8 + 4, 10000, true);
      }
    }
  }
}

function bytesOf(field: MadeField): number {
  if ("text" in field) return textBytes(field.text).length;
  return field.values.length * TYPES[field.type][1];
}

function textBytes(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\0`);
}

function startsOf(first: number, sizes: readonly number[]): number[] {
  let at = first;
  return sizes.map((size) => {
    const start = at;
    at += size;
    return start;
  });
}

function even(value: number): number {
  return value + (value & 1);
}

/** ImageDescription. */
export function description(text: string): MadeField {
  return { tag: 270, type: "ascii", text };
}

/** Software. */
export function software(text: string): MadeField {
  return { tag: 305, type: "ascii", text };
}

/** XMP, which TIFF writers store as bytes. */
export function xmp(text: string): MadeField {
  return { tag: 700, type: "byte", text };
}

/** NewSubfileType. */
export function subfileType(value: number): MadeField {
  return { tag: 254, type: "long", values: [value] };
}

/** XResolution, YResolution and their unit: 2 inch, 3 centimetre. */
export function resolution(x: number, y: number, unit: number): MadeField[] {
  return [
    { tag: 282, type: "rational", values: [x] },
    { tag: 283, type: "rational", values: [y] },
    { tag: 296, type: "short", values: [unit] },
  ];
}

/** A pattern in which every pixel near another differs from it; `seed` tells images apart. */
export function pattern(seed: number): (x: number, y: number) => readonly [number, number, number] {
  return (x, y) => [(3 * x + y + seed * 40) & 255, (x * y + seed * 7) & 255, (255 - 2 * x + 5 * y) & 255];
}
