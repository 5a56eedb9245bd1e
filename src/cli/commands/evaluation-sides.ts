import { checkApart, type GroupedImage, overlapWith, type TrainedOn } from "../../engine/evaluation/leakage.ts";
import type { ModelPack } from "../../engine/modelpack/types.ts";
import { groupExpression, groupsBy } from "../groups-by.ts";

export interface Sides {
  readonly groupOf: (name: string) => string;
  /** True where the pack was trained on the images, so that the figures are those of a fit. */
  readonly isFitted: boolean;
  readonly notes: readonly string[];
}

/** The next step of whoever evaluates images that were trained on. */
export const UNLESS_FITTED = "take them out, or give --fitted if these are the training images";

export interface SidesRequest {
  readonly names: readonly string[];
  readonly pack: ModelPack;
  /** Expression of --groups; undefined: every image is its own group. */
  readonly groups: string | undefined;
  /** --fitted was given: these are the training images. */
  readonly isSaidToBeFitted: boolean;
}

/** Said of every figure on images that the pack was trained on. */
export const FITTED = "Fitted: the pack was trained on these images, so the figures say nothing of others.";

/**
 * Groups the images and sees on which side of the training they stand. Groups are compared with those of the pack's record, and with what
 * the same expression makes of the images that the record names. Throws `evaluation/group-on-both-sides` when a group or an image was
 * trained on and nobody said so; but for images without groups that were all trained on, which are taken to be meant as a fit.
 */
export function sidesOf({ names, pack, groups, isSaidToBeFitted }: SidesRequest): Sides {
  const groupOf = groups === undefined ? (name: string) => name : groupsBy(groups);
  const images: GroupedImage[] = names.map((name) => ({ name, group: groupOf(name) }));
  const trained = regrouped(trainedOn(pack), groups);
  const notes = groups === undefined ? ["Intervals are by image: give --groups where images belong together."] : [];
  if (trained.images.length === 0 && trained.groups.length === 0) {
    notes.push("The pack's record names neither images nor groups, so that it was not trained on these is unchecked.");
  }
  const seen = overlapWith(images, trained).images.length;
  const isFitted = isSaidToBeFitted || (groups === undefined && names.length > 0 && seen === names.length);
  if (isFitted) return { groupOf, isFitted, notes: [FITTED, ...notes] };
  checkApart(images, trained, UNLESS_FITTED);
  return { groupOf, isFitted, notes };
}

/** What the pack's record names. */
export function trainedOn({ training }: ModelPack): TrainedOn {
  const named = training.settings["images"];
  const images = Array.isArray(named) ? named.filter((name): name is string => typeof name === "string") : [];
  return { images, groups: training.groups };
}

/** With the groups that the expression makes of the images beside those of the record. */
function regrouped({ images, groups }: TrainedOn, expression: string | undefined): TrainedOn {
  if (expression === undefined) return { images, groups };
  const found = images.map(groupExpression(expression)).filter((group) => group !== null);
  return { images, groups: [...new Set([...groups, ...found])] };
}
