import type { ReliabilityBins } from "../evaluation/reliability.ts";
import type { FittedModel } from "./fit.ts";
import {
  chooseRule,
  type DecisionRule,
  type HeldOutImage,
  type Judged,
  type RuleOptions,
  reliabilityWithRule,
  scoreWithRule,
} from "./held-out.ts";
import type { ImageScore } from "./score.ts";

/**
 * The sets of folds that must be left out of a training so that every choice can be made on images unseen by the model that judges
 * them: each fold alone, (for nested choices) each pair, and one fold more for each round of hard regions (`crossValidate`). As sorted
 * lists of up to `size` folds, the shorter first.
 */
export function exclusions(folds: number, size = 2): number[][] {
  const all: number[][] = [];
  let sets: number[][] = [[]];
  for (let count = 1; count <= size; count++) {
    sets = sets.flatMap((set) => {
      const next = (set.at(-1) ?? -1) + 1;
      return Array.from({ length: folds - next }, (_, i) => [...set, next + i]);
    });
    all.push(...sets);
  }
  return all;
}

export function exclusionKey(folds: readonly number[]): string {
  return [...new Set(folds)].sort((a, b) => a - b).join("+");
}

/** Decisions on one image: for each set of left-out folds that contains its own, one array per C (ascending). */
export type DecisionsByExclusion = ReadonlyMap<string, readonly Float32Array[]>;

export interface FoldedImage {
  readonly image: HeldOutImage;
  readonly fold: number;
  readonly decisions: DecisionsByExclusion;
}

export interface ChosenRule extends DecisionRule {
  readonly c: number;
  /** Index of C among the ascending candidates. */
  readonly index: number;
  /** Per candidate: mean S less the weighted false share at its own best threshold. */
  readonly objectives: readonly { readonly c: number; readonly objective: number }[];
}

/** An image's score by the model that did not see its fold. */
export interface FoldedScore extends ImageScore {
  readonly name: string;
  readonly fold: number;
  readonly reliability: ReliabilityBins;
}

export interface FoldFigures {
  readonly images: readonly FoldedScore[];
  readonly rules: readonly ChosenRule[];
}

/**
 * Chooses C, calibration and threshold on the images for which `isIn` holds. Image i is judged by the model that was trained
 * without its own fold and without `alsoOut`.
 */
export function chooseOn(
  images: readonly FoldedImage[],
  candidates: readonly number[],
  options: RuleOptions,
  alsoOut: readonly number[] = [],
): ChosenRule {
  const rules = candidates.map((c, index) => {
    const judged = images
      .filter(({ fold }) => !alsoOut.includes(fold))
      .map((one) => decisionsOf(one, [...alsoOut, one.fold], index));
    return { c, index, ...chooseRule(judged, options) };
  });
  const best = rules.reduce((a, b) => (b.objective > a.objective ? b : a));
  const objectives = rules.map(({ c, objective }) => ({ c, objective }));
  const { c, index, calibration, threshold } = best;
  return { c, index, calibration, threshold, objectives };
}

/**
 * Nested figures: for each fold, C, calibration and threshold are chosen on the other folds alone (by models that saw neither the judged
 * image's fold nor this one), then applied to the model trained on all other folds.
 */
export function nestedFigures(
  images: readonly FoldedImage[],
  folds: number,
  candidates: readonly number[],
  options: RuleOptions,
): FoldFigures {
  const rules: ChosenRule[] = [];
  const scores: FoldedScore[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const rule = chooseOn(images, candidates, options, [fold]);
    rules.push(rule);
    for (const one of images.filter((image) => image.fold === fold)) {
      const judged = decisionsOf(one, [fold], rule.index);
      const score = scoreWithRule(judged, rule, options.postProcess);
      scores.push({ ...score, name: one.image.name, fold, reliability: reliabilityWithRule(judged, rule) });
    }
  }
  scores.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { images: scores, rules };
}

/** The models that may judge an image of `fold`, by key, ready for one pass over the image. */
export function modelsFor(
  fold: number,
  models: ReadonlyMap<string, readonly FittedModel[]>,
): [string, FittedModel[]][] {
  return [...models]
    .filter(([key]) => key.split("+").includes(String(fold)))
    .map(([key, path]): [string, FittedModel[]] => [key, [...path]]);
}

/** What the model without the folds `out` decided on the image, for the C of that index. */
export function decisionsOf({ image, decisions }: FoldedImage, out: readonly number[], index: number): Judged {
  const found = decisions.get(exclusionKey(out))?.[index];
  if (!found) throw new RangeError(`no decisions on ${image.name} without folds ${exclusionKey(out)}`);
  return { image, decisions: found };
}
