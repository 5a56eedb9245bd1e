import { AppError } from "../base/errors.ts";

/** Labelled feature vectors of a two-class problem, in one block. */
export interface Samples {
  /** Row-major, one row per sample, length = rows * cols. */
  readonly features: Float32Array;
  readonly rows: number;
  readonly cols: number;
  /** One per row: 1 positive, 0 negative. */
  readonly labels: Uint8Array;
  /** One per row, 0 or more; a row of weight 2 counts as two equal rows. Default: all 1. */
  readonly weights?: Float64Array;
}

/** Throws `svm/bad-input` when lengths disagree or a value is not finite, `svm/one-class` when a class has no weight. */
export function checkSamples(samples: Samples): void {
  const { features, rows, cols, labels, weights } = samples;
  if (rows < 1 || cols < 1) {
    throw new AppError("svm/bad-input", `Expected at least one sample with one feature, found ${rows} x ${cols}.`);
  }
  checkLength("features", features.length, rows * cols);
  checkLength("labels", labels.length, rows);
  if (weights) checkLength("weights", weights.length, rows);
  checkClasses(labels, weights);
  checkFinite(features, cols);
}

/** Sums of the weights of the negative and of the positive rows. */
export function classTotals(labels: Uint8Array, weights?: Float64Array): { negative: number; positive: number } {
  const totals = [0, 0];
  for (let i = 0; i < labels.length; i++) totals[labels[i]!]! += weights ? weights[i]! : 1;
  return { negative: totals[0]!, positive: totals[1]! };
}

function checkLength(what: string, found: number, expected: number): void {
  if (found === expected) return;
  throw new AppError("svm/bad-input", `Expected ${expected} ${what} for the samples, found ${found}.`);
}

function checkClasses(labels: Uint8Array, weights: Float64Array | undefined): void {
  for (let i = 0; i < labels.length; i++) {
    if (labels[i]! > 1) {
      throw new AppError("svm/bad-input", `Expected labels 0 and 1, found ${labels[i]} in row ${i}.`);
    }
    if (weights && !(weights[i]! >= 0 && weights[i]! < Infinity)) {
      throw new AppError("svm/bad-input", `Expected a weight of 0 or more, found ${weights[i]} in row ${i}.`);
    }
  }
  const { negative, positive } = classTotals(labels, weights);
  if (negative > 0 && positive > 0) return;
  const found = positive > 0 ? "positive" : negative > 0 ? "negative" : "weightless";
  throw new AppError(
    "svm/one-class",
    `Expected samples of both classes to train on, found only ${found} ones; add examples of the other class.`,
  );
}

function checkFinite(features: Float32Array, cols: number): void {
  for (let i = 0; i < features.length; i++) {
    if (Number.isFinite(features[i]!)) continue;
    throw new AppError(
      "svm/bad-input",
      `Expected finite features, found ${features[i]} in row ${Math.floor(i / cols)}, column ${i % cols}.`,
    );
  }
}
