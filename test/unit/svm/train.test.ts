import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { seededRandom, shuffle } from "../../../src/engine/base/random.ts";
import { decisionValues } from "../../../src/engine/svm/predict.ts";
import type { Samples } from "../../../src/engine/svm/samples.ts";
import { type SvmOptions, trainLinearSvm } from "../../../src/engine/svm/train.ts";

interface GoldenCase {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  readonly features: number[];
  readonly labels: number[];
  readonly weights: number[] | null;
  readonly loss: "l1" | "l2";
  readonly c: number;
  readonly classWeight: NonNullable<SvmOptions["classWeight"]>;
  readonly interceptScaling: number;
  readonly objective: number;
  readonly decisions: number[];
}

const golden: { cases: GoldenCase[]; objectiveTolerance: number; decisionTolerance: number } = JSON.parse(
  readFileSync(new URL("../../fixtures/svm/golden.json", import.meta.url), "utf8"),
);

describe("against scikit-learn's LinearSVC (test/fixtures/svm/make_golden.py)", () => {
  test.each(golden.cases)("$name: the same objective and the same decisions", (one) => {
    const model = trainLinearSvm(samplesOf(one), { ...optionsOf(one), tolerance: 1e-9, maxPasses: 200_000 });
    expect(model.converged).toBe(true);
    expect(Math.abs(model.objective - one.objective) / one.objective).toBeLessThan(golden.objectiveTolerance);
    expect(model.gap / model.objective).toBeLessThan(golden.objectiveTolerance);
    const decisions = decisionValues(model, Float32Array.from(one.features));
    expect(largestDifference(decisions, one.decisions)).toBeLessThan(golden.decisionTolerance);
  });
});

describe("properties", () => {
  test("a row of weight 2 counts as two equal rows, balanced classes included", () => {
    const one = randomSamples(7, 40, 6);
    const twice = concatenated(one, one);
    const doubled: Samples = { ...one, weights: new Float64Array(40).fill(2) };
    for (const loss of ["l1", "l2"] as const) {
      const options: SvmOptions = { loss, c: 0.05, classWeight: "balanced", tolerance: 1e-9, maxPasses: 100_000 };
      const a = trainLinearSvm(twice, options);
      const b = trainLinearSvm(doubled, options);
      expect(largestDifference(a.weights, b.weights)).toBeLessThan(1e-6);
      expect(a.objective).toBeCloseTo(b.objective, 8);
    }
  });

  test("a row of weight 0 is as good as absent", () => {
    const one = randomSamples(8, 30, 4);
    const extra = concatenated(one, randomSamples(9, 5, 4));
    const weights = new Float64Array(35).fill(1).fill(0, 30);
    const options: SvmOptions = { c: 0.1, tolerance: 1e-9, maxPasses: 100_000, classWeight: "balanced" };
    const difference = largestDifference(
      trainLinearSvm(one, options).weights,
      trainLinearSvm({ ...extra, weights }, options).weights,
    );
    expect(difference).toBeLessThan(1e-6);
  });

  test("the order of the rows and the seed change nothing but the last digits", () => {
    const one = randomSamples(10, 60, 5);
    const options: SvmOptions = { c: 0.2, tolerance: 1e-9, maxPasses: 100_000 };
    const a = trainLinearSvm(one, options);
    const b = trainLinearSvm(permuted(one), { ...options, seed: 99 });
    expect(largestDifference(a.weights, b.weights)).toBeLessThan(1e-6);
  });

  test("the same call gives the same bytes", () => {
    const one = randomSamples(11, 80, 9);
    const a = trainLinearSvm(one, { c: 3, loss: "l1", seed: 5 });
    const b = trainLinearSvm(one, { c: 3, loss: "l1", seed: 5 });
    expect(new Uint8Array(a.weights.buffer)).toEqual(new Uint8Array(b.weights.buffer));
    expect(a.bias).toBe(b.bias);
  });

  test("the gap bounds the distance to the best objective, converged or not", () => {
    const one = randomSamples(12, 100, 10);
    const best = trainLinearSvm(one, { c: 10, tolerance: 1e-9, maxPasses: 200_000 });
    const early = trainLinearSvm(one, { c: 10, maxPasses: 3 });
    expect(best.converged).toBe(true);
    expect(early.converged).toBe(false);
    expect(early.iterations).toBe(3);
    expect(early.objective - best.objective).toBeLessThanOrEqual(early.gap + 1e-9);
  });

  test("starting from the answer for a smaller C leads to the same answer and is nearer to it after one pass", () => {
    const one = randomSamples(13, 200, 12);
    for (const loss of ["l1", "l2"] as const) {
      const options: SvmOptions = { loss, tolerance: 1e-8, maxPasses: 100_000 };
      const { alpha } = trainLinearSvm(one, { ...options, c: 0.1 });
      const cold = trainLinearSvm(one, { ...options, c: 0.2 });
      const warm = trainLinearSvm(one, { ...options, c: 0.2, start: alpha });
      expect(largestDifference(cold.weights, warm.weights)).toBeLessThan(1e-5);
      const coldPass = trainLinearSvm(one, { ...options, c: 0.2, maxPasses: 1 });
      const warmPass = trainLinearSvm(one, { ...options, c: 0.2, maxPasses: 1, start: alpha });
      expect(warmPass.gap).toBeLessThan(coldPass.gap);
    }
  });
});

