import type { SampleColours, SamplePlanes } from "./samples.ts";

/** Reads one channel as 0-255; above 8 bits as whole numbers, but for floats. */
export function channelReader(
  samples: SamplePlanes,
  colours: SampleColours,
  channel: number,
): (x: number, y: number) => number {
  const isInterleaved = samples.planes.length === 1;
  const bytes = samples.planes[isInterleaved ? 0 : channel]!;
  const step = isInterleaved ? samples.channels : 1;
  const first = isInterleaved ? channel : 0;
  const { rowBytes } = samples;
  const { bits, kind, isLittleEndian } = colours;
  if (bits < 8) {
    const scale = 255 / ((1 << bits) - 1);
    return (x, y) => packedValue(bytes, y * rowBytes, x, bits) * scale;
  }
  const size = bits / 8;
  if (kind === "float") {
    const read = floatReader(bytes, bits, isLittleEndian);
    return (x, y) => read(y * rowBytes + (x * step + first) * size) * 255;
  }
  // A sign shifts the range: its lowest value becomes black.
  const shift = kind === "signed" ? 2 ** (bits - 1) : 0;
  if (bits === 8) {
    return (x, y) => bytes[y * rowBytes + x * step + first]! ^ shift;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bits === 16) {
    return (x, y) => {
      const value = view.getUint16(y * rowBytes + (x * step + first) * 2, isLittleEndian) ^ shift;
      return Math.floor((value + 128) / 257);
    };
  }
  return (x, y) => {
    const value = (view.getUint32(y * rowBytes + (x * step + first) * 4, isLittleEndian) + shift) % 2 ** 32;
    return Math.round(value / (2 ** 24 + 2 ** 16 + 2 ** 8 + 1));
  };
}

/** Reads palette indices. */
export function indexReader(samples: SamplePlanes, colours: SampleColours): (x: number, y: number) => number {
  const bytes = samples.planes[0]!;
  const { rowBytes, channels } = samples;
  const { bits, isLittleEndian } = colours;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bits === 16) return (x, y) => view.getUint16(y * rowBytes + x * channels * 2, isLittleEndian);
  if (bits === 8) return (x, y) => bytes[y * rowBytes + x * channels]!;
  return (x, y) => packedValue(bytes, y * rowBytes, x, bits);
}

function floatReader(bytes: Uint8Array<ArrayBuffer>, bits: number, isLittleEndian: boolean): (at: number) => number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bits === 64) return (at) => view.getFloat64(at, isLittleEndian);
  if (bits === 32) return (at) => view.getFloat32(at, isLittleEndian);
  return (at) => halfValue(view.getUint16(at, isLittleEndian));
}

/** IEEE 754 binary16. */
function halfValue(half: number): number {
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  const sign = half > 0x7fff ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function packedValue(bytes: Uint8Array, rowStart: number, x: number, bits: number): number {
  const bit = x * bits;
  return (bytes[rowStart + (bit >> 3)]! >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
}
