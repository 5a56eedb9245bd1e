import { AppError } from "../base/errors.ts";

/**
 * The fold (0 ... k - 1) of each sample, so that no group is in two folds and folds hold about as many samples:
 * groups from the largest to the smallest (names decide between equals) each go to the fold with the fewest samples so far.
 * With as many folds as groups, or more, every group is its own fold. The order of the samples does not matter.
 * Throws `training/bad-data` with fewer than two groups.
 */
export function groupFolds(groups: readonly string[], k: number): Int32Array {
  const counts = groupCounts(groups);
  const folds = Math.min(k, counts.size);
  const filled = new Array<number>(folds).fill(0);
  const foldOf = new Map<string, number>();
  const bySize = [...counts].sort(([nameA, a], [nameB, b]) => b - a || compare(nameA, nameB));
  for (const [name, count] of bySize) {
    const emptiest = filled.indexOf(Math.min(...filled));
    foldOf.set(name, emptiest);
    filled[emptiest]! += count;
  }
  return Int32Array.from(groups, (group) => foldOf.get(group) ?? 0);
}

/** Every group its own fold, numbered in the order of the names. Throws as `groupFolds`. */
export function leaveOneGroupOut(groups: readonly string[]): Int32Array {
  const names = [...groupCounts(groups).keys()].sort(compare);
  return Int32Array.from(groups, (group) => names.indexOf(group));
}

function groupCounts(groups: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  if (counts.size < 2) {
    throw new AppError(
      "training/bad-data",
      `Expected at least two groups to hold one out, found ${counts.size}; check the expression that names the groups.`,
    );
  }
  return counts;
}

/** By UTF-16 code units: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
