/** How often what was said with a confidence was so: sums over the items of each of equally wide bins from 0 to 1. */
export interface ReliabilityBins {
  readonly count: Float64Array;
  /** Of the items' weights (area, or 1 each). */
  readonly weight: Float64Array;
  /** Weight times confidence. */
  readonly confidence: Float64Array;
  /** Weight that was positive. */
  readonly positive: Float64Array;
}

export const RELIABILITY_BINS = 10;

/** An item: `positive` of its `weight` is of the class, and `confidence` says how much of it should be. */
export interface Judgement {
  readonly confidence: number;
  readonly weight: number;
  readonly positive: number;
}

/** Items without weight and those whose confidence is NaN (not computed) are left out. */
export function reliabilityBins(items: Iterable<Judgement>, bins = RELIABILITY_BINS): ReliabilityBins {
  const sums = emptyBins(bins);
  for (const { confidence, weight, positive } of items) {
    if (!(weight > 0) || Number.isNaN(confidence)) continue;
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(confidence * bins)));
    sums.count[bin]!++;
    sums.weight[bin]! += weight;
    sums.confidence[bin]! += weight * confidence;
    sums.positive[bin]! += positive;
  }
  return sums;
}

/** All must have the same number of bins. */
export function mergedBins(all: readonly ReliabilityBins[]): ReliabilityBins {
  const sums = emptyBins(all[0]?.count.length ?? RELIABILITY_BINS);
  for (const one of all) {
    for (const key of ["count", "weight", "confidence", "positive"] as const) {
      for (let bin = 0; bin < sums.count.length; bin++) sums[key][bin]! += one[key][bin]!;
    }
  }
  return sums;
}

/** The positive share of a bin; null for an empty one. */
export function observedShare({ weight, positive }: ReliabilityBins, bin: number): number | null {
  return weight[bin]! > 0 ? positive[bin]! / weight[bin]! : null;
}

/**
 * Expected calibration error: the mean distance between confidence and positive share of a bin, by the bins' weight (Naeini, Cooper and
 * Hauskrecht, AAAI 2015). Null without items.
 */
export function expectedCalibrationError({ weight, confidence, positive }: ReliabilityBins): number | null {
  const total = weight.reduce((sum, value) => sum + value, 0);
  if (total === 0) return null;
  let distance = 0;
  for (let bin = 0; bin < weight.length; bin++) distance += Math.abs(positive[bin]! - confidence[bin]!);
  return distance / total;
}

/** True where the positive share never falls from one filled bin to the next. */
export function risesThroughout(bins: ReliabilityBins): boolean {
  const shares = Array.from(bins.weight, (_, bin) => observedShare(bins, bin)).filter((share) => share !== null);
  return shares.every((share, index) => index === 0 || share >= shares[index - 1]!);
}

function emptyBins(bins: number): ReliabilityBins {
  const zeros = () => new Float64Array(bins);
  return { count: zeros(), weight: zeros(), confidence: zeros(), positive: zeros() };
}
