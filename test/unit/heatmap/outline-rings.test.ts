import { describe, expect, it } from "vitest";
import { cellEdges } from "../../../src/engine/heatmap/cell-edges.ts";
import { levelMask } from "../../../src/engine/heatmap/level-mask.ts";
import { necrosisMask } from "../../../src/engine/heatmap/mask.ts";
import { cellRings, type OutlineRing, smoothOutlines, smoothRings } from "../../../src/engine/heatmap/outline-rings.ts";
import { packOutlines } from "../../../src/engine/heatmap/outlines.ts";
import { findRegions, maskedArea0 } from "../../../src/engine/heatmap/regions.ts";
import { gridOfPicture, noiseGrid } from "./synthetic-grid.ts";

const POST_PROCESS = { minRegionUm2: 4000, maxHoleUm2: 4000 };
const PIXEL_SIZE = { mppX: 1, mppY: 1, origin: "file" } as const;

/** Area by the shoelace formula, holes taken off because they run the other way. */
function areaOf(rings: readonly OutlineRing[]): number {
  let twice = 0;
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      const next = (i + 2) % ring.length;
      twice += ring[i]! * ring[next + 1]! - ring[next]! * ring[i + 1]!;
    }
  }
  return Math.abs(twice / 2);
}

/** By the even-odd rule. */
function isWithin(rings: readonly OutlineRing[], x: number, y: number): boolean {
  let isInside = false;
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      const next = (i + 2) % ring.length;
      const [ax, ay, bx, by] = [ring[i]!, ring[i + 1]!, ring[next]!, ring[next + 1]!];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) isInside = !isInside;
    }
  }
  return isInside;
}

describe("the smooth outline", () => {
  it.each([1, 2, 3])(
    "holds the centre of every counted cell and of no other, whatever was dropped and filled (%i)",
    (seed) => {
      const grid = noiseGrid(40, 30, seed, 2);
      const mask = necrosisMask(grid, 0.55, POST_PROCESS, PIXEL_SIZE);
      const bare = levelMask(grid, 0.55);
      expect(mask.data).not.toEqual(bare.data);
      const rings = smoothRings(grid, mask, 0.55);
      const { x0, y0 } = cellEdges(grid);
      for (let row = 0; row < grid.rows; row++) {
        for (let col = 0; col < grid.cols; col++) {
          const isCounted = mask.data[row * grid.cols + col] === 1;
          expect(isWithin(rings, (x0[col]! + x0[col + 1]!) / 2, (y0[row]! + y0[row + 1]!) / 2)).toBe(isCounted);
        }
      }
    },
  );

  it("is the same made from outlines that were traced already", () => {
    const grid = noiseGrid(40, 30, 5, 2);
    const mask = necrosisMask(grid, 0.5, POST_PROCESS, PIXEL_SIZE);
    const order = (rings: readonly OutlineRing[]) => rings.map((ring) => ring.join()).sort();
    const traced = packOutlines(findRegions(grid, mask));
    expect(order(smoothOutlines(grid, traced, 0.5))).toEqual(order(smoothRings(grid, mask, 0.5)));
  });

  it("passes between two centres where the confidence between them reaches the threshold", () => {
    const grid = { ...gridOfPicture(["0000", "0820", "0000"]), stride0X: 10, stride0Y: 10, width0: 40, height0: 30 };
    const [ring] = smoothRings(grid, levelMask(grid, 0.5), 0.5);
    // 0.8 at x = 15, 0.2 at x = 25: half way; 0 elsewhere: 0.3 / 0.8 of the way.
    expect([...ring!].map((value) => Math.round(value * 100) / 100).sort((a, b) => a - b)).toEqual(
      [15, 11.25, 15, 18.75, 11.25, 15, 20, 15].sort((a, b) => a - b),
    );
  });

  it("follows the cells' edges at glass and at the slide's edge", () => {
    const grid = { ...gridOfPicture(["99o"]), stride0X: 10, stride0Y: 10, width0: 28, height0: 9 };
    const [ring] = smoothRings(grid, levelMask(grid, 0.5), 0.5);
    const xs = [...ring!].filter((_, i) => i % 2 === 0);
    const ys = [...ring!].filter((_, i) => i % 2 === 1);
    expect([Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]).toEqual([0, 20, 0, 9]);
  });

  it("encloses nearly the counted area, which the cells' own outline encloses exactly", () => {
    const grid = noiseGrid(120, 90, 7, 4);
    const mask = necrosisMask(grid, 0.5, POST_PROCESS, PIXEL_SIZE);
    const counted = maskedArea0(mask.data, cellEdges(grid));
    expect(areaOf(cellRings(grid, mask))).toBeCloseTo(counted, 3);
    // Blobs some ten cells wide; corners that are cut and corners that are filled nearly cancel.
    expect(Math.abs(areaOf(smoothRings(grid, mask, 0.5)) / counted - 1)).toBeLessThan(0.03);
  });
});
