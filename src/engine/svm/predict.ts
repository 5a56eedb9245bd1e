import { dotRow } from "./kernels.ts";

/** w.x + b for each row of a row-major block; summed in float64. */
export function decisionValues(
  model: { readonly weights: Float64Array; readonly bias: number },
  features: Float32Array,
): Float64Array {
  const cols = model.weights.length;
  if (features.length % cols !== 0) {
    throw new RangeError(`${features.length} features are no whole number of rows of ${cols}`);
  }
  const decisions = new Float64Array(features.length / cols);
  for (let i = 0; i < decisions.length; i++) {
    decisions[i] = dotRow(model.weights, features, i * cols, cols) + model.bias;
  }
  return decisions;
}
