import { describe, expect, test } from "vitest";
import { rocAuc, rocCurve } from "../../../src/engine/evaluation/roc.ts";
import { golden } from "./golden.ts";

describe("against scikit-learn (test/fixtures/evaluation/make_golden.py)", () => {
  test.each(golden.aucs)("$name: the same area and the same curve", (one) => {
    // Both count whole pairs; only the rounding of the last division and of sklearn's trapezes differs.
    expect(rocAuc(one.scores, one.labels)).toBeCloseTo(one.auc, 12);
    const curve = rocCurve(one.scores, one.labels) ?? [];
    expect(curve.map(({ threshold }) => threshold)).toEqual([Number.POSITIVE_INFINITY, ...one.thresholds]);
    curve.forEach(({ falsePositiveRate, truePositiveRate }, index) => {
      expect(falsePositiveRate).toBeCloseTo(one.falsePositiveRates[index] ?? Number.NaN, 12);
      expect(truePositiveRate).toBeCloseTo(one.truePositiveRates[index] ?? Number.NaN, 12);
    });
  });
});

test("a tie counts half, and scores that are all equal give one half", () => {
  expect(rocAuc([1, 2, 2, 3], [0, 0, 1, 1])).toBe(0.875);
  expect(rocAuc([5, 5, 5], [0, 1, 0])).toBe(0.5);
});

test("turning the labels round turns the area round", () => {
  const [{ scores, labels } = { scores: [], labels: [] }] = golden.aucs;
  const turned = labels.map((label) => 1 - label);
  expect((rocAuc(scores, labels) ?? 0) + (rocAuc(scores, turned) ?? 0)).toBeCloseTo(1, 12);
});

test("one class has no area and no curve", () => {
  expect(rocAuc([1, 2], [1, 1])).toBeNull();
  expect(rocCurve([1, 2], [0, 0])).toBeNull();
  expect(rocAuc([], [])).toBeNull();
});

test("a score that is no number is a mistake, not a figure", () => {
  expect(() => rocAuc([1, Number.NaN], [0, 1])).toThrow("score 1 is NaN");
  expect(() => rocAuc([1], [0, 1])).toThrow(RangeError);
});
