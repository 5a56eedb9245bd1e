import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { crossValidateBags } from "../../../src/engine/classification-training/cross-validate-bags.ts";
import { fitBags, rowsOfImages } from "../../../src/engine/classification-training/fit-bags.ts";
import { poolBag } from "../../../src/engine/features/bag.ts";

interface GoldenRule {
  readonly index: number;
  readonly aucs: readonly number[];
  readonly calibrations: readonly (readonly [number, number])[];
}

interface Golden {
  readonly pooling: readonly {
    readonly rows: number;
    readonly features: readonly number[];
    readonly pooled: Readonly<Record<string, readonly number[]>>;
  }[];
  readonly crossValidation: {
    readonly classes: number;
    readonly select: number;
    readonly c: readonly number[];
    readonly labels: readonly number[];
    readonly foldOf: readonly number[];
    readonly plain: readonly number[];
    readonly other: readonly number[];
    readonly rules: readonly GoldenRule[];
    readonly rule: GoldenRule;
    readonly decisions: readonly (readonly number[])[];
    readonly predicted: readonly number[];
    readonly selected: readonly (readonly number[])[];
  };
}

const path = new URL("../../fixtures/classification/golden.json", import.meta.url);
const golden: Golden = JSON.parse(readFileSync(path, "utf8"));

describe("against numpy and scikit-learn (test/fixtures/classification)", () => {
  it.each(golden.pooling.map((one, index) => [index, one] as const))("bag %i is pooled alike for every P", (_, bag) => {
    const { rows, features, pooled } = bag;
    for (const [p, expected] of Object.entries(pooled)) {
      const found = poolBag({ features: Float32Array.from(features), rows, cols: features.length / rows }, Number(p));
      // The golden values hold nine digits, computed in extended precision.
      found.forEach((value, k) => {
        expect(Math.abs(value - expected[k]!)).toBeLessThanOrEqual(1e-8 * Math.abs(expected[k]!));
      });
    }
  });

  const { crossValidation: known } = golden;
  const labels = Uint8Array.from(known.labels);
  const images = known.labels.length;
  const set = {
    features: Float32Array.from([...known.plain, ...known.other]),
    cols: known.plain.length / images,
    images: Int32Array.from({ length: 2 * images }, (_, row) => row % images),
    isPlain: Uint8Array.from({ length: 2 * images }, (_, row) => (row < images ? 1 : 0)),
  };
  const svm = { loss: "l2", classWeight: "balanced", c: known.c, tolerance: 1e-9, maxPasses: 100_000 } as const;
  const options = { classes: known.classes, labels, features: known.select, svm, seed: 1 };
  const { rule, figures } = crossValidateBags(set, Int32Array.from(known.foldOf), options);

  it("every fold selects the same features without its own images", () => {
    known.selected.forEach((selected, fold) => {
      const rows = rowsOfImages(set, (image) => known.foldOf[image] !== fold);
      expect(fitBags(set, rows, options)[0]!.selected).toEqual(selected);
    });
  });

  it("every fold chooses the same C by the same areas under the curve", () => {
    [...figures.rules, rule].forEach((found, index) => {
      const expected = known.rules[index] ?? known.rule;
      expect(found.index).toBe(expected.index);
      found.aucs.forEach((auc, k) => {
        expect(auc).toBeCloseTo(expected.aucs[k]!, 8);
      });
    });
  });

  it("held-out decisions, votes and calibrations agree", () => {
    figures.images.forEach(({ decisions, predicted }, image) => {
      // Both solvers stop within 1e-9 of the optimum; standardised rows are float32 on both sides.
      decisions.forEach((decision, pair) => {
        expect(Math.abs(decision - known.decisions[image]![pair]!)).toBeLessThan(1e-5);
      });
      expect(predicted).toBe(known.predicted[image]);
    });
    [...figures.rules, rule].forEach((found, index) => {
      const expected = (known.rules[index] ?? known.rule).calibrations;
      // The oracle's minimiser is derivative-free at the end: about half of float64's digits.
      found.calibrations.forEach(({ a, b }, pair) => {
        expect(Math.abs(a - expected[pair]![0])).toBeLessThan(1e-4);
        expect(Math.abs(b - expected[pair]![1])).toBeLessThan(1e-4);
      });
    });
  });
});
