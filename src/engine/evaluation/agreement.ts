/** How a measure differs from the truth, in the unit of the differences. */
export interface Agreement {
  /** Mean difference; above 0: too much is measured. */
  readonly bias: number;
  /** Limits between which about 95 % of the differences lie: bias -+ 1.96 standard deviations. */
  readonly lower: number;
  readonly upper: number;
}

/**
 * Bias and limits of agreement of differences (measured - true): Bland and Altman, Lancet 327, 1986, 307-310; the standard deviation
 * is that of a sample (n - 1). Null with fewer than two differences.
 */
export function limitsOfAgreement(differences: readonly number[]): Agreement | null {
  const n = differences.length;
  if (n < 2) return null;
  const bias = differences.reduce((sum, value) => sum + value, 0) / n;
  const squares = differences.reduce((sum, value) => sum + (value - bias) ** 2, 0);
  const reach = 1.96 * Math.sqrt(squares / (n - 1));
  return { bias, lower: bias - reach, upper: bias + reach };
}
