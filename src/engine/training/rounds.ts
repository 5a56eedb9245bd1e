import { AppError, isAppError } from "../base/errors.ts";
import type { CandidateBlock, TrainingScene } from "./collect.ts";
import {
  type ChosenRule,
  chooseOn,
  decisionsOf,
  exclusionKey,
  exclusions,
  type FoldedImage,
  type FoldFigures,
  nestedFigures,
} from "./cross-validate.ts";
import { ascending, type WindowSet } from "./fit.ts";
import { drawHard, hardCells } from "./hard-regions.ts";
import type { RuleOptions } from "./held-out.ts";
import { fitExclusions, type JudgingViews, judgeImages } from "./judge-images.ts";

/** One cross-validation: round 0 on the windows as drawn, each further one with the hard regions of the one before added. */
export interface Round {
  readonly rule: ChosenRule;
  readonly figures: FoldFigures;
  /** Rows added for a training on all images, ascending. */
  readonly added: Int32Array;
}

/** Rows added to a training, by the folds that it leaves out (`exclusionKey`). */
type AddedRows = ReadonlyMap<string, ReadonlySet<number>>;

/**
 * Cross-validates, then as often as asked adds the patches of missed and false regions and cross-validates again.
 *
 * The rows added to a training that leaves out the folds S come from the images outside S alone; those of an image in fold f were found by
 * a model that left out S and f, under a C, calibration and threshold chosen without S. So nothing of S is in a model that judges S,
 * and the figures of every round are nested as those of the first. For that, round r of R trains for every set of up to 2 + R - r
 * folds (`checkRounds`); where so little is left that a class is lacking, the images that only this model could have judged, or all
 * images of that training, add nothing.
 */
export async function crossValidate(
  scene: TrainingScene,
  views: JudgingViews,
  windows: WindowSet,
  candidates: readonly CandidateBlock[],
  foldOf: Int32Array,
): Promise<readonly Round[]> {
  const { svm, refinements, threshold, postProcess, windows: windowOptions } = scene.config;
  const count = refinements.hardRegions?.rounds ?? 0;
  const folds = Math.max(...foldOf) + 1;
  const options: RuleOptions = { threshold, postProcess, ...windowOptions };
  const allC = ascending(svm.c);
  const rounds: Round[] = [];
  let added: AddedRows = new Map();
  for (let round = 0; round <= count; round++) {
    if (round > 0) scene.onStep?.(`round ${round}: adding missed and false regions`);
    const size = 2 + count - round;
    const models = fitExclusions(scene, windows, foldOf, { size, added });
    const judged = await judgeImages(scene, views, models, foldOf);
    scene.onStep?.("choosing C, calibration and threshold");
    rounds.push({
      rule: chooseOn(judged, allC, options),
      figures: nestedFigures(judged, folds, allC, options),
      added: Int32Array.from(added.get("") ?? []).sort(),
    });
    if (round === count) break;
    const sets = [[], ...exclusions(folds, size - 1)];
    added = new Map(
      sets.map((out) => [exclusionKey(out), hardRows(scene, windows, candidates, judged, options, out, added)]),
    );
  }
  return rounds;
}

/** What a training without the folds `out` gets: what it had, and the hard patches of every image that it may see. */
function hardRows(
  scene: TrainingScene,
  windows: WindowSet,
  candidates: readonly CandidateBlock[],
  judged: readonly FoldedImage[],
  options: RuleOptions,
  out: readonly number[],
  before: AddedRows,
): ReadonlySet<number> {
  const rows = new Set(before.get(exclusionKey(out)));
  const config = scene.config.refinements.hardRegions;
  const seen = judged.filter((one) => !out.includes(one.fold) && one.decisions.has(exclusionKey([...out, one.fold])));
  if (!config || seen.length === 0) return rows;
  const rule = ruleWithout(out, seen, scene, options);
  if (!rule) return rows;
  for (const one of seen) {
    const decisions = decisionsOf(one, [...out, one.fold], rule.index);
    const hard = hardCells(decisions, rule, options.postProcess, config);
    const own = candidates.filter(({ image }) => scene.images[image]?.name === one.image.name);
    for (const row of drawHard(own, windows.labels, hard, one.image.lattice, { ...config, taken: rows })) rows.add(row);
  }
  return rows;
}

/** Null where the images that are left hold one class alone, so that there is nothing to calibrate on. */
function ruleWithout(
  out: readonly number[],
  seen: readonly FoldedImage[],
  scene: TrainingScene,
  options: RuleOptions,
): ChosenRule | null {
  try {
    return chooseOn(seen, ascending(scene.config.svm.c), options, out);
  } catch (error) {
    if (isAppError(error, "svm/one-class")) return null;
    throw error;
  }
}

export function lastOf(rounds: readonly Round[]): Round {
  const last = rounds.at(-1);
  if (!last) throw new RangeError("a cross-validation has at least one round");
  return last;
}

/** Throws `training/bad-config` when there are fewer than `rounds` + 3 folds. */
export function checkRounds(rounds: number, foldOf: Int32Array): void {
  const folds = Math.max(...foldOf) + 1;
  if (rounds <= folds - 3) return;
  throw new AppError(
    "training/bad-config",
    `Expected refinements.hardRegions.rounds to be at most ${folds - 3} with ${folds} folds (each round holds out one fold more), found ${rounds}; ask for more folds or fewer rounds.`,
  );
}
