import type { RgbaImage } from "../slide/types.ts";

/** One value a pixel, row-major. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Luma of Rec. 601, 0 to 255. */
export function greyImage({ width, height, data }: RgbaImage): GreyImage {
  const grey = new Float32Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i++, at += 4) {
    grey[i] = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
  }
  return { width, height, data: grey };
}

/** Gaussian blur, kernel cut at three deviations, the outermost pixels repeated. */
export function blurred({ width, height, data }: GreyImage, sigma: number): GreyImage {
  const reach = Math.ceil(3 * sigma);
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-((k - reach) ** 2) / (2 * sigma ** 2)),
  );
  const total = kernel.reduce((sum, value) => sum + value, 0);
  for (let k = 0; k < kernel.length; k++) kernel[k]! /= total;
  const along = new Float32Array(data.length);
  for (let y = 0; y < height; y++) convolve(data, along, { start: y * width, step: 1, length: width, kernel });
  const both = new Float32Array(data.length);
  for (let x = 0; x < width; x++) convolve(along, both, { start: x, step: width, length: height, kernel });
  return { width, height, data: both };
}

interface Line {
  readonly start: number;
  readonly step: number;
  readonly length: number;
  readonly kernel: Float64Array;
}

function convolve(from: Float32Array, to: Float32Array, { start, step, length, kernel }: Line): void {
  const reach = (kernel.length - 1) / 2;
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (let k = -reach; k <= reach; k++) {
      const at = i + k < 0 ? 0 : i + k >= length ? length - 1 : i + k;
      sum += kernel[k + reach]! * from[start + at * step]!;
    }
    to[start + i * step] = sum;
  }
}
