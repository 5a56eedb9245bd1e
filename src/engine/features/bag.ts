import type { BinarySvm, ModelPack } from "../modelpack/types.ts";
import { powerMean } from "./power-mean.ts";

/** Patches of one image with their features; the image is the bag. */
export interface Bag {
  /** Row-major, one row per patch, length = rows * cols. */
  readonly features: Float32Array;
  readonly rows: number;
  readonly cols: number;
}

/** The P of a pack's pooling; the mean is P = 1. */
export function poolingExponent({ pooling }: Pick<ModelPack, "pooling">): number {
  return pooling.kind === "p-norm" ? pooling.p : 1;
}

/** One value per feature: the p-norm over the bag's patches (`powerMean`). Throws `RangeError` for a bag without patches. */
export function poolBag({ features, rows, cols }: Bag, p: number): Float64Array {
  return Float64Array.from({ length: cols }, (_, from) => powerMean(features, { from, count: rows, step: cols, p }));
}

/** w . f + b of each pair of classes; summed in float64. `pooled` holds the pack's selected features. */
export function bagDecisions(svms: readonly BinarySvm[], pooled: Float64Array): Float64Array {
  return Float64Array.from(svms, ({ weights, bias }) => {
    if (weights.length !== pooled.length) throw new RangeError(`${weights.length} weights, ${pooled.length} features`);
    return pooled.reduce((sum, value, k) => sum + weights[k]! * value, bias);
  });
}

/** The selected channels of each row, in the order of `selected`; all of them for null. */
export function selectColumns(bag: Bag, selected: readonly number[] | null): Bag {
  if (!selected) return bag;
  const features = new Float32Array(bag.rows * selected.length);
  for (let row = 0, to = 0; row < bag.rows; row++) {
    for (const column of selected) features[to++] = bag.features[row * bag.cols + column]!;
  }
  return { features, rows: bag.rows, cols: selected.length };
}
