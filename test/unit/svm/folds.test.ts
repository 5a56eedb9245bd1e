import { describe, expect, test } from "vitest";
import { groupFolds, leaveOneGroupOut } from "../../../src/engine/svm/folds.ts";
import { bestThreshold, thresholdGrid } from "../../../src/engine/svm/threshold.ts";

const groups = ["b", "a", "c", "a", "b", "d", "a", "e", "e"];

describe("folds", () => {
  test("a group is never in two folds and folds are about even", () => {
    const folds = groupFolds(groups, 3);
    const foldOf = new Map<string, number>();
    groups.forEach((group, i) => {
      expect(foldOf.get(group) ?? folds[i]).toBe(folds[i]);
      foldOf.set(group, folds[i] ?? -1);
    });
    const sizes = [0, 1, 2].map((fold) => folds.filter((f) => f === fold).length);
    expect(sizes).toEqual([3, 3, 3]);
  });

  test("the order of the samples does not matter", () => {
    const reversed = groupFolds([...groups].reverse(), 3).reverse();
    expect([...reversed]).toEqual([...groupFolds(groups, 3)]);
  });

  test("more folds than groups hold out one group each", () => {
    expect(new Set(groupFolds(groups, 20)).size).toBe(5);
    expect([...leaveOneGroupOut(["y", "x", "y"])]).toEqual([1, 0, 1]);
  });

  test("a single group is refused with a sentence", () => {
    expect(() => groupFolds(["a", "a"], 5)).toThrow("at least two groups");
  });
});

describe("choice by score", () => {
  test("the threshold maximises the mean over images, not any one image", () => {
    const grid = thresholdGrid(0.1, 0.5, 5);
    expect([...grid]).toEqual([0.1, 0.2, 0.3, 0.4, 0.5]);
    const curves = [Float64Array.of(0, 0.2, 0.9, 0.2, 0), Float64Array.of(0.2, 0.6, 0.6, 0.6, 0.1)];
    expect(bestThreshold(grid, curves).threshold).toBe(0.3);
  });

  test("a lone spike loses against a broad top", () => {
    const grid = thresholdGrid(0, 0.7, 8);
    const curve = Float64Array.of(0, 0.8, 0, 0.7, 0.75, 0.7, 0, 0);
    expect(bestThreshold(grid, [curve]).threshold).toBe(0.4);
    expect(bestThreshold(grid, [curve], 1).threshold).toBe(0.1);
  });

  test("of a flat top the middle is taken", () => {
    const grid = thresholdGrid(0, 1, 11);
    const flat = Float64Array.from(grid, (t) => (t >= 0.2 && t <= 0.8 ? 1 : 0));
    expect(bestThreshold(grid, [flat]).threshold).toBeCloseTo(0.5);
  });
});
