import type { Calibration } from "../modelpack/types.ts";
import { fitSigmoid } from "../svm/calibrate.ts";
import { classProbabilities } from "../svm/class-probabilities.ts";
import { type ClassPair, classPairs } from "../svm/one-vs-one.ts";
import { decisionValues } from "../svm/predict.ts";
import type { ClassWindows } from "./collect-classes.ts";
import { exclusionKey } from "./cross-validate.ts";
import type { FittedClasses } from "./fit-classes.ts";

/** How decisions of pairs become confidences of classes. */
export interface ClassRule {
  readonly c: number;
  /** Index of C among the ascending candidates. */
  readonly index: number;
  /** As `ClassWindowOptions`, of those to choose from. */
  readonly prior: number;
  /** One for each of `classPairs`. */
  readonly calibrations: readonly Calibration[];
  /** Per C and prior: mean F1 of the classes on the held-out windows. */
  readonly objectives: readonly { readonly c: number; readonly prior: number; readonly objective: number }[];
}

export interface ClassRuleRequest {
  readonly windows: ClassWindows;
  /** By `exclusionKey`, one per C. */
  readonly models: ReadonlyMap<string, readonly FittedClasses[]>;
  /** Fold of each image. */
  readonly foldOf: Int32Array;
  readonly classes: number;
  readonly candidates: readonly number[];
  /** As `ClassWindowOptions`. */
  readonly priors: readonly number[];
}

/**
 * Chooses C, prior and calibrations on the windows of the images as they are, each judged by the models that saw neither its own fold
 * nor `alsoOut`: Platt's sigmoid for each pair, images weighing alike and windows by their class's area to the power of the prior;
 * then the C and the prior whose coupled probabilities give the highest mean F1 over the classes, windows weighing as their area.
 */
export function chooseClassRule(request: ClassRuleRequest, alsoOut: readonly number[] = []): ClassRule {
  const { windows, foldOf, classes, candidates } = request;
  const rows = heldOutRows(windows, foldOf, alsoOut);
  const areas = rowWeights(windows, rows, 1);
  const labels = Uint8Array.from(rows, (row) => windows.labels[row]!);
  const tried = candidates.flatMap((c, index) => {
    const decisions = heldOutDecisions(request, rows, alsoOut, index);
    return request.priors.map((prior) => {
      const weights = rowWeights(windows, rows, prior);
      const calibrations = calibratePairs(classPairs(classes), decisions, labels, weights);
      const predicted = mostProbable(coupledProbabilities(calibrations, decisions, classes));
      return { c, index, prior, calibrations, objective: meanF1(labels, predicted, areas, classes) };
    });
  });
  const best = tried.reduce((a, b) => (b.objective > a.objective ? b : a));
  const { c, index, prior, calibrations } = best;
  const objectives = tried.map((one) => ({ c: one.c, prior: one.prior, objective: one.objective }));
  return { c, index, prior, calibrations, objectives };
}

/**
 * Probabilities of all classes, one array per class, from one array of decisions for each of `classPairs`; a pair that was not trained
 * has NaN throughout, its place must then lack a class, which gets 0.
 */
export function coupledProbabilities(
  calibrations: readonly Calibration[],
  decisions: readonly Float32Array[],
  classes: number,
): Float32Array[] {
  const pairs = classPairs(classes);
  const places = decisions[0]?.length ?? 0;
  const all = Array.from({ length: classes }, () => new Float32Array(places).fill(Number.NaN));
  for (const group of placesByPresence(decisions, pairs, classes)) {
    const kept = pairs.flatMap((pair, index) =>
      group.present.includes(pair.positive) && group.present.includes(pair.negative) ? [index] : [],
    );
    const compact = kept.map((index) => ({
      positive: group.present.indexOf(pairs[index]!.positive),
      negative: group.present.indexOf(pairs[index]!.negative),
    }));
    const own = kept.map((index) => Float32Array.from(group.places, (place) => decisions[index]![place]!));
    const sigmoids = kept.map((index) => calibrations[index]!);
    const found = classProbabilities(compact, sigmoids, own, group.present.length);
    group.places.forEach((place, k) => {
      for (let c = 0; c < classes; c++) all[c]![place] = 0;
      group.present.forEach((c, at) => {
        all[c]![place] = found[at]![k]!;
      });
    });
  }
  return all;
}

/** Places grouped by the classes that their decisions know. */
function placesByPresence(decisions: readonly Float32Array[], pairs: readonly ClassPair[], classes: number) {
  const groups = new Map<number, { readonly present: readonly number[]; readonly places: number[] }>();
  const places = decisions[0]?.length ?? 0;
  for (let place = 0; place < places; place++) {
    let known = 0;
    for (let index = 0; index < pairs.length; index++) {
      if (Number.isNaN(decisions[index]![place]!)) continue;
      known |= (1 << pairs[index]!.positive) | (1 << pairs[index]!.negative);
    }
    if (known === 0) continue;
    const present = Array.from({ length: classes }, (_, k) => k).filter((k) => (known >> k) & 1);
    const group = groups.get(known) ?? { present, places: [] };
    group.places.push(place);
    groups.set(known, group);
  }
  return groups.values();
}

