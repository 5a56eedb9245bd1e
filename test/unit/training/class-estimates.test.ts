import { expect, test } from "vitest";
import { type ConfusedImage, classEstimates } from "../../../src/engine/training/class-estimates.ts";

/** Areas by truth (rows) and found class of three classes. */
const image = (group: string, ...areas0: number[]): ConfusedImage => ({
  group,
  confusion: { classes: 3, areas0: Float64Array.from(areas0) },
});

const images = [
  image("a", 8, 2, 0, 1, 9, 0, 0, 0, 0),
  image("a", 5, 5, 0, 0, 10, 0, 0, 0, 0),
  image("b", 9, 1, 0, 2, 8, 0, 1, 1, 2),
  image("c", 10, 0, 0, 4, 6, 0, 0, 0, 0),
];

test("figures are those of all areas together, each within its interval", () => {
  const { accuracy, balancedAccuracy, byClass } = classEstimates(images, 3);
  expect(accuracy.value).toBeCloseTo((13 + 19 + 9 + 8 + 2 + 10 + 6) / 84, 12);
  expect(byClass[0]?.recall.value).toBeCloseTo(32 / 40, 12);
  expect(byClass[1]?.precision.value).toBeCloseTo(33 / 42, 12);
  expect(balancedAccuracy.value).toBeCloseTo((32 / 40 + 33 / 40 + 2 / 4) / 3, 12);
  for (const { value, low, high } of [accuracy, balancedAccuracy, byClass[0]!.dice]) {
    expect(low).toBeLessThanOrEqual(value ?? 0);
    expect(high).toBeGreaterThanOrEqual(value ?? 1);
  }
});

test("draws of groups without a class are left out of its figures and of the balanced accuracy", () => {
  const { accuracy, balancedAccuracy, byClass } = classEstimates(images, 3);
  expect(accuracy.leftOut).toBe(0);
  // Group b alone has the third class: (2 / 3)^3 of the draws lack it.
  expect(byClass[2]?.recall.leftOut).toBeGreaterThan(500);
  expect(byClass[2]?.recall.leftOut).toBeLessThan(700);
  expect(balancedAccuracy.leftOut).toBe(byClass[2]?.recall.leftOut);
});

test("the balanced accuracy can be that of some classes", () => {
  const { balancedAccuracy } = classEstimates(images, 3, [0, 1]);
  expect(balancedAccuracy.value).toBeCloseTo((32 / 40 + 33 / 40) / 2, 12);
  expect(balancedAccuracy.leftOut).toBe(0);
});
