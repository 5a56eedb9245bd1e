/**
 * The area under the ROC curve: the share of pairs of a positive and a negative row in which the positive one has the higher decision,
 * half for equals (Mann and Whitney, 1947). By ranks, O(n log n). NaN without rows of both.
 */
export function rankAuc(decisions: ArrayLike<number>, isPositive: ArrayLike<number>): number {
  const order = Array.from({ length: decisions.length }, (_, i) => i).sort((a, b) => decisions[a]! - decisions[b]!);
  let positives = 0;
  let rankSum = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && decisions[order[to]!] === decisions[order[from]!]) to++;
    // Ranks count from 1; equals share the mean of theirs.
    const rank = (from + 1 + to) / 2;
    for (let k = from; k < to; k++) {
      if (isPositive[order[k]!] !== 1) continue;
      positives++;
      rankSum += rank;
    }
    from = to;
  }
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
