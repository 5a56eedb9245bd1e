import { expect, test } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import type { Lattice } from "../../../src/engine/patches/types.ts";
import type { RgbaImage } from "../../../src/engine/slide/types.ts";
import { patchTruth, sampleWindows } from "../../../src/engine/training/sample-windows.ts";
import { readTruth } from "../../../src/engine/training/truth.ts";

/** 64 x 64 pixels: the left 20 columns are necrosis, up to column 48 other tissue, then glass. */
function halfMask(): RgbaImage {
  const data = new Uint8ClampedArray(64 * 64 * 4).fill(255);
  for (let at = 0; at < 64 * 64; at++) {
    const value = at % 64 < 20 ? 5 : at % 64 < 48 ? 100 : 255;
    data.fill(value, at * 4, at * 4 + 3);
  }
  return { width: 64, height: 64, data };
}

const lattice: Lattice = {
  cols: 16,
  rows: 16,
  stride: 4,
  stride0X: 4,
  stride0Y: 4,
  downsampleX: 1,
  downsampleY: 1,
  width0: 64,
  height0: 64,
  cellStrides: 1,
  patchStrides: 4,
  windowCells: [4],
};
const truth = patchTruth(readTruth(halfMask(), [5, 5, 5], 64, 64), lattice);
const options = { perImage: 50, minTissue: 0.5, positiveAbove: 0.5 };

test("a patch is positive when more than half of it is, not at half", () => {
  const { positions, labels } = sampleWindows(truth, { ...options, perImage: 1000 }, seededRandom(1));
  const labelAtCol = (col: number) => labels[positions.indexOf(col)];
  expect([0, 1, 2, 3, 4, 5].map(labelAtCol)).toEqual([1, 1, 1, 0, 0, 0]);
  expect(truth.positive[3]).toBeCloseTo(0.5, 12);
});

test("only patches with enough tissue are drawn, each at most once", () => {
  const { positions } = sampleWindows(truth, { ...options, perImage: 1000 }, seededRandom(1));
  expect(Math.max(...Array.from(positions, (at) => at % 13))).toBe(10);
  expect(new Set(positions).size).toBe(positions.length);
  expect(positions.length).toBe(11 * 13);
});

test("the seed alone decides which are drawn", () => {
  const draw = (seed: number) => [...sampleWindows(truth, options, seededRandom(seed)).positions];
  expect(draw(4)).toHaveLength(50);
  expect(draw(4)).toEqual(draw(4));
  expect(draw(4)).not.toEqual(draw(5));
});