describe("refusals", () => {
  const one = randomSamples(14, 10, 3);

  test("one class only is named", () => {
    expect(() => trainLinearSvm({ ...one, labels: new Uint8Array(10) })).toThrow(/both classes.*only negative/);
  });

  test("no samples at all are named", () => {
    const none = { features: new Float32Array(), rows: 0, cols: 3, labels: new Uint8Array() };
    expect(() => trainLinearSvm(none)).toThrow(/at least one sample/);
  });

  test("a value that is no number is named with its place", () => {
    const features = one.features.slice();
    features[7] = Number.NaN;
    expect(() => trainLinearSvm({ ...one, features })).toThrow("found NaN in row 2, column 1");
  });

  test("lengths that disagree, wrong labels, negative weights and C = 0 are named", () => {
    expect(() => trainLinearSvm({ ...one, labels: new Uint8Array(9) })).toThrow("Expected 10 labels");
    expect(() => trainLinearSvm({ ...one, labels: new Uint8Array(10).fill(2) })).toThrow("found 2 in row 0");
    expect(() => trainLinearSvm({ ...one, weights: new Float64Array(10).fill(-1) })).toThrow("found -1 in row 0");
    expect(() => trainLinearSvm(one, { c: 0 })).toThrow("Expected c of the linear SVM to be above 0");
  });
});

function samplesOf(one: GoldenCase): Samples {
  const samples = {
    features: Float32Array.from(one.features),
    rows: one.rows,
    cols: one.cols,
    labels: Uint8Array.from(one.labels),
  };
  return one.weights ? { ...samples, weights: Float64Array.from(one.weights) } : samples;
}

function optionsOf({ loss, c, classWeight, interceptScaling }: GoldenCase): SvmOptions {
  return { loss, c, classWeight, interceptScaling };
}

function randomSamples(seed: number, rows: number, cols: number): Samples {
  const random = seededRandom(seed);
  const labels = Uint8Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? 1 : 0));
  const features = Float32Array.from({ length: rows * cols }, (_, at) => {
    const lift = labels[Math.floor(at / cols)] === 1 && at % cols < 2 ? 0.8 : 0;
    return random() + random() + random() - 1.5 + lift;
  });
  return { features, rows, cols, labels };
}

function concatenated(a: Samples, b: Samples): Samples {
  const features = new Float32Array([...a.features, ...b.features]);
  return { features, rows: a.rows + b.rows, cols: a.cols, labels: new Uint8Array([...a.labels, ...b.labels]) };
}

function permuted({ features, rows, cols, labels }: Samples): Samples {
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  shuffle(order, seededRandom(3));
  const moved = new Float32Array(features.length);
  order.forEach((from, to) => {
    moved.set(features.subarray(from * cols, (from + 1) * cols), to * cols);
  });
  return { features: moved, rows, cols, labels: Uint8Array.from(order, (i) => labels[i] ?? 0) };
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs((a[i] ?? NaN) - (b[i] ?? NaN)));
  return largest;
}
