import { expect, test } from "vitest";
import { type Random, seededRandom } from "../../../src/engine/base/random.ts";
import {
  expectedCalibrationError,
  reliabilityBins,
  risesThroughout,
} from "../../../src/engine/evaluation/reliability.ts";
import { confidence, fitSigmoid, type Sigmoid } from "../../../src/engine/svm/calibrate.ts";
import { decisionValues } from "../../../src/engine/svm/predict.ts";
import { trainLinearSvm } from "../../../src/engine/svm/train.ts";

const COLS = 6;
const model = trainLinearSvm({ ...drawn(seededRandom(1), 400), cols: COLS }, { c: 0.01, classWeight: "balanced" });
const heldOut = drawn(seededRandom(2), 6000);
const unseen = drawn(seededRandom(3), 20_000);
const calibrated = fitSigmoid(decisionValues(model, heldOut.features), heldOut.labels);

test("confidences calibrated on held-out samples are right as often on others as they say, and rise throughout", () => {
  const bins = binsOf(calibrated);
  // With 20,000 samples a bin's share is known to about 0.01; the decisions are not exactly logistic.
  expect(expectedCalibrationError(bins)).toBeLessThan(0.02);
  expect(risesThroughout(bins)).toBe(true);
  expect(calibrated.a).toBeLessThan(0);
});

test("a sigmoid that was not calibrated is found out by the same figure", () => {
  const uncalibrated = expectedCalibrationError(binsOf({ a: -1, b: 0 }));
  const overconfident = expectedCalibrationError(binsOf({ a: 4 * calibrated.a, b: 4 * calibrated.b }));
  expect(uncalibrated).toBeGreaterThan(0.1);
  expect(overconfident).toBeGreaterThan(0.05);
});

function binsOf(sigmoid: Sigmoid) {
  const decisions = decisionValues(model, unseen.features);
  return reliabilityBins(
    Array.from(decisions, (decision, i) => ({
      confidence: confidence(sigmoid, decision),
      weight: 1,
      positive: unseen.labels[i] ?? 0,
    })),
  );
}

/** One in four positive, shifted in two of the features; the classes overlap. */
function drawn(random: Random, rows: number) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const labels = Uint8Array.from({ length: rows }, () => (random() < 0.25 ? 1 : 0));
  const features = Float32Array.from({ length: rows * COLS }, (_, at) => {
    const isShifted = labels[Math.floor(at / COLS)] === 1 && at % COLS < 2;
    return normal() + (isShifted ? 1 : 0);
  });
  return { features, labels, rows };
}
