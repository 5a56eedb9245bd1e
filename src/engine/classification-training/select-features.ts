/**
 * The columns whose class means differ most: |mean over class A - mean over class B| (Xu et al., ICASSP 2015, section 2.2). With more
 * than two classes, where the paper has no rule, the largest difference over all pairs counts, which is the highest class mean less
 * the lowest. Of equals the lower column goes first. Ascending; all columns for `count` 0 or more than there are.
 */
export function selectFeatures(
  features: Float32Array,
  cols: number,
  rows: Int32Array,
  labels: Uint8Array,
  classes: number,
  count: number,
): number[] {
  const all = Array.from({ length: cols }, (_, column) => column);
  if (count === 0 || count >= cols) return all;
  const means = classMeans(features, cols, rows, labels, classes);
  const spread = all.map((column) => {
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) {
      const mean = means[k * cols + column]!;
      if (mean < lowest) lowest = mean;
      if (mean > highest) highest = mean;
    }
    return highest - lowest;
  });
  return all
    .sort((a, b) => spread[b]! - spread[a]! || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}

/** Row-major, classes x cols; `labels` has one value per entry of `rows`. Classes without a row are NaN. Sums in float64. */
function classMeans(
  features: Float32Array,
  cols: number,
  rows: Int32Array,
  labels: Uint8Array,
  classes: number,
): Float64Array {
  const means = new Float64Array(classes * cols);
  const counts = new Float64Array(classes);
  rows.forEach((row, k) => {
    const label = labels[k]!;
    counts[label]! += 1;
    for (let j = 0; j < cols; j++) means[label * cols + j]! += features[row * cols + j]!;
  });
  for (let k = 0; k < classes; k++) for (let j = 0; j < cols; j++) means[k * cols + j]! /= counts[k]!;
  return means;
}
