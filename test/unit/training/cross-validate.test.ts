import { expect, test } from "vitest";
import type { Lattice } from "../../../src/engine/patches/types.ts";
import {
  chooseOn,
  exclusionKey,
  exclusions,
  type FoldedImage,
  nestedFigures,
} from "../../../src/engine/training/cross-validate.ts";
import { patchTruth } from "../../../src/engine/training/sample-windows.ts";
import { cellTruth } from "../../../src/engine/training/score.ts";
import { readTruth } from "../../../src/engine/training/truth.ts";

const SIDE = 12;
const FOLDS = 3;
const lattice: Lattice = {
  cols: SIDE,
  rows: SIDE,
  stride: 1,
  stride0X: 1,
  stride0Y: 1,
  downsampleX: 1,
  downsampleY: 1,
  width0: SIDE,
  height0: SIDE,
  cellStrides: 1,
  patchStrides: 1,
  windowCells: [1],
};

const options = {
  threshold: { from: 0.05, to: 0.95, count: 19, smooth: 1, falseWeight: 1 },
  postProcess: { minRegionUm2: 0, maxHoleUm2: 0 },
  minTissue: 0.5,
  calibrateAbove: 0.5,
};

/** Necrosis on the left half (none at all on every third image); `decide` says what a model left without `key` decides there. */
function image(index: number, decide: (key: string, isPositive: boolean, c: number) => number): FoldedImage {
  const fold = index % FOLDS;
  const isBare = index % 4 === 3;
  const data = new Uint8ClampedArray(SIDE * SIDE * 4).fill(100);
  const isPositive = (at: number) => !isBare && at % SIDE < SIDE / 2;
  for (let at = 0; at < SIDE * SIDE; at++) if (isPositive(at)) data.fill(5, at * 4, at * 4 + 3);
  const truth = readTruth({ width: SIDE, height: SIDE, data }, [5, 5, 5], SIDE, SIDE);
  const keys = exclusions(FOLDS)
    .filter((set) => set.includes(fold))
    .map(exclusionKey);
  const plane = (key: string, c: number) =>
    Float32Array.from({ length: SIDE * SIDE }, (_, at) => decide(key, isPositive(at), c));
  return {
    fold,
    decisions: new Map(keys.map((key) => [key, [plane(key, 0), plane(key, 1)]])),
    image: {
      name: `image-${index}`,
      lattice,
      pixelSize: { mppX: 1, mppY: 1, origin: "assumed" },
      tissue: new Uint8Array(SIDE * SIDE).fill(1),
      patches: patchTruth(truth, lattice),
      cells: cellTruth(truth, lattice),
    },
  };
}

const images = (decide: Parameters<typeof image>[1]) => Array.from({ length: 9 }, (_, index) => image(index, decide));

test("every fold alone and every pair is left out once", () => {
  expect(exclusions(3)).toEqual([[0], [1], [2], [0, 1], [0, 2], [1, 2]]);
  expect(exclusions(4, 3).slice(-4)).toEqual([
    [0, 1, 2],
    [0, 1, 3],
    [0, 2, 3],
    [1, 2, 3],
  ]);
  expect(exclusionKey([2, 0])).toBe(exclusionKey([0, 2, 2]));
});

test("models that are right give S = 1 and no false share; the better C is chosen", () => {
  const perfect = images((_, isPositive, c) => (isPositive ? 1 : -1) * (c === 1 ? 1 : 0.001 * Math.sin(c)));
  const { images: scores, rules } = nestedFigures(perfect, FOLDS, [0.1, 1], options);
  expect(rules.map(({ c }) => c)).toEqual([1, 1, 1]);
  for (const one of scores) expect(one.score).toBe(1);
  expect(scores.map(({ name }) => name)).toEqual(perfect.map((one) => one.image.name).sort());
});

test("the choices for a fold never see decisions of models that were trained with it", () => {
  const cheating = images((key, isPositive) => {
    // Left without one fold alone, a model has seen the other folds: here such models decide the wrong way round.
    const isNested = key.includes("+");
    return (isPositive ? 1 : -1) * (isNested ? 1 : -1);
  });
  const { rules, images: scores } = nestedFigures(cheating, FOLDS, [1, 2], options);
  for (const rule of rules) expect(rule.calibration.a).toBeLessThan(0);
  expect(Math.max(...scores.filter(({ truthFraction }) => truthFraction > 0).map(({ score }) => score))).toBe(0);
});

test("the final choice rests on models left without the judged image's fold", () => {
  const rule = chooseOn(
    images((key, isPositive) => (isPositive ? 1 : -1) * (key.includes("+") ? -1 : 1)),
    [1, 2],
    options,
  );
  expect(rule.calibration.a).toBeLessThan(0);
  expect(rule.objectives[0]?.objective).toBeCloseTo(1, 6);
});
