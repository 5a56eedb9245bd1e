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
    const stump = fittedStump(data, feature * rows, slopes);
    if (!stump) continue;
    let sum = 0;
    for (let i = 0, at = feature * rows; i < rows; i++, at++) {
      const x = data[at]!;
      sum += (stump.square * x + stump.linear) * x + stump.constant > 0 ? slopes[i]! : -slopes[i]!;
    }
    if (sum <= highest) continue;
    highest = sum;
    best = { feature, ...stump };
  }
  return best;
}

export function stumpSign({ square, linear, constant }: GaussianStump, x: number): 1 | -1 {
  return (square * x + linear) * x + constant > 0 ? 1 : -1;
}

function fittedStump(data: Float32Array, offset: number, slopes: Float64Array): Omit<GaussianStump, "feature"> | null {
  const sums = [0, 0];
  const firsts = [0, 0];
  const seconds = [0, 0];
  // Squares about the first value lose no digits to a large mean.
  const origin = data[offset]!;
  for (let i = 0; i < slopes.length; i++) {
    const slope = slopes[i]!;
    const side = slope > 0 ? 1 : 0;
    const weight = slope > 0 ? slope : -slope;
    const x = data[offset + i]! - origin;
    sums[side]! += weight;
    firsts[side]! += weight * x;
    seconds[side]! += weight * x * x;
  }
  const total = sums[0]! + sums[1]!;
  if (!(sums[0]! > 0 && sums[1]! > 0)) return null;
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
