import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { confidence, fitSigmoid } from "../../../src/engine/svm/calibrate.ts";

interface GoldenCalibration {
  readonly name: string;
  readonly decisions: number[];
  readonly labels: number[];
  readonly weights: number[] | null;
  readonly a: number;
  readonly b: number;
  /** Confidences of scikit-learn's own sigmoid calibration. */
  readonly scikitLearn: number[];
}

const { calibrations }: { calibrations: GoldenCalibration[] } = JSON.parse(
  readFileSync(new URL("../../fixtures/svm/golden.json", import.meta.url), "utf8"),
);

describe("against SciPy's minimiser and scikit-learn's calibration (test/fixtures/svm/make_golden.py)", () => {
  test.each(calibrations)("$name: the same sigmoid", (one) => {
    const weights = one.weights ? Float64Array.from(one.weights) : undefined;
    const { a, b } = fitSigmoid(Float64Array.from(one.decisions), Uint8Array.from(one.labels), weights);
    // SciPy stops on values of the loss, so its minimum is known to about the square root of their precision.
    expect(a).toBeCloseTo(one.a, 5);
    expect(b).toBeCloseTo(one.b, 5);
    // scikit-learn's minimiser stops early where the loss is flat.
    one.decisions.forEach((decision, i) => {
      expect(confidence({ a, b }, decision)).toBeCloseTo(one.scikitLearn[i] ?? Number.NaN, 5);
    });
  });

  test.each(calibrations)("$name: a higher decision never means a lower confidence", (one) => {
    const weights = one.weights ? Float64Array.from(one.weights) : undefined;
    const sigmoid = fitSigmoid(Float64Array.from(one.decisions), Uint8Array.from(one.labels), weights);
    const confidences = one.decisions.toSorted((x, y) => x - y).map((decision) => confidence(sigmoid, decision));
    expect(confidences).toEqual(confidences.toSorted((x, y) => x - y));
  });
});

test("confidence rises with the decision when positives decide higher, and never leaves 0 to 1", () => {
  const sigmoid = fitSigmoid(Float64Array.from([-2, -1, 0.5, -0.5, 1, 2]), Uint8Array.from([0, 0, 0, 1, 1, 1]));
  expect(sigmoid.a).toBeLessThan(0);
  expect(confidence(sigmoid, 1)).toBeGreaterThan(confidence(sigmoid, -1));
  expect(confidence(sigmoid, 1e6)).toBe(1);
  expect(confidence(sigmoid, -1e6)).toBe(0);
});

test("classes that are told apart without error still get a finite sigmoid", () => {
  const sigmoid = fitSigmoid(Float64Array.from([-3, -2, 2, 3]), Uint8Array.from([0, 0, 1, 1]));
  expect(Number.isFinite(sigmoid.a) && Number.isFinite(sigmoid.b)).toBe(true);
});

test("weight 2 counts as two equal decisions", () => {
  const one = fitSigmoid(
    Float64Array.from([-1, 0.2, 1, -0.3]),
    Uint8Array.from([0, 0, 1, 1]),
    Float64Array.of(2, 2, 2, 2),
  );
  const twice = fitSigmoid(
    Float64Array.from([-1, 0.2, 1, -0.3, -1, 0.2, 1, -0.3]),
    Uint8Array.from([0, 0, 1, 1, 0, 0, 1, 1]),
  );
  expect(one.a).toBeCloseTo(twice.a, 8);
  expect(one.b).toBeCloseTo(twice.b, 8);
});

test("one class only and decisions that are no numbers are refused by name", () => {
  expect(() => fitSigmoid(Float64Array.of(1, 2), Uint8Array.of(1, 1))).toThrow("both classes");
  expect(() => fitSigmoid(Float64Array.of(1, NaN), Uint8Array.of(0, 1))).toThrow("found NaN at 1");
});
