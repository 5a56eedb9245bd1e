import { AppError } from "../base/errors.ts";

/** An image by its file name without ending, and what it belongs to (patient, block, slide). */
export interface GroupedImage {
  readonly name: string;
  readonly group: string;
}

/** What a pack was trained on, as its record names it. */
export interface TrainedOn {
  readonly images: readonly string[];
  readonly groups: readonly string[];
}

/** Which of the images a pack has seen: itself, or another of its group. */
export interface Overlap {
  readonly images: readonly string[];
  readonly groups: readonly string[];
}

export function overlapWith(images: readonly GroupedImage[], trained: TrainedOn): Overlap {
  const [knownImages, knownGroups] = [new Set(trained.images), new Set(trained.groups)];
  const shared = new Set(images.map(({ group }) => group).filter((group) => knownGroups.has(group)));
  return {
    images: images.map(({ name }) => name).filter((name) => knownImages.has(name)),
    groups: [...shared].sort(),
  };
}

/**
 * Throws `evaluation/group-on-both-sides` when an image, or another of its group, was trained on: figures on it would be those of a fit.
 * `nextStep` ends the sentence.
 */
export function checkApart(images: readonly GroupedImage[], trained: TrainedOn, nextStep = "take them out"): void {
  const overlap = overlapWith(images, trained);
  if (overlap.groups.length === 0 && overlap.images.length === 0) return;
  const what =
    overlap.groups.length > 0 ? `the groups ${listed(overlap.groups)}` : `the images ${listed(overlap.images)}`;
  throw new AppError(
    "evaluation/group-on-both-sides",
    `Expected images of groups that the pack was not trained on, found ${what} in its training record; ${nextStep}.`,
    { ...overlap },
  );
}

/**
 * Throws `evaluation/group-on-both-sides` when a group lies in more than one fold. `groups` and `folds`: one per image, in the same order.
 */
export function checkFolds(groups: readonly string[], folds: ArrayLike<number>): void {
  if (groups.length !== folds.length) throw new RangeError(`${groups.length} groups, ${folds.length} folds`);
  const foldOf = new Map<string, number>();
  const split = new Set<string>();
  groups.forEach((group, index) => {
    const first = foldOf.get(group);
    if (first === undefined) foldOf.set(group, folds[index]!);
    else if (first !== folds[index]) split.add(group);
  });
  if (split.size === 0) return;
  throw new AppError(
    "evaluation/group-on-both-sides",
    `Expected every group in one fold, found ${listed([...split].sort())} in several; make the folds by group.`,
    { groups: [...split].sort() },
  );
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
