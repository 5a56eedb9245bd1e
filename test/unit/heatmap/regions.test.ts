import { describe, expect, it } from "vitest";
import { necrosisMask } from "../../../src/engine/heatmap/mask.ts";
import { findRegions, summarize } from "../../../src/engine/heatmap/regions.ts";
import type { ConfidenceGrid, Region } from "../../../src/engine/heatmap/types.ts";
import { gridOfPicture, noiseGrid } from "./synthetic-grid.ts";

const KEEP_ALL = { minRegionUm2: 0, maxHoleUm2: 0 };

function regionsOf(grid: ConfidenceGrid, threshold = 0.5) {
  const mask = necrosisMask(grid, threshold, KEEP_ALL, null);
  return { mask, regions: findRegions(grid, mask) };
}

function shoelace(ring: Region["outer"]): number {
  let twice = 0;
  for (let i = 1; i < ring.length; i++) twice += ring[i - 1]![0] * ring[i]![1] - ring[i]![0] * ring[i - 1]![1];
  return twice / 2;
}

function polygonArea(region: Region): number {
  return shoelace(region.outer) + region.holes.reduce((sum, hole) => sum + shoelace(hole), 0);
}

/** Even-odd rule, for points that lie on no edge. */
function isInside(region: Region, x: number, y: number): boolean {
  let inside = false;
  for (const ring of [region.outer, ...region.holes]) {
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = ring[i - 1]!;
      const [bx, by] = ring[i]!;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

describe("findRegions", () => {
  it("outlines one cell by its four corners, counter-clockwise and closed", () => {
    const { regions } = regionsOf(gridOfPicture(["...", ".#.", "..."]));
    expect(regions).toHaveLength(1);
    expect(regions[0]!.outer).toEqual([
      [16.25, 15.5],
      [32.5, 15.5],
      [32.5, 31],
      [16.25, 31],
      [16.25, 15.5],
    ]);
    expect(regions[0]!.holes).toEqual([]);
    expect(regions[0]!.area0).toBe(16.25 * 15.5);
  });

  it("ends the last cells at the slide's edge and merges collinear points", () => {
    const grid = gridOfPicture(["###", "###"]);
    const { regions } = regionsOf(grid);
    expect(regions[0]!.outer).toEqual([
      [0, 0],
      [grid.width0, 0],
      [grid.width0, grid.height0],
      [0, grid.height0],
      [0, 0],
    ]);
    expect(regions[0]!.area0).toBeCloseTo(grid.width0 * grid.height0, 9);
  });

  it("keeps holes, and islands in holes as regions of their own, largest first", () => {
    const { regions } = regionsOf(
      gridOfPicture(["#######", "#.....#", "#.###.#", "#.#.#.#", "#.###.#", "#.....#", "#######"]),
    );
    expect(regions.map((region) => region.holes.length)).toEqual([1, 1]);
    expect(regions[0]!.area0).toBeGreaterThan(regions[1]!.area0);
    for (const region of regions) {
      expect(shoelace(region.outer)).toBeGreaterThan(0);
      for (const hole of region.holes) expect(shoelace(hole)).toBeLessThan(0);
    }
  });

  it("says the mean and highest confidence, each cell weighed by its area on the slide", () => {
    const grid = gridOfPicture(["698"]);
    const { regions } = regionsOf(grid);
    const lastWidth0 = grid.width0 - 2 * 16.25;
    const expected = (0.6 * 16.25 + 0.9 * 16.25 + 0.8 * lastWidth0) / grid.width0;
    expect(regions[0]!.meanConfidence).toBeCloseTo(expected, 6);
    expect(regions[0]!.maxConfidence).toBeCloseTo(0.9, 6);
  });

  it("finds nothing in an empty mask", () => {
    expect(regionsOf(gridOfPicture(["...", "..."])).regions).toEqual([]);
  });

  it("agrees with the mask to the pixel and with its areas, whatever the noise", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const grid = noiseGrid(43, 37, seed, seed % 5);
      const { mask, regions } = regionsOf(grid, 0.45);
      const summary = summarize(grid, mask, regions, { threshold: 0.45, pixelSize: null });
      const total = regions.reduce((sum, region) => sum + region.area0, 0);
      expect(Math.abs(total - summary.necrosisArea0)).toBeLessThan(1e-9 * summary.tissueArea0);
      for (const region of regions) {
        expect(Math.abs(polygonArea(region) - region.area0)).toBeLessThan(1e-9 * grid.width0 * grid.height0);
        expect(region.outer.at(-1)).toEqual(region.outer[0]);
      }
      for (let row = 0; row < grid.rows; row++) {
        for (let col = 0; col < grid.cols; col++) {
          const x0 = (col * grid.stride0X + Math.min((col + 1) * grid.stride0X, grid.width0)) / 2;
          const y0 = (row * grid.stride0Y + Math.min((row + 1) * grid.stride0Y, grid.height0)) / 2;
          const holding = regions.filter((region) => isInside(region, x0, y0)).length;
          expect(holding).toBe(mask.data[row * grid.cols + col]);
        }
      }
    }
  });
});

describe("summarize", () => {
  it("gives the share of the tissue, and square millimetres when the pixel size is known", () => {
    const grid = gridOfPicture(["##..oo", "##..oo", "......", "......"]);
    const { mask, regions } = regionsOf(grid);
    const made = { threshold: 0.5, pixelSize: { mppX: 2, mppY: 0.5, origin: "assumed" } as const };
    const summary = summarize(grid, mask, regions, made);
    expect(summary.necrosisArea0).toBeCloseTo(4 * 16.25 * 15.5, 9);
    expect(summary.tissueArea0).toBeCloseTo(grid.width0 * grid.height0 - (grid.width0 - 4 * 16.25) * 31, 9);
    expect(summary.fraction).toBeCloseTo(summary.necrosisArea0 / summary.tissueArea0, 12);
    expect(summary.necrosisMm2).toBeCloseTo(summary.necrosisArea0 / 1e6, 12);
    expect(summary.regionCount).toBe(1);
    expect(summarize(grid, mask, regions, { threshold: 0.5, pixelSize: null }).necrosisMm2).toBeNull();
  });

  it("is zero, not NaN, without tissue", () => {
    const grid = gridOfPicture(["oo"]);
    const { mask, regions } = regionsOf(grid);
    expect(summarize(grid, mask, regions, { threshold: 0.5, pixelSize: null }).fraction).toBe(0);
  });
});
