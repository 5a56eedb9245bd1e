/** Mean and standard deviation of each column, over the rows that were asked for. */
export interface ColumnStatistics {
  readonly mean: Float64Array;
  /** Of the population (divided by n); 0 for a column that never changes. */
  readonly std: Float64Array;
}

/**
 * Weighted statistics of the columns over `rows` (all rows by default), in two passes, float64.
 * `weights` has one value per row of the block.
 */
export function columnStatistics(
  features: Float32Array,
  cols: number,
  options: { readonly rows?: Int32Array; readonly weights?: Float64Array } = {},
): ColumnStatistics {
  const count = options.rows ? options.rows.length : features.length / cols;
  const mean = new Float64Array(cols);
  const std = new Float64Array(cols);
  let total = 0;
  for (let k = 0; k < count; k++) {
    const i = options.rows ? options.rows[k]! : k;
    const weight = options.weights ? options.weights[i]! : 1;
    total += weight;
    for (let j = 0, at = i * cols; j < cols; j++, at++) mean[j]! += weight * features[at]!;
  }
  for (let j = 0; j < cols; j++) mean[j]! /= total;
  for (let k = 0; k < count; k++) {
    const i = options.rows ? options.rows[k]! : k;
    const weight = options.weights ? options.weights[i]! : 1;
    for (let j = 0, at = i * cols; j < cols; j++, at++) {
      const difference = features[at]! - mean[j]!;
      std[j]! += weight * difference * difference;
    }
  }
  for (let j = 0; j < cols; j++) std[j] = Math.sqrt(std[j]! / total);
  return { mean, std };
}

/** A new block of the asked rows, each value less the column's mean, divided by its deviation; constant columns become 0. */
export function standardiseRows(
  features: Float32Array,
  cols: number,
  statistics: ColumnStatistics,
  rows?: Int32Array,
): Float32Array {
  const count = rows ? rows.length : features.length / cols;
  const inverse = inverseStd(statistics);
  const { mean } = statistics;
  const out = new Float32Array(count * cols);
  for (let k = 0, to = 0; k < count; k++) {
    const from = (rows ? rows[k]! : k) * cols;
    for (let j = 0; j < cols; j++, to++) out[to] = (features[from + j]! - mean[j]!) * inverse[j]!;
  }
  return out;
}

/** Weights and bias that act on unscaled features as the given ones do on standardised features. */
export function foldScaling(
  model: { readonly weights: Float64Array; readonly bias: number },
  statistics: ColumnStatistics,
): { weights: Float64Array; bias: number } {
  const inverse = inverseStd(statistics);
  const weights = model.weights.map((weight, j) => weight * inverse[j]!);
  let shift = 0;
  for (let j = 0; j < weights.length; j++) shift += weights[j]! * statistics.mean[j]!;
  return { weights, bias: model.bias - shift };
}

function inverseStd(statistics: ColumnStatistics): Float64Array {
  return statistics.std.map((std, j) => (std > 1e-7 * Math.abs(statistics.mean[j]!) && std > 0 ? 1 / std : 0));
}
