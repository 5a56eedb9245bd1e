import type { Pooling } from "../modelpack/types.ts";
import { powerMean } from "./power-mean.ts";

/**
 * One value per plane of `cells` values: the mean, or the p-norm ((1/n) sum |v|^p)^(1/p) (`powerMean`).
 * Sums in float64.
 */
export function poolMap(data: Float32Array, cells: number, pooling: Pooling): Float32Array<ArrayBuffer> {
  if (cells === 0 || data.length % cells !== 0) {
    throw new RangeError(`${data.length} values do not make planes of ${cells}.`);
  }
  const planes = new Float32Array(data.length / cells);
  for (let plane = 0, from = 0; plane < planes.length; plane++, from += cells) {
    planes[plane] =
      pooling.kind === "mean"
        ? mean(data, from, cells)
        : powerMean(data, { from, count: cells, step: 1, p: pooling.p });
  }
  return planes;
}

function mean(data: Float32Array, from: number, count: number): number {
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += data[i]!;
  return sum / count;
}
