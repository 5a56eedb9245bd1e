/** Labelled bags; the instances of bag i are first[i] to first[i + 1] - 1. */
export interface LabelledBags {
  readonly first: Int32Array;
  /** 1 positive, per bag. */
  readonly labels: Uint8Array;
  /** Weight of each bag in the loss. */
  readonly weights: Float64Array;
}

/** Exponent of the generalized mean, as usual for MCIL. */
export const MEAN_EXPONENT = 20;

/** Probabilities are kept this far from 0 and 1, where the loss is infinite. */
const MARGIN = 1e-12;

/**
 * The loss of multiple clustered instance learning, and what it says about each score. `scores` h: one row of all instances per cluster.
 *
 * Instance and cluster: p = s(2 h), s the logistic function. Bag: p_i = generalized mean over its instances and all clusters,
 * ((1/m) sum p^r)^(1/r). Loss: - sum_i w_i (log p_i for positive bags, log(1 - p_i) for negative ones).
 * Y. Xu, J.-Y. Zhu, E. Chang, Z. Tu, CVPR 2012.
 */
export function bagLoss(scores: readonly Float64Array[], bags: LabelledBags): number {
  const { labels, weights } = bags;
  let loss = 0;
  for (let bag = 0; bag < labels.length; bag++) {
    const { mean } = meanOf(scores, bags.first[bag]!, bags.first[bag + 1]!);
    loss += lossOfBag(mean, labels[bag]!, weights[bag]!);
  }
  return loss;
}

/** p_i of each bag. */
export function bagProbabilities(scores: readonly Float64Array[], first: Int32Array): Float64Array {
  return Float64Array.from({ length: first.length - 1 }, (_, bag) => meanOf(scores, first[bag]!, first[bag + 1]!).mean);
}

/** Minus the derivative of the loss by each instance's score in one cluster: the weights of the next weak classifier. */
export function lossSlopes(scores: readonly Float64Array[], cluster: number, bags: LabelledBags): Float64Array {
  const own = scores[cluster]!;
  const slopes = new Float64Array(own.length);
  for (let bag = 0; bag < bags.labels.length; bag++) {
    const from = bags.first[bag]!;
    const to = bags.first[bag + 1]!;
    const { mean, largest, powers } = meanOf(scores, from, to);
    const p = clamped(mean);
    const byMean = bags.weights[bag]! * (bags.labels[bag] === 1 ? 1 / p : -1 / (1 - p));
    for (let i = from; i < to; i++) {
      const value = logistic(2 * own[i]!);
      // d mean / d value = mean value^(r-1) / sum of value^r, in multiples of the largest value.
      const byValue = (mean * (value / largest) ** (MEAN_EXPONENT - 1)) / (largest * powers);
      slopes[i] = byMean * byValue * 2 * value * (1 - value);
    }
  }
  return slopes;
}

/** Loss of a bag that has probability `p`. */
export function lossOfBag(p: number, label: number, weight: number): number {
  const kept = clamped(p);
  return -weight * (label === 1 ? Math.log(kept) : Math.log1p(-kept));
}

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** The generalized mean of instances [from, to) over all clusters, with the sum of (value / largest)^r. */
function meanOf(scores: readonly Float64Array[], from: number, to: number) {
  let highest = -Infinity;
  for (const own of scores) for (let i = from; i < to; i++) if (own[i]! > highest) highest = own[i]!;
  const largest = logistic(2 * highest);
  let powers = 0;
  for (const own of scores)
    for (let i = from; i < to; i++) powers += (logistic(2 * own[i]!) / largest) ** MEAN_EXPONENT;
  const count = scores.length * (to - from);
  return { mean: largest * (powers / count) ** (1 / MEAN_EXPONENT), largest, powers };
}

function clamped(p: number): number {
  return Math.min(1 - MARGIN, Math.max(MARGIN, p));
}
