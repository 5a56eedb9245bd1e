/** `count` thresholds with equal steps from `from` to `to`, both included. */
export function thresholdGrid(from: number, to: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => Number((from + ((to - from) * k) / (count - 1)).toFixed(6)));
}

/**
 * The threshold at which the mean of the images' scores is highest. `curves` holds one array per image: its score at each
 * threshold of the grid. The mean curve is first averaged over `smooth` neighbours (odd; at the ends over those that exist), so
 * that a lone spike does not win; of equal means the middle one of the first run is taken.
 */
export function bestThreshold(
  grid: Float64Array,
  curves: readonly Float64Array[],
  smooth = 3,
): { readonly threshold: number; readonly index: number; readonly mean: number } {
  if (curves.length === 0) throw new RangeError("no image to choose a threshold from");
  const mean = new Float64Array(grid.length);
  for (const curve of curves) {
    if (curve.length !== grid.length) throw new RangeError(`${curve.length} scores for ${grid.length} thresholds`);
    for (let k = 0; k < grid.length; k++) mean[k]! += curve[k]! / curves.length;
  }
  const smoothed = movingAverage(mean, smooth);
  let first = 0;
  for (let k = 1; k < grid.length; k++) if (smoothed[k]! > smoothed[first]!) first = k;
  let last = first;
  while (last + 1 < grid.length && smoothed[last + 1] === smoothed[first]) last++;
  const index = Math.floor((first + last) / 2);
  return { threshold: grid[index]!, index, mean: mean[index]! };
}

function movingAverage(values: Float64Array, width: number): Float64Array {
  const half = Math.floor(width / 2);
  return values.map((_, k) => {
    const from = Math.max(0, k - half);
    const to = Math.min(values.length, k + half + 1);
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i]!;
    return sum / (to - from);
  });
}
