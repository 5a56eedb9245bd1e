import { TAG } from "./tags.ts";

/** One field to write. Rationals are given as their value. */
export type TiffField =
  | {
      readonly tag: number;
      readonly kind: "short" | "long" | "rational" | "offset";
      readonly values: readonly number[];
    }
  | { readonly tag: number; readonly kind: "text"; readonly text: string };

/** An image whose tiles are compressed, with the fields that do not name a place in the file. */
export interface WritableImage {
  readonly fields: readonly TiffField[];
  readonly tiles: readonly Uint8Array[];
  /** Written as SubIFDs. */
  readonly levels: readonly WritableImage[];
}

interface Directory {
  readonly image: WritableImage;
  /** Index of the parent in the list of directories; -1 for a page. */
  readonly parent: number;
  /** Fields with every count final, places still unknown. */
  readonly fields: readonly TiffField[];
  offset: number;
}

/** Bytes of one value and type number of each kind, in classic and in BigTIFF. */
const KINDS = {
  short: { bytes: [2, 2], type: [3, 3] },
  long: { bytes: [4, 4], type: [4, 4] },
  rational: { bytes: [8, 8], type: [5, 5] },
  text: { bytes: [1, 1], type: [2, 2] },
  offset: { bytes: [4, 8], type: [4, 16] },
} as const;

/** The whole file: header, directories with their values, tiles. Throws RangeError when a classic TIFF would pass 4 GB. */
export function layOutDirectories(images: readonly WritableImage[], isBig: boolean): Uint8Array<ArrayBuffer> {
  const directories = images.flatMap((image, index) => listDirectories(image, index));
  let at = isBig ? 16 : 8;
  for (const directory of directories) {
    directory.offset = at;
    at = even(at + directoryBytes(directory.fields, isBig));
  }
  const tileOffsets = directories.map(({ image }) =>
    image.tiles.map((tile) => {
      const offset = tile.length === 0 ? 0 : at;
      at = even(at + tile.length);
      return offset;
    }),
  );
  if (!isBig && at > 0xffffffff) throw new RangeError(`a classic TIFF below 4 GB, found ${at} bytes`);
  const file = new Uint8Array(at);
  const view = new DataView(file.buffer);
  writeHeader(view, isBig, directories[0]?.offset ?? 0);
  const pages = directories.filter(({ parent }) => parent < 0);
  for (const [index, directory] of directories.entries()) {
    const places = new Map<number, readonly number[]>([
      [TAG.tileOffsets, tileOffsets[index] ?? []],
      [TAG.subIfds, directories.filter(({ parent }) => parent === index).map(({ offset }) => offset)],
    ]);
    const next = directory.parent < 0 ? pages[pages.indexOf(directory) + 1] : undefined;
    writeDirectory(view, directory, places, next?.offset ?? 0, isBig);
    for (const [i, tile] of directory.image.tiles.entries()) file.set(tile, tileOffsets[index]?.[i] ?? 0);
  }
  return file;

  function listDirectories(image: WritableImage, before: number): Directory[] {
    const self = indexOfImage(images, before);
    return [
      { image, parent: -1, fields: completeFields(image), offset: 0 },
      ...image.levels.map((level) => ({ image: level, parent: self, fields: completeFields(level), offset: 0 })),
    ];
  }
}

/** Position of a page's directory when each page is followed by its SubIFDs. */
function indexOfImage(images: readonly WritableImage[], page: number): number {
  return images.slice(0, page).reduce((count, image) => count + 1 + image.levels.length, 0);
}

/** Adds the tables of places, sorted by tag as TIFF demands. */
function completeFields(image: WritableImage): TiffField[] {
  const fields: TiffField[] = [
    ...image.fields,
    { tag: TAG.tileOffsets, kind: "offset", values: new Array<number>(image.tiles.length).fill(0) },
    { tag: TAG.tileByteCounts, kind: "long", values: image.tiles.map((tile) => tile.length) },
  ];
  if (image.levels.length > 0) {
    fields.push({ tag: TAG.subIfds, kind: "offset", values: new Array<number>(image.levels.length).fill(0) });
  }
  return fields.sort((a, b) => a.tag - b.tag);
}

