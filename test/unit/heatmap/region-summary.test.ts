import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { necrosisMask } from "../../../src/engine/heatmap/mask.ts";
import { fractionWithin } from "../../../src/engine/heatmap/region-range.ts";
import { summarizeWithin } from "../../../src/engine/heatmap/region-summary.ts";
import type { ConfidenceGrid } from "../../../src/engine/heatmap/types.ts";
import { cellsWithin } from "../../../src/engine/patches/region.ts";

const PIXEL_SIZE = { mppX: 1, mppY: 1, origin: "file" } as const;
/** Cells of 100 um: holes and specks up to 3 cells. */
const POST_PROCESS = { minRegionUm2: 30_000, maxHoleUm2: 30_000 };

/** Confidence in blots of some cells, so that there are specks and holes; the last column and row are narrower. */
function blots(cols: number, rows: number): ConfidenceGrid {
  const random = seededRandom(11);
  const coarse = Array.from({ length: 1000 }, () => random());
  const values = Float32Array.from({ length: cols * rows }, (_, i) => {
    const col = i % cols;
    const row = Math.floor(i / cols);
    return 0.75 * (coarse[Math.floor(col / 3) + 40 * Math.floor(row / 3)] ?? 0) + 0.25 * random();
  });
  const tissue = Uint8Array.from({ length: cols * rows }, (_, i) => (i % 17 === 0 ? 0 : 1));
  for (let i = 0; i < values.length; i++) if (tissue[i] === 0) values[i] = Number.NaN;
  const size = { width0: cols * 100 - 60, height0: rows * 100 - 30 };
  return { cols, rows, stride0X: 100, stride0Y: 100, ...size, values, tissue };
}

describe("the numbers of a region", () => {
  const grid = blots(60, 45);
  const box = { x0: 1200, y0: 900, width0: 2000, height0: 1500 };

  it("count each of its cells as far as it lies on the slide", () => {
    const mask = { cols: grid.cols, rows: grid.rows, data: new Uint8Array(grid.tissue) };
    const corner = cellsWithin({ x0: 5860, y0: 4360, width0: 200, height0: 200 }, grid);
    const found = summarizeWithin(grid, mask, corner);
    // One cell is left in the corner: 40 x 70 pixels.
    expect(found).toEqual({ tissueArea0: 2800, necrosisArea0: 2800, fraction: 1 });
  });

  it("at another threshold agree with the map of the whole slide at that threshold", () => {
    const range = cellsWithin(box, grid);
    for (const threshold of [0.3, 0.5, 0.6]) {
      const whole = summarizeWithin(grid, necrosisMask(grid, threshold, POST_PROCESS, PIXEL_SIZE), range);
      const found = fractionWithin(grid, range, { threshold, postProcess: POST_PROCESS, pixelSize: PIXEL_SIZE });
      // A focus or a hole that is long and thin may be cut: one cell of 300.
      expect(Math.abs(found - whole.fraction)).toBeLessThan(1 / 300);
      expect(whole.fraction).toBeGreaterThan(0.05);
      expect(whole.fraction).toBeLessThan(0.95);
    }
  });
});
