import type { DecodedPng } from "fast-png";
import type { RgbaImage } from "../types.ts";

/** Any PNG (grey, palette, colour, 1 to 16 bits, alpha, tRNS) as 8 bits over white; 16 bits become 8 by rounding v / 257. */
export function pngToRgba(png: DecodedPng): RgbaImage {
  const { width, height, channels, depth, palette, transparency } = png;
  const image: RgbaImage = { width, height, data: new Uint8ClampedArray(width * height * 4) };
  const { data } = image;
  if (isPlainColour(png)) {
    for (let from = 0, at = 0; at < data.length; from += 3, at += 4) {
      data[at] = png.data[from]!;
      data[at + 1] = png.data[from + 1]!;
      data[at + 2] = png.data[from + 2]!;
      data[at + 3] = 255;
    }
    return image;
  }
  const sample = sampleReader(png);
  const colours = channels >= 3 ? 3 : 1;
  const scale = palette ? 1 : 255 / (2 ** depth - 1);
  for (let i = 0, at = 0; i < width * height; i++, at += 4) {
    const first = sample(i, 0);
    const entry = palette?.[first];
    const isKey = !palette && transparency !== undefined && matchesKey(transparency, sample, i, colours);
    let alpha = entry ? (entry[3] ?? 255) : isKey ? 0 : 255;
    if (channels === 2 || channels === 4) alpha = Math.round(sample(i, channels - 1) * scale);
    for (let c = 0; c < 3; c++) {
      const value = entry ? entry[c]! : Math.round((colours === 3 ? sample(i, c) : first) * scale);
      data[at + c] = alpha === 255 ? value : (value * alpha) / 255 + (255 - alpha);
    }
    data[at + 3] = 255;
  }
  return image;
}

/** Eight bit red, green, blue: nearly every picture, and several times as fast as the rest. */
function isPlainColour(png: DecodedPng): boolean {
  const isWhole = png.data.length >= png.width * png.height * 3;
  return png.channels === 3 && png.depth === 8 && !png.palette && !png.transparency && isWhole;
}

/** Reads sample `c` of pixel `i`; depths below 8 come packed, each row from a new byte. */
function sampleReader(png: DecodedPng): (i: number, c: number) => number {
  const { width, channels, depth, data } = png;
  if (depth >= 8) return (i, c) => data[i * channels + c] ?? 0;
  const rowBytes = Math.ceil((width * channels * depth) / 8);
  if (data.length < rowBytes * png.height)
    throw new RangeError(`a PNG of ${depth} bits came with ${data.length} bytes`);
  return (i, c) => {
    const bit = ((i % width) * channels + c) * depth;
    const byte = data[Math.floor(i / width) * rowBytes + (bit >> 3)] ?? 0;
    return (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  };
}

function matchesKey(key: Uint16Array, sample: (i: number, c: number) => number, i: number, colours: number): boolean {
  for (let c = 0; c < colours; c++) if (sample(i, c) !== key[c]) return false;
  return true;
}
