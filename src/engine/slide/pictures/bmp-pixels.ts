import { AppError } from "../../base/errors.ts";
import { layOverWhite, whiteImage } from "../pixels.ts";
import type { RgbaImage } from "../types.ts";

/** Headers of Windows and OS/2 bitmaps before their pixels. */
export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  /** Runs of equal pixels; else rows of whole pixels. */
  readonly isRunLength: boolean;
  readonly pixelsAt: number;
  /** Bits of red, green, blue and alpha within a pixel of 16 or 32 bits. */
  readonly masks: readonly [number, number, number, number];
  readonly paletteAt: number;
  readonly paletteStep: 3 | 4;
}

/** Header bytes that `readBmpHeader` wants, fewer for a shorter file. */
export const BMP_HEAD_BYTES = 14 + 124;
/** Pixels in run lengths at most: few bytes can stand for many of them. */
const MAX_RUN_PIXELS = 1 << 25;
const PLAIN_15: BmpHeader["masks"] = [0x7c00, 0x03e0, 0x001f, 0];
const PLAIN_24: BmpHeader["masks"] = [0xff0000, 0x00ff00, 0x0000ff, 0];

/** Null where the header is damaged. Throws `slide/unsupported-format` for JPEG or PNG inside a BMP. */
export function readBmpHeader(head: Uint8Array<ArrayBuffer>): BmpHeader | null {
  if (head.length < 26) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const headerBytes = view.getUint32(14, true);
  const pixelsAt = view.getUint32(10, true);
  if (headerBytes === 12) {
    const bits = view.getUint16(24, true);
    const size = { width: view.getUint16(18, true), height: view.getUint16(20, true), isTopDown: false };
    return { ...size, bits, isRunLength: false, pixelsAt, masks: PLAIN_24, paletteAt: 26, paletteStep: 3 };
  }
  if (headerBytes < 16 || head.length < 34) return null;
  const bits = view.getUint16(28, true);
  const compression = headerBytes >= 20 ? view.getUint32(30, true) : 0;
  const isMasked = compression === 3 || compression === 6;
  if (!isMasked && compression > 2) {
    throw new AppError(
      "slide/unsupported-format",
      `Expected a BMP with pixels of its own, found compression ${compression}. Save it again as PNG.`,
    );
  }
  const rows = view.getInt32(22, true);
  const hasAlphaMask = compression === 6 || headerBytes >= 56;
  const mask = (at: number) => (isMasked && at + 4 <= head.length ? view.getUint32(at, true) : 0);
  const plain = bits === 16 ? PLAIN_15 : PLAIN_24;
  return {
    width: view.getInt32(18, true),
    height: Math.abs(rows),
    isTopDown: rows < 0,
    bits,
    isRunLength: compression === 1 || compression === 2,
    pixelsAt,
    masks: isMasked ? [mask(54), mask(58), mask(62), hasAlphaMask ? mask(66) : 0] : plain,
    paletteAt: 14 + headerBytes + (headerBytes === 40 && isMasked ? 12 : 0),
    paletteStep: 4,
  };
}

/** A whole BMP file over white. Throws RangeError where it is damaged or cut off. */
export function bmpToRgba(bytes: Uint8Array<ArrayBuffer>): RgbaImage {
  const header = readBmpHeader(bytes.subarray(0, BMP_HEAD_BYTES));
  if (!header || ![1, 2, 4, 8, 16, 24, 32].includes(header.bits)) throw new RangeError("a BMP without pixels");
  const { width, height, bits, isRunLength, pixelsAt, isTopDown } = header;
  const isCut = !isRunLength && pixelsAt + rowBytesOf(header) * height > bytes.length;
  if (isCut || (isRunLength && width * height > MAX_RUN_PIXELS)) throw new RangeError("a BMP that is cut off or huge");
  const image = whiteImage(width, height);
  if (bits > 8) fillMasked(image, bytes, header);
  else {
    const indices = isRunLength ? unfoldRuns(bytes, header) : unpack(bytes, header);
    const { paletteAt, paletteStep } = header;
    for (let i = 0, at = 0; i < indices.length; i++, at += 4) {
      const entry = paletteAt + indices[i]! * paletteStep;
      // Blue comes first; what lies behind the colour table has no colour.
      for (let c = 0; c < 3; c++) image.data[at + c] = entry + 3 <= pixelsAt ? (bytes[entry + 2 - c] ?? 0) : 0;
    }
  }
  return isTopDown ? image : upsideDown(image);
}

