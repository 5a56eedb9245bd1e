import type { RgbaImage } from "../../../src/engine/slide/types.ts";
import { encodeRestartJpeg, type RestartJpegOptions } from "./restart-jpeg.ts";
import { type SparseFile, writtenOut } from "./sparse-file.ts";

/** One image of an NDPI file. */
export interface NdpiPage {
  readonly width: number;
  readonly height: number;
  readonly jpeg: Uint8Array<ArrayBuffer>;
  /** Bytes of the stream as the file tells them. Default: those of `jpeg`. */
  readonly jpegLength?: number;
  /** Magnification; -1 for the photograph of the slide, -2 for the map of focus points. */
  readonly lens: number;
  /** Nanometres. Default: 0. */
  readonly z?: number;
  /** Starts of the pieces between restart markers in the stream. Default: not written. */
  readonly starts?: readonly number[];
  /** 0 is bright field. Default: 0. */
  readonly captureMode?: number;
  /** Pixels per centimetre. */
  readonly resolution: number;
}

export interface NdpiOptions {
  /** Where the first image lies; beyond 4 GiB only a `sparseSource` can read the file. Default: 12. */
  readonly startAt?: number;
  /** Whether the upper halves of values are written behind each directory. Default: true. */
  readonly hasUpperHalves?: boolean;
}

interface Field {
  readonly tag: number;
  readonly type: 2 | 3 | 4 | 5 | 9 | 11;
  readonly values: readonly number[] | string;
}

const TWO_32 = 2 ** 32;

/** An NDPI file of little endian order: each image, its long values, its directory, one after another. */
export function writeNdpi(pages: readonly NdpiPage[], options: NdpiOptions = {}): SparseFile {
  const { startAt = 12, hasUpperHalves = true } = options;
  const parts: { offset: number; bytes: Uint8Array }[] = [];
  let at = startAt;
  const add = (bytes: Uint8Array) => {
    const offset = at;
    parts.push({ offset, bytes });
    at += bytes.length + (bytes.length & 1);
    return offset;
  };
  let pointer = new DataView(new ArrayBuffer(12));
  pointer.setUint32(0, 0x002a4949, true);
  parts.push({ offset: 0, bytes: new Uint8Array(pointer.buffer) });
  let pointerAt = 4;
  for (const page of pages) {
    const fields = fieldsOf(page, add(page.jpeg)).sort((a, b) => a.tag - b.tag);
    const entries = fields.map((field) => {
      const bytes = encode(field);
      const count = typeof field.values === "string" ? bytes.length : field.values.length;
      const upper = Math.floor(Number(field.type === 4 && count === 1 ? field.values[0] : 0) / TWO_32);
      return { ...field, bytes, count, upper, offset: bytes.length > 4 ? add(bytes) : null };
    });
    const directory = new DataView(new ArrayBuffer(2 + entries.length * (hasUpperHalves ? 16 : 12) + 8));
    directory.setUint16(0, entries.length, true);
    for (const [i, { tag, type, count, bytes, upper, offset }] of entries.entries()) {
      directory.setUint16(2 + i * 12, tag, true);
      directory.setUint16(4 + i * 12, type, true);
      directory.setUint32(6 + i * 12, count, true);
      if (offset === null) new Uint8Array(directory.buffer).set(bytes, 10 + i * 12);
      else directory.setUint32(10 + i * 12, offset % TWO_32, true);
      const high = offset === null ? upper : Math.floor(offset / TWO_32);
      if (hasUpperHalves) directory.setUint32(2 + entries.length * 12 + 8 + i * 4, high, true);
    }
    pointer.setBigUint64(pointerAt, BigInt(add(new Uint8Array(directory.buffer))), true);
    pointer = directory;
    pointerAt = 2 + entries.length * 12;
  }
  return { size: at, parts };
}

