import { AppError } from "../base/errors.ts";

/**
 * The fold (0 ... k - 1) of each image, so that no group is in two folds and every fold holds about its share of each class:
 * groups, from the largest share of a class to the smallest (names decide between equals), each go where the sum over the classes of (images of
 * the class in the fold / images of the class)^2 grows least. With fewer groups than k there are as many folds as groups. The order
 * of the images does not matter. Throws `training/bad-data` when a class is in fewer than three groups: nested cross-validation
 * holds two folds out and must still find the class in the others.
 */
export function classFolds(
  groups: readonly string[],
  labels: Uint8Array,
  classes: readonly string[],
  k: number,
): Int32Array {
  const byGroup = countsByGroup(groups, labels, classes.length);
  classes.forEach((name, label) => {
    const found = [...byGroup.values()].filter((counts) => counts[label]! > 0).length;
    if (found >= 3) return;
    throw new AppError(
      "training/bad-data",
      `Expected images of the class "${name}" in at least three groups for nested cross-validation, found ${found}; add images or check the column group.`,
    );
  });
  const totals = new Float64Array(classes.length);
  for (const label of labels) totals[label]! += 1;
  const folds = Math.min(k, byGroup.size);
  const filled = Array.from({ length: folds }, () => new Float64Array(classes.length));
  const foldOf = new Map<string, number>();
  const rarity = (counts: Float64Array) => counts.reduce((sum, count, label) => sum + count / totals[label]!, 0);
  const order = [...byGroup].sort(([nameA, a], [nameB, b]) => rarity(b) - rarity(a) || (nameA < nameB ? -1 : 1));
  for (const [name, counts] of order) {
    const growth = filled.map((fold) =>
      fold.reduce((sum, there, label) => {
        const [before, after] = [there / totals[label]!, (there + counts[label]!) / totals[label]!];
        return sum + after * after - before * before;
      }, 0),
    );
    const best = growth.indexOf(Math.min(...growth));
    foldOf.set(name, best);
    counts.forEach((count, label) => {
      filled[best]![label]! += count;
    });
  }
  return Int32Array.from(groups, (group) => foldOf.get(group) ?? 0);
}

function countsByGroup(groups: readonly string[], labels: Uint8Array, classes: number): Map<string, Float64Array> {
  const byGroup = new Map<string, Float64Array>();
  groups.forEach((group, image) => {
    const counts = byGroup.get(group) ?? new Float64Array(classes);
    counts[labels[image]!]! += 1;
    byGroup.set(group, counts);
  });
  return byGroup;
}
