/**
 * Class probabilities p from pairwise ones: r[i * k + j] is the probability of class i where only i and j are possible
 * (r_ij + r_ji = 1; the diagonal is not read).
 *
 * Minimises  sum over i, j != i of (r_ji p_i - r_ij p_j)^2  subject to  sum p = 1: the second method of Wu, Lin, Weng, "Probability
 * Estimates for Multi-class Classification by Pairwise Coupling", JMLR 5, 2004 (as LIBSVM). With Q_ii = sum over s != i of r_si^2 and
 * Q_ij = -r_ji r_ij, p minimises p'Qp; on sum p = 1 that is p'(Q + ee')p, so p is the solution of (Q + ee')p = e, scaled to
 * sum 1. That matrix is positive definite also where some r are 0 or 1, hence a plain Cholesky decomposition and no iteration;
 * the solution has no negative part (theorem 2 there). k^3 / 6 multiplications.
 */
export function coupleRow(pairwise: Float64Array, classes: number, out: Float64Array): void {
  const k = classes;
  const lower = scratchFor(k);
  for (let i = 0; i < k; i++) {
    let diagonal = 1;
    for (let s = 0; s < k; s++) {
      if (s === i) continue;
      const against = pairwise[s * k + i]!;
      diagonal += against * against;
    }
    for (let j = 0; j < i; j++) {
      let sum = 1 - pairwise[j * k + i]! * pairwise[i * k + j]!;
      for (let m = 0; m < j; m++) sum -= lower[i * k + m]! * lower[j * k + m]!;
      const value = sum / lower[j * k + j]!;
      lower[i * k + j] = value;
      diagonal -= value * value;
    }
    lower[i * k + i] = Math.sqrt(diagonal);
  }
  for (let i = 0; i < k; i++) {
    let sum = 1;
    for (let m = 0; m < i; m++) sum -= lower[i * k + m]! * out[m]!;
    out[i] = sum / lower[i * k + i]!;
  }
  let total = 0;
  for (let i = k - 1; i >= 0; i--) {
    let sum = out[i]!;
    for (let m = i + 1; m < k; m++) sum -= lower[m * k + i]! * out[m]!;
    // Rounding alone can make it negative.
    out[i] = Math.max(0, sum / lower[i * k + i]!);
    total += out[i]!;
  }
  for (let i = 0; i < k; i++) out[i]! /= total;
}

let scratch = new Float64Array(0);

/** One triangle for all rows of a run: they come by the million, one after another. */
function scratchFor(classes: number): Float64Array {
  if (scratch.length !== classes * classes) scratch = new Float64Array(classes * classes);
  return scratch;
}
