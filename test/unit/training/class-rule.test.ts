import { describe, expect, test } from "vitest";
import { NO_CLASS } from "../../../src/engine/heatmap/class-labels.ts";
import { classPairs } from "../../../src/engine/svm/one-vs-one.ts";
import { calibratePairs, coupledProbabilities, mostProbable } from "../../../src/engine/training/class-rule.ts";
import { addConfusions, confusionOf, scoreConfusion } from "../../../src/engine/training/class-scores.ts";

const PAIRS = classPairs(3);

describe("confidences of classes from decisions of pairs", () => {
  const same = PAIRS.map(() => ({ a: -1, b: 0 }));

  test("a class that the training lacked has none, and the others share the whole", () => {
    const unknown = Float32Array.of(Number.NaN, Number.NaN);
    // Pairs 1-0, 2-0, 2-1: the first place lacks class 2, the second class 1.
    const decisions = [Float32Array.of(1, Number.NaN), Float32Array.of(Number.NaN, -2), unknown];
    const [first, second, third] = coupledProbabilities(same, decisions, 3);
    expect(third?.[0]).toBe(0);
    expect(second?.[1]).toBe(0);
    expect(second?.[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
    expect((first?.[0] ?? 0) + (second?.[0] ?? 0)).toBeCloseTo(1, 6);
    expect(first?.[1]).toBeCloseTo(1 / (1 + Math.exp(-2)), 6);
  });

  test("where nothing is known nothing is said", () => {
    const unknown = PAIRS.map(() => Float32Array.of(Number.NaN));
    expect(coupledProbabilities(same, unknown, 3).every(([value]) => Number.isNaN(value))).toBe(true);
  });

  test("the most probable class is named", () => {
    expect([
      ...mostProbable([Float32Array.of(0.2, 0.5), Float32Array.of(0.7, 0.3), Float32Array.of(0.1, 0.2)]),
    ]).toEqual([1, 0]);
  });
});

test("a pair that no held-out window of one class can calibrate takes the others' slope and the odds of its classes' weights", () => {
  const labels = Uint8Array.of(0, 0, 1, 1, 0, 1, 2, 2);
  const known = Float32Array.of(-2, -1, 1, 2, 0.5, -0.5, 0, 0);
  const lacking = Float32Array.of(-2, -1, 1, 2, 0.5, -0.5, Number.NaN, Number.NaN);
  const weights = new Float64Array(8).fill(1);
  const [first, second, third] = calibratePairs(PAIRS, [known, lacking, lacking], labels, weights);
  expect(first?.a).toBeLessThan(0);
  // Three windows of either other class for two of class 2.
  expect(second).toEqual({ a: first?.a, b: Math.log(3 / 2) });
  expect(third).toEqual({ a: first?.a, b: Math.log(3 / 2) });
  const rare = weights.map((weight, row) => (labels[row] === 2 ? weight / 4 : weight));
  expect(calibratePairs(PAIRS, [known, lacking, lacking], labels, rare)[1]?.b).toBeCloseTo(Math.log(6), 12);
});

describe("a confusion matrix", () => {
  // Two cells of 10 x 10: the first holds 60 of class 0 and 40 of class 1, the second 100 of class 2.
  const truth = Float32Array.of(60, 0, 40, 0, 0, 100);

  test("counts areas by truth and found class; cells without a label are background", () => {
    expect([...confusionOf(Uint8Array.of(0, NO_CLASS), truth, 2).areas0]).toEqual([60, 0, 0, 40, 0, 0, 0, 0, 100]);
    expect([...confusionOf(Uint8Array.of(0, NO_CLASS), truth, -1).areas0]).toEqual([60, 0, 0, 40, 0, 0, 0, 0, 0]);
  });

  test("gives recall, precision and S of each class, accuracy and mean recall", () => {
    const one = confusionOf(Uint8Array.of(0, 1), truth, 2);
    const { byClass, accuracy, balancedAccuracy } = scoreConfusion(addConfusions([one, one], 3));
    expect(byClass[0]).toMatchObject({ recall: 1, precision: 0.6, dice: 0.75, truthShare: 0.3, foundShare: 0.5 });
    expect(byClass[1]).toMatchObject({ recall: 0, precision: 0, dice: 0 });
    expect(byClass[2]).toMatchObject({ recall: 0, precision: null, dice: 0 });
    expect(accuracy).toBe(0.3);
    expect(balancedAccuracy).toBeCloseTo(1 / 3, 12);
  });

  test("leaves a class without truth out of the mean", () => {
    const { byClass, balancedAccuracy } = scoreConfusion({ classes: 2, areas0: Float64Array.of(5, 5, 0, 0) });
    expect(byClass[1]?.recall).toBeNull();
    expect(balancedAccuracy).toBe(0.5);
  });
});
