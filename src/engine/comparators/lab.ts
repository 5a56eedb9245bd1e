import type { RgbaImage } from "../slide/types.ts";

/** CIE L*a*b* of every pixel, row-major: lightness 0 to 100, green to red and blue to yellow about -110 to 110. */
export interface LabImage {
  readonly width: number;
  readonly height: number;
  readonly lightness: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
}

/** White of D65 at 2 degrees, as X and Z against Y = 1. */
const WHITE_X = 0.95047;
const WHITE_Z = 1.08883;

/** sRGB bytes (IEC 61966-2-1) to L*a*b* (CIE 15) under D65. 12 bytes a pixel. */
export function labImage({ width, height, data }: RgbaImage): LabImage {
  const linear = Float64Array.from({ length: 256 }, (_, byte) => linearOf(byte / 255));
  const lightness = new Float32Array(width * height);
  const a = new Float32Array(width * height);
  const b = new Float32Array(width * height);
  for (let i = 0, at = 0; i < lightness.length; i++, at += 4) {
    const red = linear[data[at]!]!;
    const green = linear[data[at + 1]!]!;
    const blue = linear[data[at + 2]!]!;
    const x = compressed((0.412453 * red + 0.35758 * green + 0.180423 * blue) / WHITE_X);
    const y = compressed(0.212671 * red + 0.71516 * green + 0.072169 * blue);
    const z = compressed((0.019334 * red + 0.119193 * green + 0.950227 * blue) / WHITE_Z);
    lightness[i] = 116 * y - 16;
    a[i] = 500 * (x - y);
    b[i] = 200 * (y - z);
  }
  return { width, height, lightness, a, b };
}

function linearOf(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** The cube root, with the straight piece near black. */
function compressed(t: number): number {
  return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
}
