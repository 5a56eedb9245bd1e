import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Lattice } from "../../../src/engine/patches/types.ts";
import { groupFolds } from "../../../src/engine/svm/folds.ts";
import { decisionValues } from "../../../src/engine/svm/predict.ts";
import {
  chooseOn,
  exclusionKey,
  exclusions,
  type FoldedImage,
  nestedFigures,
} from "../../../src/engine/training/cross-validate.ts";
import { type FittedModel, fitPath, rowsOf, type WindowSet } from "../../../src/engine/training/fit.ts";
import type { HeldOutImage } from "../../../src/engine/training/held-out.ts";
import { patchTruth } from "../../../src/engine/training/sample-windows.ts";
import { cellTruth } from "../../../src/engine/training/score.ts";
import { readTruth } from "../../../src/engine/training/truth.ts";

interface GoldenRule {
  readonly c: number;
  readonly a: number;
  readonly b: number;
  readonly threshold: number;
  readonly objective: number;
  readonly objectives: number[];
}

interface GoldenImage {
  readonly name: string;
  readonly group: string;
  readonly tissue: number[];
  readonly positive: number[];
  readonly features: number[];
}

const golden: {
  readonly cells: number;
  readonly cols: number;
  readonly candidates: number[];
  readonly falseWeight: number;
  readonly smooth: number;
  readonly folds: number[];
  readonly rules: GoldenRule[];
  readonly final: GoldenRule;
  readonly scores: { name: string; fold: number; score: number; predictedFraction: number }[];
  readonly images: GoldenImage[];
} = JSON.parse(readFileSync(new URL("../../fixtures/training/selection.json", import.meta.url), "utf8"));

const FOLDS = 3;
const foldOf = groupFolds(
  golden.images.map(({ group }) => group),
  FOLDS,
);
const options = {
  threshold: { from: 0.05, to: 0.95, count: 19, smooth: golden.smooth, falseWeight: golden.falseWeight },
  postProcess: { minRegionUm2: 0, maxHoleUm2: 0 },
  minTissue: 0.5,
  calibrateAbove: 0.5,
};

test("the folds are those that the rule gives in Python", () => {
  expect([...foldOf]).toEqual(golden.folds);
});

test("C, calibration, threshold and scores of nested cross-validation are those of scikit-learn and SciPy", () => {
  const images = foldedImages();
  const { rules, images: scores } = nestedFigures(images, FOLDS, golden.candidates, options);
  rules.forEach((rule, fold) => {
    expectSameRule(rule, golden.rules[fold]);
  });
  expectSameRule(chooseOn(images, golden.candidates, options), golden.final);
  expect(scores.map(({ name, fold }) => ({ name, fold }))).toEqual(
    golden.scores.map(({ name, fold }) => ({ name, fold })),
  );
  scores.forEach(({ score, predictedFraction }, index) => {
    // Ratios of whole cells: the same cells give the same ratio.
    expect(score).toBeCloseTo(golden.scores[index]?.score ?? Number.NaN, 12);
    expect(predictedFraction).toBeCloseTo(golden.scores[index]?.predictedFraction ?? Number.NaN, 12);
  });
});

function expectSameRule(rule: ReturnType<typeof chooseOn>, expected: GoldenRule | undefined): void {
  expect(rule.c).toBe(expected?.c);
  expect(rule.threshold).toBe(expected?.threshold);
  // Decisions are kept as float32; the sigmoid follows them.
  const a = expected?.a ?? Number.NaN;
  expect(Math.abs(rule.calibration.a - a) / Math.abs(a)).toBeLessThan(1e-5);
  expect(rule.calibration.b).toBeCloseTo(expected?.b ?? Number.NaN, 4);
  rule.objectives.forEach(({ objective }, index) => {
    expect(objective).toBeCloseTo(expected?.objectives[index] ?? Number.NaN, 10);
  });
}

function foldedImages(): FoldedImage[] {
  const svm = {
    loss: "l2",
    classWeight: "balanced",
    c: golden.candidates,
    tolerance: 1e-9,
    maxPasses: 200_000,
  } as const;
  const windows = windowSet();
  const models = new Map<string, FittedModel[]>();
  for (const set of exclusions(FOLDS)) {
    const rows = rowsOf(windows, (image) => !set.includes(foldOf[image] ?? -1));
    models.set(exclusionKey(set), fitPath(windows, rows, svm, 1));
  }
  return golden.images.map((one, index) => {
    const fold = foldOf[index] ?? -1;
    const features = Float32Array.from(one.features);
    const unseen = [...models].filter(([key]) => key.split("+").includes(`${fold}`));
    const decisions = new Map(
      unseen.map(([key, path]) => [key, path.map((model) => Float32Array.from(decisionValues(model, features)))]),
    );
    return { image: heldOut(one), fold, decisions };
  });
}

/** The tissue cells of all images, one row each. */
function windowSet(): WindowSet {
  const rows = golden.images.flatMap(({ tissue, positive, features }, image) =>
    tissue.flatMap((isTissue, cell) =>
      isTissue === 1
        ? [{ image, label: positive[cell] ?? 0, own: features.slice(cell * golden.cols, (cell + 1) * golden.cols) }]
        : [],
    ),
  );
  return {
    features: Float32Array.from(rows.flatMap(({ own }) => own)),
    cols: golden.cols,
    labels: Uint8Array.from(rows, ({ label }) => label),
    images: Int32Array.from(rows, ({ image }) => image),
    drawn: rows.length,
  };
}

/** One row of cells of one pixel each: a patch is a cell. */
function heldOut({ name, tissue, positive }: GoldenImage): HeldOutImage {
  const { cells } = golden;
  const lattice: Lattice = {
    cols: cells,
    rows: 1,
    stride: 1,
    stride0X: 1,
    stride0Y: 1,
    downsampleX: 1,
    downsampleY: 1,
    width0: cells,
    height0: 1,
    cellStrides: 1,
    patchStrides: 1,
    windowCells: [1],
  };
  const data = new Uint8ClampedArray(cells * 4);
  for (let cell = 0; cell < cells; cell++) {
    const value = positive[cell] === 1 ? 5 : tissue[cell] === 1 ? 100 : 255;
    data.set([value, value, value, 255], cell * 4);
  }
  const truth = readTruth({ width: cells, height: 1, data }, [5, 5, 5], cells, 1);
  return {
    name,
    lattice,
    pixelSize: { mppX: 1, mppY: 1, origin: "assumed" },
    tissue: Uint8Array.from(tissue),
    patches: patchTruth(truth, lattice),
    cells: cellTruth(truth, lattice),
  };
}