function fieldsOf(page: NdpiPage, start: number): Field[] {
  const fields: Field[] = [
    { tag: 256, type: 4, values: [page.width] },
    { tag: 257, type: 4, values: [page.height] },
    { tag: 258, type: 3, values: [8, 8, 8] },
    { tag: 259, type: 3, values: [7] },
    { tag: 262, type: 3, values: [6] },
    { tag: 271, type: 2, values: "Hamamatsu" },
    { tag: 272, type: 2, values: "made" },
    { tag: 273, type: 4, values: [start] },
    { tag: 277, type: 3, values: [3] },
    { tag: 278, type: 4, values: [page.height] },
    { tag: 279, type: 4, values: [page.jpegLength ?? page.jpeg.length] },
    { tag: 282, type: 5, values: [page.resolution, 1] },
    { tag: 283, type: 5, values: [page.resolution, 1] },
    { tag: 296, type: 3, values: [3] },
    { tag: 65420, type: 4, values: [1] },
    { tag: 65421, type: 11, values: [page.lens] },
    { tag: 65422, type: 9, values: [1234567] },
    { tag: 65423, type: 9, values: [-96063] },
    { tag: 65424, type: 9, values: [page.z ?? 0] },
    { tag: 65427, type: 2, values: "S12-3456" },
    { tag: 65434, type: 2, values: "DAPI" },
    { tag: 65441, type: 4, values: [page.captureMode ?? 0] },
    { tag: 65449, type: 2, values: "Product=made\r\nNDP.S/N=17\r\nempty=\r\nan odd line\r\nMacro.S/N=18" },
  ];
  if (page.starts) fields.push({ tag: 65426, type: 4, values: page.starts });
  return fields;
}

function encode({ type, values }: Field): Uint8Array {
  if (typeof values === "string") return new TextEncoder().encode(`${values}\0`);
  const size = type === 3 ? 2 : 4;
  const view = new DataView(new ArrayBuffer(values.length * size));
  for (const [i, value] of values.entries()) {
    if (type === 3) view.setUint16(i * 2, value, true);
    else if (type === 9) view.setInt32(i * 4, value, true);
    else if (type === 11) view.setFloat32(i * 4, value, true);
    else view.setUint32(i * 4, value % TWO_32, true);
  }
  return new Uint8Array(view.buffer);
}

/** Tissue of a kind: soft waves with edges, so that a piece in the wrong place shows. */
export function madePicture(width: number, height: number, phase = 0): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const isCell = (Math.floor(x / 37) * 7 + Math.floor(y / 29) * 13 + phase) % 5 === 0;
      data[at] = 170 + 60 * Math.sin(x / 90 + phase);
      data[at + 1] = isCell ? 60 : 150 + 50 * Math.cos(y / 70);
      data[at + 2] = 180 + 40 * Math.sin((x + y) / 110);
      data[at + 3] = 255;
    }
  }
  return { width, height, data };
}

/** A page of a picture; the table of starts is written unless `hasStarts` is false. */
export function madeNdpiPage(
  picture: RgbaImage,
  lens: number,
  options: RestartJpegOptions & { readonly z?: number; readonly hasStarts?: boolean },
): NdpiPage {
  const { width, height } = picture;
  const { bytes, starts } = encodeRestartJpeg(picture, options);
  const page = { width, height, jpeg: bytes, lens, z: options.z ?? 0, resolution: Math.round((43826 * lens) / 40) };
  return options.hasStarts === false || starts.length < 2 ? page : { ...page, starts };
}

/** A small slide: levels of 20x and 5x in three planes, and a photograph of the slide. */
export function madeNdpi(options: { readonly hasStarts?: boolean } = {}): Uint8Array<ArrayBuffer> {
  const pages = [-2000, 0, 2500].flatMap((z, phase) => [
    madeNdpiPage(madePicture(640, 440, phase), 20, { restartInterval: 20, z, ...options }),
    madeNdpiPage(madePicture(160, 110, phase), 5, { restartInterval: 20, z, ...options }),
  ]);
  const macro = { ...madeNdpiPage(madePicture(120, 40), 1, { restartInterval: 0 }), lens: -1 };
  return writtenOut(writeNdpi([...pages, macro]));
}
