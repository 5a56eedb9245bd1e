import { expect, test } from "vitest";
import type { Lattice } from "../../../src/engine/patches/types.ts";
import { drawHard, hardCells } from "../../../src/engine/training/hard-regions.ts";
import type { Judged } from "../../../src/engine/training/held-out.ts";
import { patchTruth } from "../../../src/engine/training/sample-windows.ts";
import { cellTruth } from "../../../src/engine/training/score.ts";
import { readTruth } from "../../../src/engine/training/truth.ts";
import { picture } from "../tissue/picture-slide.ts";

const SIDE = 10;
const lattice: Lattice = {
  cols: SIDE,
  rows: SIDE,
  stride: 1,
  stride0X: 2,
  stride0Y: 2,
  downsampleX: 2,
  downsampleY: 2,
  width0: SIDE * 2,
  height0: SIDE * 2,
  cellStrides: 1,
  patchStrides: 1,
  windowCells: [1],
};
const RULE = { calibration: { a: -1, b: 0 }, threshold: 0.5 };
const NOTHING_DROPPED = { minRegionUm2: 0, maxHoleUm2: 0 };

/** Truth: the left four columns. Found: what `isFound` says of a column and row. Cells of 2 x 2 um. */
function judged(isFound: (col: number, row: number) => boolean): Judged {
  const mask = picture(SIDE * 2, SIDE * 2, (x) => (x < 8 ? [5, 5, 5] : [100, 100, 100]));
  const truth = readTruth(mask, [5, 5, 5], SIDE * 2, SIDE * 2);
  return {
    decisions: Float32Array.from({ length: SIDE * SIDE }, (_, at) =>
      isFound(at % SIDE, Math.floor(at / SIDE)) ? 1 : -1,
    ),
    image: {
      name: "one",
      lattice,
      pixelSize: { mppX: 1, mppY: 1, origin: "assumed" },
      tissue: new Uint8Array(SIDE * SIDE).fill(1),
      patches: patchTruth(truth, lattice),
      cells: cellTruth(truth, lattice),
    },
  };
}

/** Misses the upper two rows of the truth, finds a block of 2 x 2 and a single cell beside it. */
const wrong = judged(
  (col, row) => (col < 4 && row > 1) || (col > 5 && col < 8 && row > 5 && row < 8) || (col === 9 && row === 0),
);

test("missed cells lack a 1, falsely found ones a 0; what is right lacks nothing", () => {
  const hard = hardCells(wrong, RULE, NOTHING_DROPPED, { minRegionUm2: 0 });
  const at = (col: number, row: number) => hard[row * SIDE + col];
  expect([at(0, 0), at(3, 1), at(6, 6), at(9, 0)]).toEqual([1, 1, 0, 0]);
  expect([at(0, 5), at(5, 5), at(9, 9)]).toEqual([-1, -1, -1]);
  expect(hard.filter((label) => label === 1)).toHaveLength(8);
  expect(hard.filter((label) => label === 0)).toHaveLength(5);
});

test("regions smaller than the least area do not count", () => {
  const hard = hardCells(wrong, RULE, NOTHING_DROPPED, { minRegionUm2: 16 });
  expect(hard.filter((label) => label === 0)).toHaveLength(4);
  expect(hardCells(wrong, RULE, NOTHING_DROPPED, { minRegionUm2: 33 }).every((label) => label === -1)).toBe(true);
});

test("candidates in hard cells are taken in their order, when their label is the one that was lacking", () => {
  const hard = hardCells(wrong, RULE, NOTHING_DROPPED, { minRegionUm2: 0 });
  const centres = [
    [1, 1],
    [13, 13],
    [13, 15],
    [3, 3],
    [1, 11],
    [19, 1],
  ] as const;
  const block = {
    image: 0,
    firstRow: 10,
    x0: Float64Array.from(centres, ([x]) => x),
    y0: Float64Array.from(centres, ([, y]) => y),
  };
  const labels = new Uint8Array(16);
  labels.set([1, 0, 1, 1, 1, 0], 10);
  const draw = (perImage: number, taken: readonly number[] = []) =>
    drawHard([block], labels, hard, lattice, { perImage, taken: new Set(taken) });
  expect(draw(9)).toEqual([10, 11, 13, 15]);
  expect(draw(2)).toEqual([10, 11]);
  expect(draw(2, [10])).toEqual([11, 13]);
  expect(
    drawHard([block, { ...block, firstRow: 10 }], labels, hard, lattice, { perImage: 1, taken: new Set() }),
  ).toEqual([10, 10]);
});
