import { whiteImage } from "../pixels.ts";
import type { RgbaImage } from "../types.ts";

const IMAGE = 0x2c;
const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const MAX_CODES = 4096;
/** Rows of an interlaced picture: first row and step of each pass (GIF89a appendix E). */
const PASSES = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
] as const;

/** The first picture of a GIF (GIF89a) over white. Throws RangeError where it is damaged or cut off. */
export function gifToRgba(bytes: Uint8Array<ArrayBuffer>): RgbaImage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const image = whiteImage(view.getUint16(6, true), view.getUint16(8, true));
  const shared = readPalette(bytes, 13, view.getUint8(10));
  let transparent = -1;
  let at = 13 + shared.length;
  while (view.getUint8(at) === EXTENSION) {
    const isControl = view.getUint8(at + 1) === GRAPHIC_CONTROL && (view.getUint8(at + 3) & 1) === 1;
    if (isControl) transparent = view.getUint8(at + 6);
    at = skipBlocks(bytes, at + 2);
  }
  if (view.getUint8(at) !== IMAGE) throw new RangeError("a GIF without a picture");
  const [left, top, width, height] = [1, 3, 5, 7].map((i) => view.getUint16(at + i, true)) as [
    number,
    number,
    number,
    number,
  ];
  const flags = view.getUint8(at + 9);
  const own = readPalette(bytes, at + 10, flags);
  const palette = own.length > 0 ? own : shared;
  at += 10 + own.length;
  if (width * height > image.width * image.height) throw new RangeError("a GIF picture larger than its screen");
  const indices = unfold(collectBlocks(bytes, at + 1), view.getUint8(at), width * height);
  const rows = (flags & 0x40) !== 0 ? interlacedRows(height) : Array.from({ length: height }, (_, row) => row);
  for (const [i, row] of rows.entries()) {
    const y = top + row;
    if (y >= image.height) continue;
    for (let x = 0; x < width && left + x < image.width; x++) {
      const index = indices[i * width + x]!;
      if (index === transparent) continue;
      const to = (y * image.width + left + x) * 4;
      for (let c = 0; c < 3; c++) image.data[to + c] = palette[index * 3 + c] ?? 0;
    }
  }
  return image;
}

/** The colour table that flags tell of, empty where they tell of none. */
function readPalette(bytes: Uint8Array<ArrayBuffer>, at: number, flags: number): Uint8Array<ArrayBuffer> {
  return bytes.subarray(at, (flags & 0x80) === 0 ? at : at + 3 * 2 ** ((flags & 7) + 1));
}

/** Position behind blocks of at most 255 bytes, each behind its length, that end with an empty one. */
function skipBlocks(bytes: Uint8Array<ArrayBuffer>, from: number): number {
  for (let at = from; ; ) {
    const length = bytes[at];
    if (length === undefined || at + 1 + length > bytes.length) throw new RangeError("a GIF that is cut off");
    at += 1 + length;
    if (length === 0) return at;
  }
}

/** The data of such blocks in one piece. */
function collectBlocks(bytes: Uint8Array<ArrayBuffer>, from: number): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(skipBlocks(bytes, from) - from);
  let filled = 0;
  for (let at = from; bytes[at] !== 0; at += 1 + bytes[at]!) {
    data.set(bytes.subarray(at + 1, at + 1 + bytes[at]!), filled);
    filled += bytes[at]!;
  }
  return data.subarray(0, filled);
}

/** GIF's LZW: codes from `minBits` + 1 to 12 bits, lowest bit first, widened when the codes are used up. */
function unfold(input: Uint8Array<ArrayBuffer>, minBits: number, count: number): Uint8Array<ArrayBuffer> {
  if (minBits < 1 || minBits > 8) throw new RangeError(`a GIF with codes of ${minBits} bits`);
  const clear = 1 << minBits;
  const output = new Uint8Array(count);
  /** A string is a piece of the output: where it starts and its length. */
  const start = new Uint32Array(MAX_CODES);
  const length = new Uint32Array(MAX_CODES);
  let size = clear + 2;
  let codeBits = minBits + 1;
  let previous = -1;
  let position = 0;
  let filled = 0;
  while (filled < count) {
    if (position + codeBits > input.length * 8) throw new RangeError("a GIF that is cut off");
    const byte = position >> 3;
    const packed = input[byte]! | ((input[byte + 1] ?? 0) << 8) | ((input[byte + 2] ?? 0) << 16);
    const code = (packed >> (position & 7)) & ((1 << codeBits) - 1);
    position += codeBits;
    if (code === clear) {
      size = clear + 2;
      codeBits = minBits + 1;
      previous = -1;
      continue;
    }
    if (code === clear + 1 || code > size || (code === size && previous < 0)) {
      throw new RangeError(`code ${code} of a GIF is out of place`);
    }
    const at = filled;
    if (code < clear) output[filled++] = code;
    else if (previous < 0) throw new RangeError(`code ${code} of a GIF is out of place`);
    else {
      const from = code === size ? lastStart(at, previous) : start[code]!;
      const end = Math.min(count, at + (code === size ? lengthOf(previous) + 1 : length[code]!));
      for (let i = from; filled < end; i++) output[filled++] = output[i]!;
    }
    if (previous >= 0 && size < MAX_CODES) {
      start[size] = lastStart(at, previous);
      length[size] = lengthOf(previous) + 1;
      size++;
      if (size === 1 << codeBits && codeBits < 12) codeBits++;
    }
    previous = code;
  }
  return output;

  function lengthOf(code: number): number {
    return code < clear ? 1 : length[code]!;
  }

  /** The string of the code before the one written from `at` on. */
  function lastStart(at: number, before: number): number {
    return at - lengthOf(before);
  }
}

function interlacedRows(height: number): number[] {
  return PASSES.flatMap(([first, step]) =>
    Array.from({ length: Math.max(0, Math.ceil((height - first) / step)) }, (_, i) => first + i * step),
  );
}
