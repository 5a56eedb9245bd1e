import type { Bag } from "../features/bag.ts";

/** The linear decision that is taken apart: w . f + b on pooled features. */
export interface LinearDecision {
  readonly weights: ArrayLike<number>;
  readonly bias: number;
}

/**
 * What each patch adds to a decision d = w . f + b, f_k = ((1/N) sum_i |v_ik|^P)^(1/P):
 *
 *     c_i = sum_k w_k |v_ik|^P / (N f_k^(P-1)) + b / N,    sum_i c_i = d exactly.
 *
 * f is homogeneous of degree 1 in the patches, so Euler's theorem splits w . f into the first-order shares w_k |v_ik| df_k/d|v_ik|
 * (the same share that the decision loses per part of the patch's activation that is taken away); a constant belongs to all patches
 * alike. For P = 1, c_i is the patch's own decision over N. The decision with and without a patch would not add up, and its own
 * pooling changes with N. A feature that is 0 in every patch adds nothing. O(rows * cols).
 */
export function patchContributions(bag: Bag, pooled: Float64Array, decision: LinearDecision, p: number): Float64Array {
  const { features, rows, cols } = bag;
  const contributions = new Float64Array(rows).fill(decision.bias / rows);
  for (let k = 0; k < cols; k++) {
    const whole = pooled[k]!;
    const weight = decision.weights[k]!;
    if (whole === 0 || weight === 0) continue;
    const share = (weight * whole) / rows;
    for (let i = 0, at = k; i < rows; i++, at += cols) {
      contributions[i]! += share * (Math.abs(features[at]!) / whole) ** p;
    }
  }
  return contributions;
}

/**
 * For the winning class against all others: the mean of the patch's contributions to the winner's pairs, each signed so that above 0
 * speaks for the winner. With two classes that is the one decision's contribution, or its negative.
 */
export function evidenceFor(
  winner: string,
  pairs: readonly { readonly positive: string; readonly negative: string; readonly contributions: Float64Array }[],
): Float64Array {
  const own = pairs.filter(({ positive, negative }) => positive === winner || negative === winner);
  const [first] = own;
  if (!first) throw new RangeError(`no pair with "${winner}"`);
  const evidence = new Float64Array(first.contributions.length);
  for (const { positive, contributions } of own) {
    const sign = positive === winner ? 1 : -1;
    for (let i = 0; i < evidence.length; i++) evidence[i]! += (sign * contributions[i]!) / own.length;
  }
  return evidence;
}

/** Indices into the evidence: the patches that speak most for (largest first) and most against (lowest first), at most `count` each. */
export function strongest(
  evidence: Float64Array,
  count: number,
): { readonly supporting: readonly number[]; readonly opposing: readonly number[] } {
  const order = Array.from(evidence.keys()).sort((a, b) => evidence[b]! - evidence[a]! || a - b);
  const supporting = order.filter((i) => evidence[i]! > 0).slice(0, count);
  const opposing = order
    .filter((i) => evidence[i]! < 0)
    .reverse()
    .slice(0, count);
  return { supporting, opposing };
}
