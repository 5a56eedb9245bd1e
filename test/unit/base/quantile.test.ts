import { expect, test } from "vitest";
import { quantileOfSorted } from "../../../src/engine/base/quantile.ts";

test("quantiles lie between their neighbours", () => {
  expect(quantileOfSorted([1, 2, 4], 0.5)).toBe(2);
  expect(quantileOfSorted([1, 2, 4], 0.75)).toBe(3);
  expect(quantileOfSorted([7], 0.9)).toBe(7);
  expect(() => quantileOfSorted([], 0.5)).toThrow(RangeError);
});