function fillMasked(image: RgbaImage, bytes: Uint8Array<ArrayBuffer>, header: BmpHeader): void {
  const { width, height, bits, pixelsAt, masks } = header;
  const { data } = image;
  const size = bits / 8;
  const rowBytes = rowBytesOf(header);
  const channels = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { mask, shift, most: mask >>> shift };
  });
  const hasAlpha = masks[3] !== 0;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0, from = pixelsAt + y * rowBytes; x < width; x++, at += 4, from += size) {
      let pixel = 0;
      for (let b = size - 1; b >= 0; b--) pixel = (pixel << 8) | bytes[from + b]!;
      for (let c = 0; c < (hasAlpha ? 4 : 3); c++) {
        const { mask, shift, most } = channels[c]!;
        data[at + c] = most === 0 ? 0 : (((pixel & mask) >>> shift) * 255) / most;
      }
    }
  }
  if (hasAlpha) layOverWhite(image);
}

/** Palette indices of rows that end on whole four bytes. */
function unpack(bytes: Uint8Array<ArrayBuffer>, header: BmpHeader): Uint8Array<ArrayBuffer> {
  const { width, height, bits, pixelsAt } = header;
  const rowBytes = rowBytesOf(header);
  const indices = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * bits;
      const byte = bytes[pixelsAt + y * rowBytes + (bit >> 3)]!;
      indices[at++] = (byte >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
    }
  }
  return indices;
}

function rowBytesOf({ width, bits }: BmpHeader): number {
  return Math.ceil((width * bits) / 32) * 4;
}

/** Indices of Windows' run lengths of 4 or 8 bits; what they skip is entry 0. */
function unfoldRuns(
  bytes: Uint8Array<ArrayBuffer>,
  { width, height, bits, pixelsAt }: BmpHeader,
): Uint8Array<ArrayBuffer> {
  const indices = new Uint8Array(width * height);
  let [x, y, at] = [0, 0, pixelsAt];
  const put = (value: number) => {
    if (x < width && y < height) indices[y * width + x] = value;
    x++;
  };
  const nibble = (byte: number, i: number) => (bits === 8 ? byte : i % 2 === 0 ? byte >> 4 : byte & 15);
  while (y < height) {
    const count = bytes[at];
    const second = bytes[at + 1];
    if (count === undefined || second === undefined) throw new RangeError("a BMP that is cut off");
    at += 2;
    if (count > 0) for (let i = 0; i < count; i++) put(nibble(second, i));
    else if (second === 0) [x, y] = [0, y + 1];
    else if (second === 1) {
      if (y < height - 1) throw new RangeError("a BMP that ends before its last row");
      return indices;
    } else if (second === 2) {
      [x, y] = [x + (bytes[at] ?? 0), y + (bytes[at + 1] ?? 0)];
      at += 2;
    } else {
      for (let i = 0; i < second; i++) put(nibble(bytes[at + (bits === 8 ? i : i >> 1)] ?? 0, i));
      // Absolute runs end on whole pairs of bytes.
      at += Math.ceil((second * bits) / 16) * 2;
    }
  }
  return indices;
}

/** In place. */
function upsideDown(image: RgbaImage): RgbaImage {
  const rowBytes = image.width * 4;
  for (let top = 0, bottom = image.height - 1; top < bottom; top++, bottom--) {
    const kept = image.data.slice(top * rowBytes, (top + 1) * rowBytes);
    image.data.copyWithin(top * rowBytes, bottom * rowBytes, (bottom + 1) * rowBytes);
    image.data.set(kept, bottom * rowBytes);
  }
  return image;
}
