import { AppError } from "../base/errors.ts";
import { confidence, fitSigmoid, type Sigmoid } from "./calibrate.ts";
import { coupleRow } from "./couple.ts";
import { decisionValues } from "./predict.ts";
import type { Samples } from "./samples.ts";
import { type LinearSvm, type SvmOptions, trainLinearSvm } from "./train.ts";

/** Two classes by their indices; a positive decision speaks for `positive`. */
export interface ClassPair {
  readonly positive: number;
  readonly negative: number;
}

export interface PairSvm extends ClassPair, LinearSvm {}

/** Labelled feature vectors of several classes: as `Samples`, but labels run from 0 to `classes` - 1. */
export interface ClassSamples extends Samples {
  readonly classes: number;
}

/** What is said of each row; both row-major, rows x classes. */
export interface ClassPrediction {
  /** Class by row: most votes; of equals the one with the larger sum of decisions for it. */
  readonly labels: Uint8Array;
  readonly votes: Uint8Array;
  /** Coupled from the pairs' confidences; each row sums to 1. */
  readonly probabilities: Float64Array;
}

/**
 * All pairs, in the order of their lower and then their higher index; the higher index is the positive one, so that two classes
 * (0, 1) are the one two-class problem that `trainLinearSvm` solves. k * (k - 1) / 2 of them.
 */
export function classPairs(classes: number): ClassPair[] {
  const pairs: ClassPair[] = [];
  for (let negative = 0; negative < classes; negative++) {
    for (let positive = negative + 1; positive < classes; positive++) pairs.push({ positive, negative });
  }
  return pairs;
}

/**
 * One linear SVM for each pair of classes, trained on the rows of these two alone (Knerr, Personnaz, Dreyfus, 1990); a class weight
 * of `balanced` balances each pair. Throws `svm/bad-input` for a label that is no class, `svm/one-class` when a class has no row, and
 * what `trainLinearSvm` throws. Holds a copy of one pair's rows at a time.
 */
export function trainOneVsOne(samples: ClassSamples, options: SvmOptions = {}): PairSvm[] {
  checkClassLabels(samples);
  return classPairs(samples.classes).map((pair) => ({
    ...pair,
    ...trainLinearSvm(pairSamples(samples, pair), options),
  }));
}

/** The rows of two classes as a two-class problem. */
export function pairSamples(samples: ClassSamples, pair: ClassPair): Samples {
  const { cols, labels, features, weights } = samples;
  const rows = rowsOfPair(labels, pair);
  const block = new Float32Array(rows.length * cols);
  rows.forEach((row, k) => {
    block.set(features.subarray(row * cols, (row + 1) * cols), k * cols);
  });
  const binary = Uint8Array.from(rows, (row) => (labels[row] === pair.positive ? 1 : 0));
  const two = { features: block, rows: rows.length, cols, labels: binary };
  return weights ? { ...two, weights: Float64Array.from(rows, (row) => weights[row]!) } : two;
}

/** Ascending. */
export function rowsOfPair(labels: Uint8Array, { positive, negative }: ClassPair): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] === positive || labels[row] === negative) rows.push(row);
  }
  return Int32Array.from(rows);
}

/** For each pair its decision on every row; summed in float64. */
export function pairDecisions(
  pairs: readonly { readonly weights: Float64Array; readonly bias: number }[],
  features: Float32Array,
): Float64Array[] {
  return pairs.map((pair) => decisionValues(pair, features));
}

/**
 * Platt's sigmoid for each pair, on held-out decisions of the rows of its two classes. `decisions` has one array per pair, `labels`
 * and `weights` one value per row. Throws as `fitSigmoid`.
 */
export function fitPairSigmoids(
  pairs: readonly ClassPair[],
  decisions: readonly Float64Array[],
  labels: Uint8Array,
  weights?: Float64Array,
): Sigmoid[] {
  return pairs.map((pair, index) => {
    const rows = rowsOfPair(labels, pair);
    const own = Float64Array.from(rows, (row) => decisions[index]![row]!);
    const binary = Uint8Array.from(rows, (row) => (labels[row] === pair.positive ? 1 : 0));
    return fitSigmoid(own, binary, weights && Float64Array.from(rows, (row) => weights[row]!));
  });
}

/** Votes, labels and coupled probabilities from the pairs' decisions (one array per pair) and their calibrations. */
export function predictClasses(
  pairs: readonly ClassPair[],
  calibrations: readonly Sigmoid[],
  decisions: readonly Float64Array[],
  classes: number,
): ClassPrediction {
  const rows = decisions[0]?.length ?? 0;
  const labels = new Uint8Array(rows);
  const votes = new Uint8Array(rows * classes);
  const probabilities = new Float64Array(rows * classes);
  const sums = new Float64Array(classes);
  const pairwise = new Float64Array(classes * classes);
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    pairs.forEach(({ positive, negative }, index) => {
      const decision = decisions[index]![row]!;
      votes[row * classes + (decision > 0 ? positive : negative)]! += 1;
      sums[positive]! += decision;
      sums[negative]! -= decision;
      const one = confidence(calibrations[index]!, decision);
      pairwise[positive * classes + negative] = one;
      pairwise[negative * classes + positive] = 1 - one;
    });
    labels[row] = mostVotes(votes.subarray(row * classes, (row + 1) * classes), sums);
    coupleRow(pairwise, classes, probabilities.subarray(row * classes, (row + 1) * classes));
  }
  return { labels, votes, probabilities };
}

function mostVotes(votes: Uint8Array, sums: Float64Array): number {
  let best = 0;
  for (let k = 1; k < votes.length; k++) {
    const more = votes[k]! - votes[best]!;
    if (more > 0 || (more === 0 && sums[k]! > sums[best]!)) best = k;
  }
  return best;
}

function checkClassLabels({ labels, classes }: ClassSamples): void {
  const counts = new Float64Array(classes);
  labels.forEach((label, row) => {
    if (label >= classes) {
      throw new AppError("svm/bad-input", `Expected labels 0 to ${classes - 1}, found ${label} in row ${row}.`);
    }
    counts[label]! += 1;
  });
  const absent = counts.indexOf(0);
  if (absent < 0 && classes >= 2) return;
  throw new AppError(
    "svm/one-class",
    `Expected samples of at least two classes and of each of them, found ${absent < 0 ? `${classes} class` : `none of class ${absent}`}; add examples of it or leave the class out.`,
  );
}
