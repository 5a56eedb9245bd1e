import type { RgbaImage } from "../types.ts";
import { PHOTOMETRIC } from "./tags.ts";

/** How the samples of one piece are to be read as colours. */
export interface SampleColours {
  readonly photometric: number;
  readonly bits: number;
  readonly isFloat: boolean;
  readonly isLittleEndian: boolean;
  /** Red, green, blue of each palette entry, 0-255; null without a palette. */
  readonly palette: Uint8Array | null;
  /** Position of the alpha sample, or -1; `premultiplied` where colours are already weighted by it. */
  readonly alphaAt: number;
  readonly alpha: "straight" | "premultiplied";
}

/** Undone samples: interleaved (one plane with `channels` values a pixel) or one plane a channel. */
export interface SamplePlanes {
  readonly planes: readonly Uint8Array<ArrayBuffer>[];
  readonly channels: number;
  readonly rowBytes: number;
}

/**
 * Colours over white, 8 bits. 16 bits become 8 by rounding v / 257; floats are taken as 0 to 1 and cut there;
 * WhiteIsZero is turned over; alpha is laid over white.
 */
export function samplesToRgba(samples: SamplePlanes, colours: SampleColours, width: number, height: number): RgbaImage {
  const image: RgbaImage = { width, height, data: new Uint8ClampedArray(width * height * 4) };
  const isColour = colours.photometric === PHOTOMETRIC.rgb || colours.photometric === PHOTOMETRIC.ycbcr;
  if (isPlain(samples, colours)) fillPlain(image, samples);
  else if (isColour) fillColour(image, samples, colours);
  else fillIndexed(image, samples, colours);
  return image;
}

/** Interleaved red, green, blue or single grey bytes without alpha: nearly every slide, and ten times as fast as the rest. */
function isPlain(samples: SamplePlanes, colours: SampleColours): boolean {
  if (colours.bits !== 8 || samples.planes.length !== 1 || colours.alphaAt >= 0) return false;
  if (colours.photometric === PHOTOMETRIC.rgb) return samples.channels >= 3;
  return colours.photometric === PHOTOMETRIC.blackIsZero;
}

/** Writes whole pixels, which JavaScript's machines hold with the lowest byte, red, first. */
function fillPlain(image: RgbaImage, samples: SamplePlanes): void {
  const { data, width, height } = image;
  const { channels, rowBytes } = samples;
  const bytes = samples.planes[0]!;
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const end = at + width;
    let from = y * rowBytes;
    if (channels >= 3) {
      for (; at < end; at++, from += channels) {
        pixels[at] = 0xff000000 | (bytes[from + 2]! << 16) | (bytes[from + 1]! << 8) | bytes[from]!;
      }
    } else for (; at < end; at++, from += channels) pixels[at] = 0xff000000 | (bytes[from]! * 0x010101);
  }
}

function fillColour(image: RgbaImage, samples: SamplePlanes, colours: SampleColours): void {
  const { data, width, height } = image;
  const red = channelReader(samples, colours, 0);
  const green = channelReader(samples, colours, 1);
  const blue = channelReader(samples, colours, 2);
  const alpha = colours.alphaAt >= 0 ? channelReader(samples, colours, colours.alphaAt) : null;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      data[at] = red(x, y);
      data[at + 1] = green(x, y);
      data[at + 2] = blue(x, y);
      data[at + 3] = 255;
      if (alpha) layOverWhite(data, at, alpha(x, y), colours.alpha);
    }
  }
}

function fillIndexed(image: RgbaImage, samples: SamplePlanes, colours: SampleColours): void {
  const { data, width, height } = image;
  const { palette } = colours;
  const isIndex = colours.photometric === PHOTOMETRIC.palette && palette !== null;
  const value = isIndex ? indexReader(samples, colours) : channelReader(samples, colours, 0);
  const alpha = colours.alphaAt >= 0 ? channelReader(samples, colours, colours.alphaAt) : null;
  const isTurned = colours.photometric === PHOTOMETRIC.whiteIsZero;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const found = value(x, y);
      const grey = isTurned ? 255 - found : found;
      data[at] = isIndex ? (palette[found * 3] ?? 0) : grey;
      data[at + 1] = isIndex ? (palette[found * 3 + 1] ?? 0) : grey;
      data[at + 2] = isIndex ? (palette[found * 3 + 2] ?? 0) : grey;
      data[at + 3] = 255;
      if (alpha) layOverWhite(data, at, alpha(x, y), colours.alpha);
    }
  }
}

function layOverWhite(data: Uint8ClampedArray, at: number, alpha: number, kind: "straight" | "premultiplied"): void {
  const share = alpha / 255;
  const weight = kind === "straight" ? share : 1;
  for (let c = at; c < at + 3; c++) data[c] = data[c]! * weight + 255 * (1 - share);
}

/** Reads one channel as 0-255. */
function channelReader(
  samples: SamplePlanes,
  colours: SampleColours,
  channel: number,
): (x: number, y: number) => number {
  const isInterleaved = samples.planes.length === 1;
  const bytes = samples.planes[isInterleaved ? 0 : channel]!;
  const step = isInterleaved ? samples.channels : 1;
  const first = isInterleaved ? channel : 0;
  const { rowBytes } = samples;
  const { bits, isFloat, isLittleEndian } = colours;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isFloat) return (x, y) => view.getFloat32(y * rowBytes + (x * step + first) * 4, isLittleEndian) * 255;
  if (bits === 16) {
    return (x, y) => Math.floor((view.getUint16(y * rowBytes + (x * step + first) * 2, isLittleEndian) + 128) / 257);
  }
  if (bits === 8) return (x, y) => bytes[y * rowBytes + x * step + first]!;
  const scale = 255 / ((1 << bits) - 1);
  return (x, y) => packedValue(bytes, y * rowBytes, x, bits) * scale;
}

/** Reads palette indices. */
function indexReader(samples: SamplePlanes, colours: SampleColours): (x: number, y: number) => number {
  const bytes = samples.planes[0]!;
  const { rowBytes, channels } = samples;
  const { bits, isLittleEndian } = colours;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bits === 16) return (x, y) => view.getUint16(y * rowBytes + x * channels * 2, isLittleEndian);
  if (bits === 8) return (x, y) => bytes[y * rowBytes + x * channels]!;
  return (x, y) => packedValue(bytes, y * rowBytes, x, bits);
}

function packedValue(bytes: Uint8Array, rowStart: number, x: number, bits: number): number {
  const bit = x * bits;
  return (bytes[rowStart + (bit >> 3)]! >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
}

/** The colour map of TIFF 6.0 section 5 (all reds, then greens, then blues; 16 bits) as 8 bit triples. */
export function paletteOf(colorMap: readonly number[] | null): Uint8Array | null {
  if (!colorMap || colorMap.length < 3 || colorMap.length % 3 !== 0) return null;
  const count = colorMap.length / 3;
  // Some writers put 8 bit values here.
  const divisor = colorMap.every((value) => value < 256) ? 1 : 257;
  const palette = new Uint8Array(colorMap.length);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) palette[i * 3 + c] = Math.round((colorMap[c * count + i] ?? 0) / divisor);
  }
  return palette;
}
