import type { RgbaImage } from "../slide/types.ts";

/** Pixels that a pixel's result depends on, to each side. */
export const SHARPNESS_REACH = 4;

/** Gaussian of standard deviation 1 pixel, cut at 4: what blurs a scan a little out of focus. */
const KERNEL = gaussianKernel(1, SHARPNESS_REACH);

/**
 * The picture blurred (amount below 0; -1 is the Gaussian of 1 pixel itself) or sharpened (above 0):
 * v' = v + amount * (v - blurred v), rounded and clipped to 0-255; alpha is kept. At the edges the nearest pixel goes on.
 * Returns a new picture. O(pixels).
 */
export function jitterSharpness(picture: RgbaImage, amount: number): RgbaImage {
  const { width, height, data } = picture;
  const blurred = new Float32Array(width * height * 3);
  blurRows(data, blurred, width, height);
  const out = new Uint8ClampedArray(data.length);
  const above = new Int32Array(KERNEL.length);
  for (let y = 0; y < height; y++) {
    for (let k = 0; k < KERNEL.length; k++) above[k] = clamp(y + k - SHARPNESS_REACH, height) * width * 3;
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let k = 0; k < KERNEL.length; k++) sum += KERNEL[k]! * blurred[above[k]! + x * 3 + channel]!;
        const value = data[at + channel]!;
        out[at + channel] = value + amount * (value - sum);
      }
      out[at + 3] = data[at + 3]!;
    }
  }
  return { width, height, data: out };
}

/** Along x; three channels a pixel. */
function blurRows(data: Uint8ClampedArray, blurred: Float32Array, width: number, height: number): void {
  const beside = new Int32Array(KERNEL.length);
  for (let x = 0; x < width; x++) {
    for (let k = 0; k < KERNEL.length; k++) beside[k] = clamp(x + k - SHARPNESS_REACH, width) * 4;
    for (let y = 0; y < height; y++) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let k = 0; k < KERNEL.length; k++) sum += KERNEL[k]! * data[y * width * 4 + beside[k]! + channel]!;
        blurred[(y * width + x) * 3 + channel] = sum;
      }
    }
  }
}

function gaussianKernel(sigma: number, reach: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-((k - reach) ** 2) / (2 * sigma * sigma)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function clamp(index: number, length: number): number {
  return Math.min(Math.max(index, 0), length - 1);
}
