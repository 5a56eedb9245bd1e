/**
 * Of sorted values, linear between neighbours (type 7 of Hyndman and Fan, The American Statistician 50, 1996; NumPy's default). Throws `RangeError`
 * for no values.
 */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) throw new RangeError("a quantile of no values");
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}
