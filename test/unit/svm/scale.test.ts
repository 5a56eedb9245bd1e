import { expect, test } from "vitest";
import { decisionValues } from "../../../src/engine/svm/predict.ts";
import { columnStatistics, foldScaling, standardiseRows } from "../../../src/engine/svm/scale.ts";

const features = Float32Array.from([1, 10, 5, 2, 20, 5, 3, 60, 5, 100, 100, 100]);
const rows = Int32Array.from([0, 1, 2]);

test("statistics cover the asked rows and no others", () => {
  const { mean, std } = columnStatistics(features, 3, { rows });
  expect([...mean]).toEqual([2, 30, 5]);
  expect(std[0]).toBeCloseTo(Math.sqrt(2 / 3), 12);
  expect(std[2]).toBe(0);
});

test("weights count rows several times", () => {
  const twice = columnStatistics(Float32Array.from([1, 1, 4]), 1);
  const weighted = columnStatistics(Float32Array.from([1, 4]), 1, { weights: Float64Array.from([2, 1]) });
  expect(weighted.mean[0]).toBeCloseTo(twice.mean[0] ?? 0, 12);
  expect(weighted.std[0]).toBeCloseTo(twice.std[0] ?? 0, 12);
});

test("standardised columns have mean 0 and deviation 1, a constant column becomes 0", () => {
  const scaled = standardiseRows(features, 3, columnStatistics(features, 3, { rows }), rows);
  const again = columnStatistics(scaled, 3);
  expect(again.mean[1]).toBeCloseTo(0, 6);
  expect(again.std[1]).toBeCloseTo(1, 6);
  expect([scaled[2], scaled[5], scaled[8]]).toEqual([0, 0, 0]);
});

test("folded weights decide on raw features as the weights do on standardised ones", () => {
  const statistics = columnStatistics(features, 3, { rows });
  const model = { weights: Float64Array.from([0.3, -2, 7]), bias: 0.25 };
  const onScaled = decisionValues(model, standardiseRows(features, 3, statistics, rows));
  const onRaw = decisionValues(foldScaling(model, statistics), features);
  for (let i = 0; i < 3; i++) expect(onRaw[i]).toBeCloseTo(onScaled[i] ?? NaN, 5);
});
