import { readFileSync } from "node:fs";

export interface GoldenInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly leftOut: number;
  readonly seed: number;
  readonly level: number;
}

export interface GoldenAuc {
  readonly name: string;
  readonly scores: number[];
  readonly labels: number[];
  readonly groups: string[];
  readonly auc: number;
  readonly falsePositiveRates: number[];
  readonly truePositiveRates: number[];
  readonly thresholds: number[];
  readonly interval: GoldenInterval;
}

export interface GoldenConfusion {
  readonly truth: number[];
  readonly found: number[];
  readonly groups: string[];
  readonly classes: number;
  readonly counts: number[][];
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly interval: GoldenInterval;
}

/** Of scikit-learn and NumPy (test/fixtures/evaluation/make_golden.py). */
export const golden: { resamples: number; aucs: GoldenAuc[]; confusions: GoldenConfusion[] } = JSON.parse(
  readFileSync(new URL("../../fixtures/evaluation/golden.json", import.meta.url), "utf8"),
);
