import { expect, test } from "vitest";
import {
  accuracy,
  balancedAccuracy,
  confusionMatrix,
  precisions,
  recalls,
} from "../../../src/engine/evaluation/confusion.ts";
import { golden } from "./golden.ts";

test.each(golden.confusions)("scikit-learn counts the same ($classes classes)", (one) => {
  const classes = Array.from({ length: one.classes }, (_, index) => `class ${index}`);
  const matrix = confusionMatrix(classes, one.truth, one.found);
  expect(matrix.counts).toEqual(one.counts);
  expect(accuracy(matrix)).toBeCloseTo(one.accuracy, 12);
  expect(balancedAccuracy(matrix)).toBeCloseTo(one.balancedAccuracy, 12);
});

test("a class that does not occur has no recall and does not weigh on the balanced accuracy", () => {
  const matrix = confusionMatrix(["a", "b", "c"], [0, 0, 1], [0, 2, 1]);
  expect(recalls(matrix)).toEqual([0.5, 1, null]);
  expect(precisions(matrix)).toEqual([1, 1, 0]);
  expect(balancedAccuracy(matrix)).toBe(0.75);
});

test("nothing judged has no accuracy", () => {
  const matrix = confusionMatrix(["a", "b"], [], []);
  expect(accuracy(matrix)).toBeNull();
  expect(balancedAccuracy(matrix)).toBeNull();
});

test("an index that names no class is a mistake", () => {
  expect(() => confusionMatrix(["a", "b"], [0], [2])).toThrow(RangeError);
  expect(() => confusionMatrix(["a", "b"], [2], [0])).toThrow(RangeError);
});
