import { describe, expect, it } from "vitest";
import {
  axisPositions,
  isSmallerThanPatch,
  layPatches,
  patchBox,
  patchCorner,
  patchCount,
} from "../../../src/engine/classification/patch-grid.ts";
import { planPatchTasks } from "../../../src/engine/classification/patch-task.ts";

const sampling = { mpp: 0.5, patch: 336, stride: 252 };
const pixelSize = { mppX: 0.5, mppY: 0.5 };

describe("the patches of a slide", () => {
  it("overlap by 84 of 336 pixels", () => {
    expect(axisPositions(336 + 252 * 2, 336, 252)).toEqual([0, 252, 504]);
  });

  it("end with the image where a strip would be left over, so that all is seen and nothing outside", () => {
    expect(axisPositions(1024, 336, 252)).toEqual([0, 252, 504, 688]);
    expect(axisPositions(337, 336, 252)).toEqual([0, 1]);
    for (const length of [337, 500, 588, 589, 1000, 1344]) {
      const positions = axisPositions(length, 336, 252);
      expect(positions.at(-1)! + 336).toBe(length);
      positions.slice(1).forEach((at, k) => {
        expect(at - positions[k]!).toBeLessThanOrEqual(252);
      });
    }
  });

  it("are one, filled up with white, where the image is smaller", () => {
    const grid = layPatches({ width0: 100, height0: 1000, pixelSize, sampling });
    expect(grid).toMatchObject({ lefts: [0], tops: [0, 252, 504, 664] });
    expect(isSmallerThanPatch(grid)).toBe(true);
    expect(patchBox(grid, 0)).toEqual({ x0: 0, y0: 0, width0: 100, height0: 336 });
  });

  it("stand in level-0 pixels by the ratio of the pixel sizes, each axis on its own", () => {
    const grid = layPatches({ width0: 2000, height0: 4000, pixelSize: { mppX: 0.25, mppY: 0.125 }, sampling });
    expect(grid).toMatchObject({ lefts: [0, 252, 504, 664], tops: [0, 252, 504, 664], downsampleX: 2, downsampleY: 4 });
    expect(patchCorner(grid, 6)).toEqual({ x: 504, y: 252 });
    expect(patchBox(grid, 6)).toEqual({ x0: 1008, y0: 1008, width0: 672, height0: 1344 });
    expect(isSmallerThanPatch(grid)).toBe(false);
  });

  it("are too many where the pixel size cannot be right", () => {
    const size = { mppX: 50, mppY: 50 };
    expect(() => layPatches({ width0: 100_000, height0: 100_000, pixelSize: size, sampling })).toThrow(
      "check the pixel size",
    );
  });

  it.each([1, 5, 16, 17, 100, 1000])("are cut into tasks that hold each once: %i", (total) => {
    const grid = { lefts: [0], tops: Array.from({ length: total }, (_, k) => k) };
    const tasks = planPatchTasks(grid);
    const seen = tasks.flatMap(({ first, count }) => Array.from({ length: count }, (_, k) => first + k));
    expect(seen).toEqual(Array.from({ length: patchCount(grid) }, (_, k) => k));
    expect(Math.max(...tasks.map(({ count }) => count))).toBeLessThanOrEqual(16);
  });
});
