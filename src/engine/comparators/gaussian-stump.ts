/** +1 where square x^2 + linear x + constant > 0 of one feature, else -1. */
export interface GaussianStump {
  readonly feature: number;
  readonly square: number;
  readonly linear: number;
  readonly constant: number;
}

/** Instances by column: the values of feature j are data[j * rows] to data[(j + 1) * rows - 1]. */
export interface FeatureColumns {
  readonly data: Float32Array;
  readonly rows: number;
  readonly cols: number;
}

/** Share of a feature's own variance below which no class's variance falls, so that a lone instance makes no spike. */
const LEAST_VARIANCE = 1e-3;

/**
 * The feature whose two Gaussians, one fitted to the instances of positive slope and one to those of negative slope (weighted by its size),
 * tell the sign best: h = +1 where the positive Gaussian times its total weight is the higher; best by the sum of slope * h. Null when
 * all slopes have one sign, or no feature varies. O(rows * cols).
 */
export function bestStump({ data, rows, cols }: FeatureColumns, slopes: Float64Array): GaussianStump | null {
  let best: GaussianStump | null = null;
  let highest = -Infinity;
  for (let feature = 0; feature < cols; feature++) {
    const values = data.subarray(feature * rows, (feature + 1) * rows);
    const stump = fittedStump(values, slopes);
    if (!stump) continue;
    const { square, linear, constant } = stump;
    let found = 0;
    let all = 0;
    for (let k = 0; k < values.length; k++) {
      const x = values[k]!;
      all += slopes[k]!;
      if ((square * x + linear) * x + constant > 0) found += slopes[k]!;
    }
    if (2 * found - all <= highest) continue;
    highest = 2 * found - all;
    best = { feature, ...stump };
  }
  return best;
}

export function stumpSign({ square, linear, constant }: GaussianStump, x: number): 1 | -1 {
  return (square * x + linear) * x + constant > 0 ? 1 : -1;
}

function fittedStump(values: Float32Array, slopes: Float64Array): Omit<GaussianStump, "feature"> | null {
  // Squares about the first value lose no digits to a large mean.
  const origin = values[0] ?? 0;
  let [signed, signedFirst, signedSecond] = [0, 0, 0];
  let [size, sizeFirst, sizeSecond] = [0, 0, 0];
  // Sums of the slopes and of their sizes: half their sum and difference are those of either sign, without a branch for each instance.
  for (let k = 0; k < values.length; k++) {
    const slope = slopes[k]!;
    const weight = Math.abs(slope);
    const x = values[k]! - origin;
    signed += slope;
    size += weight;
    signedFirst += slope * x;
    sizeFirst += weight * x;
    signedSecond += slope * x * x;
    sizeSecond += weight * x * x;
  }
  const sums = [(size - signed) / 2, (size + signed) / 2];
  const firsts = [(sizeFirst - signedFirst) / 2, (sizeFirst + signedFirst) / 2];
  const seconds = [(sizeSecond - signedSecond) / 2, (sizeSecond + signedSecond) / 2];
  const total = sums[0]! + sums[1]!;
  // What rounding leaves of a sign that no instance has is no weight.
  if (!(Math.min(sums[0]!, sums[1]!) > 1e-12 * size)) return null;
  const mean = (firsts[0]! + firsts[1]!) / total;
  const variance = (seconds[0]! + seconds[1]!) / total - mean * mean;
  if (!(variance > 0)) return null;
  const [negative, positive] = [0, 1].map((side) => {
    const centre = firsts[side]! / sums[side]!;
    const spread = Math.max(seconds[side]! / sums[side]! - centre * centre, LEAST_VARIANCE * variance);
    return { mean: centre + origin, spread, share: sums[side]! / total };
  }) as [Gaussian, Gaussian];
  return {
    square: 0.5 / negative.spread - 0.5 / positive.spread,
    linear: positive.mean / positive.spread - negative.mean / negative.spread,
    constant: logPeak(positive) - logPeak(negative),
  };
}

interface Gaussian {
  readonly mean: number;
  readonly spread: number;
  readonly share: number;
}

/** Logarithm of share * density at 0, less what all Gaussians have in common. */
function logPeak({ mean, spread, share }: Gaussian): number {
  return Math.log(share) - 0.5 * Math.log(spread) - (0.5 * mean * mean) / spread;
}
