import { expect, test } from "vitest";
import { featureDistance } from "../../../src/engine/trust/feature-distance.ts";

const reference = { featureMean: [1, 2, 3, 0], featureStd: [1, 2, 0.5, 0] };

test("a row one standard deviation away in every feature lies at distance 1; features that never varied do not count", () => {
  expect(featureDistance([Float32Array.of(2, 4, 2.5, 77)], reference)).toBeCloseTo(1, 6);
});

test("the middle of the rows decides, so that one odd patch does not", () => {
  const near = Float32Array.of(1, 2, 3, 0);
  const far = Float32Array.of(90, 90, 90, 0);
  expect(featureDistance([near, near, far], reference)).toBe(0);
});

test("without a row, or with rows of another length, there is no distance", () => {
  expect(featureDistance([], reference)).toBeNull();
  expect(featureDistance([Float32Array.of(1)], reference)).toBeNull();
});
