import { axisTaps, resample } from "./resample.ts";
import type { RgbaImage } from "./types.ts";

/**
 * An image `factor` times as large (1 or more), by cubic convolution (`axisTaps`) with pixel centres kept in place:
 * new pixel i lies at (i + 0.5) / factor - 0.5. The outermost pixels are repeated beyond the edge. For a whole factor,
 * a part of a larger image enlarged alone equals that part of the whole enlarged, but for `2 * factor` pixels along cuts.
 * New size: width * factor and height * factor, rounded. Throws RangeError for a factor below 1.
 */
export function enlarge(image: RgbaImage, factor: number): RgbaImage {
  if (!(factor >= 1) || !Number.isFinite(factor)) throw new RangeError(`an enlargement of at least 1, found ${factor}`);
  const width = Math.round(image.width * factor);
  const height = Math.round(image.height * factor);
  if (factor === 1) return { width, height, data: image.data.slice() };
  const finer = { left: 0, top: 0, width: image.width, height: image.height, data: image.data };
  const data = resample(finer, axisTaps(1 / factor, 0, width), axisTaps(1 / factor, 0, height));
  return { width, height, data };
}
