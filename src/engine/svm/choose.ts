/** A candidate (a C, a threshold) with its score; the higher the better. */
export interface Scored {
  readonly candidate: number;
  readonly score: number;
}

/**
 * Scores every candidate in ascending order (so that a training can start from the one before) and returns the best:
 * of equal scores the smallest candidate, which for C is the most regular model. NaN scores never win.
 */
export async function chooseCandidate(
  candidates: readonly number[],
  score: (candidate: number) => number | Promise<number>,
): Promise<{ readonly best: Scored; readonly all: readonly Scored[] }> {
  const all: Scored[] = [];
  for (const candidate of [...candidates].sort((a, b) => a - b)) all.push({ candidate, score: await score(candidate) });
  let best = all[0];
  if (!best) throw new RangeError("no candidate to choose from");
  for (const one of all) if (one.score > best.score || Number.isNaN(best.score)) best = one;
  return { best, all };
}
