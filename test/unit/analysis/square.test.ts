import { describe, expect, it } from "vitest";
import { runAnalysis } from "../../../src/engine/analysis/run.ts";
import type { AnalysisResult } from "../../../src/engine/analysis/types.ts";
import type { ConfidenceGrid } from "../../../src/engine/heatmap/types.ts";
import { darknessPack } from "./darkness-pack.ts";
import { darknessOf, RecordingExecutor } from "./fake-executor.ts";
import { openSquareSlide } from "./open-square-slide.ts";
import type { SquareSlide } from "./square-slide.ts";

async function analyze(spec: SquareSlide): Promise<AnalysisResult> {
  const slide = await openSquareSlide(spec);
  return runAnalysis({
    slide,
    loaded: darknessPack({ sampling: { windows: [16] } }),
    openExecutor: async (lattice) => new RecordingExecutor(3, darknessOf(slide, lattice)),
  });
}

/** Level-0 centre of what the map shows above its usual level. */
function centroid(grid: ConfidenceGrid): { x0: number; y0: number } {
  const known = grid.values.filter((value) => !Number.isNaN(value)).toSorted();
  const usual = known[Math.floor(known.length / 2)]!;
  let weights = 0;
  let x = 0;
  let y = 0;
  for (let row = 0; row < grid.rows; row++) {
    for (let col = 0; col < grid.cols; col++) {
      const weight = grid.values[row * grid.cols + col]! - usual;
      if (!(weight > 0.05)) continue;
      weights += weight;
      x += weight * (col + 0.5) * grid.stride0X;
      y += weight * (row + 0.5) * grid.stride0Y;
    }
  }
  return { x0: x / weights, y0: y / weights };
}

const SHAPES: readonly Omit<SquareSlide, "square">[] = [
  { width0: 1600, height0: 1280, mppX: 1, mppY: 1, downsamples: [2, 4, 8], margin0: 60 },
  { width0: 1600, height0: 1280, mppX: 1, mppY: 1, downsamples: [4, 16], margin0: 60 },
  { width0: 1531, height0: 1283, mppX: 1, mppY: 1, downsamples: [3, 7.3], margin0: 60 },
  { width0: 1531, height0: 1283, mppX: 1.1, mppY: 0.9, downsamples: [2.7, 5.1], margin0: 60, tileWidth: 48 },
  { width0: 611, height0: 517, mppX: 2.3, mppY: 2.3, downsamples: [2.02], margin0: 24 },
  { width0: 299, height0: 257, mppX: 6.2, mppY: 6, downsamples: [], margin0: 10 },
];

describe.each(SHAPES)(
  "a dark square on a slide of $width0 x $height0 at $mppX x $mppY µm with levels $downsamples",
  (shape) => {
    const side0 = { width0: 160 / shape.mppX, height0: 150 / shape.mppY };
    const inset0 = { x0: 200 / shape.mppX + 3.7, y0: 190 / shape.mppY + 1.3 };
    const far0 = {
      x0: shape.width0 - inset0.x0 - side0.width0 + 2.1,
      y0: shape.height0 - inset0.y0 - side0.height0 + 0.6,
    };

    it.each([
      { name: "top left", x0: inset0.x0, y0: inset0.y0 },
      { name: "top right", x0: far0.x0, y0: inset0.y0 },
      { name: "bottom left", x0: inset0.x0, y0: far0.y0 },
      { name: "bottom right", x0: far0.x0, y0: far0.y0 },
    ])("has the map's centre within half a stride of its own in the $name corner", async ({ x0, y0 }) => {
      const { grid } = await analyze({ ...shape, square: { x0, y0, ...side0 } });
      const found = centroid(grid);
      expect(Math.abs(found.x0 - (x0 + side0.width0 / 2))).toBeLessThan(grid.stride0X / 2);
      expect(Math.abs(found.y0 - (y0 + side0.height0 / 2))).toBeLessThan(grid.stride0Y / 2);
    });
  },
);