function directoryBytes(fields: readonly TiffField[], isBig: boolean): number {
  const inline = isBig ? 8 : 4;
  const head = isBig ? 8 + fields.length * 20 + 8 : 2 + fields.length * 12 + 4;
  return fields.reduce((total, field) => {
    const bytes = valueBytes(field, isBig);
    return bytes > inline ? total + even(bytes) : total;
  }, even(head));
}

function writeHeader(view: DataView, isBig: boolean, first: number): void {
  view.setUint16(0, 0x4949);
  view.setUint16(2, isBig ? 43 : 42, true);
  if (isBig) {
    view.setUint16(4, 8, true);
    view.setBigUint64(8, BigInt(first), true);
  } else view.setUint32(4, first, true);
}

function writeDirectory(
  view: DataView,
  directory: Directory,
  places: ReadonlyMap<number, readonly number[]>,
  next: number,
  isBig: boolean,
): void {
  const { fields, offset } = directory;
  const inline = isBig ? 8 : 4;
  const entryBytes = isBig ? 20 : 12;
  let at = offset + (isBig ? 8 : 2);
  let valuesAt = offset + even((isBig ? 16 : 6) + fields.length * entryBytes);
  if (isBig) view.setBigUint64(offset, BigInt(fields.length), true);
  else view.setUint16(offset, fields.length, true);
  for (const given of fields) {
    const place = places.get(given.tag);
    const field = place && given.kind === "offset" ? { ...given, values: place } : given;
    const kind = KINDS[field.kind];
    const bytes = valueBytes(field, isBig);
    view.setUint16(at, field.tag, true);
    view.setUint16(at + 2, kind.type[isBig ? 1 : 0], true);
    const count = bytes / kind.bytes[isBig ? 1 : 0];
    if (isBig) view.setBigUint64(at + 4, BigInt(count), true);
    else view.setUint32(at + 4, count, true);
    const valueAt = at + (isBig ? 12 : 8);
    if (bytes <= inline) writeValues(view, valueAt, field, isBig);
    else {
      if (isBig) view.setBigUint64(valueAt, BigInt(valuesAt), true);
      else view.setUint32(valueAt, valuesAt, true);
      writeValues(view, valuesAt, field, isBig);
      valuesAt += even(bytes);
    }
    at += entryBytes;
  }
  if (isBig) view.setBigUint64(at, BigInt(next), true);
  else view.setUint32(at, next, true);
}

function writeValues(view: DataView, at: number, field: TiffField, isBig: boolean): void {
  if (field.kind === "text") {
    new Uint8Array(view.buffer).set(encodeText(field.text), at);
    return;
  }
  for (const [i, value] of field.values.entries()) {
    if (field.kind === "short") view.setUint16(at + i * 2, value, true);
    else if (field.kind === "long") view.setUint32(at + i * 4, value, true);
    else if (field.kind === "rational") {
      const [numerator, denominator] = toRational(value);
      view.setUint32(at + i * 8, numerator, true);
      view.setUint32(at + i * 8 + 4, denominator, true);
    } else if (isBig) view.setBigUint64(at + i * 8, BigInt(value), true);
    else view.setUint32(at + i * 4, value, true);
  }
}

/** A quotient of 32 bit numbers with as many digits as fit. */
function toRational(value: number): [number, number] {
  let denominator = 1;
  while (denominator < 1e6 && value * denominator * 10 < 0xffffffff && !Number.isInteger(value * denominator)) {
    denominator *= 10;
  }
  return [Math.round(value * denominator), denominator];
}

function valueBytes(field: TiffField, isBig: boolean): number {
  const size = KINDS[field.kind].bytes[isBig ? 1 : 0];
  return size * (field.kind === "text" ? encodeText(field.text).length : field.values.length);
}

function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\0`);
}

function even(value: number): number {
  return value + (value & 1);
}