export function mostProbable(probabilities: readonly Float32Array[]): Uint8Array {
  return Uint8Array.from(probabilities[0] ?? [], (_, place) => {
    let best = 0;
    for (let k = 1; k < probabilities.length; k++) {
      if (probabilities[k]![place]! > probabilities[best]![place]!) best = k;
    }
    return best;
  });
}

function heldOutRows({ isPlain, images }: ClassWindows, foldOf: Int32Array, alsoOut: readonly number[]): Int32Array {
  const hasPlain = isPlain.includes(1);
  const rows: number[] = [];
  images.forEach((image, row) => {
    if ((isPlain[row] === 1 || !hasPlain) && !alsoOut.includes(foldOf[image]!)) rows.push(row);
  });
  return Int32Array.from(rows);
}

/** Mean 1, every image the same sum. */
function rowWeights(windows: ClassWindows, rows: Int32Array, prior: number): Float64Array {
  const own = Float64Array.from(rows, (row) => windows.stands[row]! ** prior);
  const totals = new Map<number, number>();
  rows.forEach((row, k) => {
    const image = windows.images[row]!;
    totals.set(image, (totals.get(image) ?? 0) + own[k]!);
  });
  const perImage = rows.length / totals.size;
  return own.map((weight, k) => (weight * perImage) / (totals.get(windows.images[rows[k]!]!) ?? 1));
}

/** For each pair the decision on every row, NaN where the model that may judge the row lacks the pair. */
function heldOutDecisions(
  { windows, models, foldOf, classes }: ClassRuleRequest,
  rows: Int32Array,
  alsoOut: readonly number[],
  index: number,
): Float32Array[] {
  const pairs = classPairs(classes);
  const decisions = pairs.map(() => new Float32Array(rows.length).fill(Number.NaN));
  const { cols, features } = windows;
  const folds = new Set(Array.from(rows, (row) => foldOf[windows.images[row]!]!));
  for (const fold of folds) {
    const model = models.get(exclusionKey([...alsoOut, fold]))?.[index];
    if (!model) throw new RangeError(`no models without folds ${exclusionKey([...alsoOut, fold])}`);
    const places = [...rows.keys()].filter((k) => foldOf[windows.images[rows[k]!]!] === fold);
    const block = new Float32Array(places.length * cols);
    places.forEach((place, k) => {
      block.set(features.subarray(rows[place]! * cols, (rows[place]! + 1) * cols), k * cols);
    });
    for (const pair of model.pairs) {
      const plane = decisions[pairs.findIndex((p) => p.positive === pair.positive && p.negative === pair.negative)]!;
      decisionValues(pair, block).forEach((decision, k) => {
        plane[places[k]!] = decision;
      });
    }
  }
  return decisions;
}

/**
 * Platt's sigmoid for each pair on the rows of its two classes. Where no held-out row of one of them has a decision (the class lies in
 * one group alone), the slope is the median of the others', and even odds stay where the SVM, which was trained on balanced classes,
 * drew its boundary, but for the log ratio of the two classes' weights.
 */
export function calibratePairs(
  pairs: readonly ClassPair[],
  decisions: readonly Float32Array[],
  labels: Uint8Array,
  weights: Float64Array,
): Calibration[] {
  const fitted = pairs.map(({ positive, negative }, index) => {
    const rows = [...labels.keys()].filter(
      (row) => (labels[row] === positive || labels[row] === negative) && !Number.isNaN(decisions[index]![row]!),
    );
    const own = Uint8Array.from(rows, (row) => (labels[row] === positive ? 1 : 0));
    if (!own.includes(0) || !own.includes(1)) return null;
    const values = Float64Array.from(rows, (row) => decisions[index]![row]!);
    const { a, b } = fitSigmoid(
      values,
      own,
      Float64Array.from(rows, (row) => weights[row]!),
    );
    return { a, b };
  });
  const slopes = fitted.flatMap((one) => (one ? [one.a] : [])).sort((a, b) => a - b);
  const median = slopes[Math.floor(slopes.length / 2)] ?? -1;
  const totals = new Float64Array(256);
  labels.forEach((label, row) => {
    totals[label]! += weights[row]!;
  });
  return fitted.map((one, index) => {
    if (one) return one;
    const { positive, negative } = pairs[index]!;
    const ratio = totals[negative]! / totals[positive]!;
    return { a: median, b: ratio > 0 && ratio < Infinity ? Math.log(ratio) : 0 };
  });
}

/** Over the classes that the labels have. */
function meanF1(labels: Uint8Array, predicted: Uint8Array, weights: Float64Array, classes: number): number {
  const common = new Float64Array(classes);
  const truth = new Float64Array(classes);
  const found = new Float64Array(classes);
  labels.forEach((label, row) => {
    truth[label]! += weights[row]!;
    found[predicted[row]!]! += weights[row]!;
    if (label === predicted[row]) common[label]! += weights[row]!;
  });
  const scores = [...truth.keys()].filter((k) => truth[k]! > 0);
  return scores.reduce((sum, k) => sum + (2 * common[k]!) / (truth[k]! + found[k]!), 0) / Math.max(1, scores.length);
}
