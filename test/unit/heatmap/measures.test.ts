import { describe, expect, it } from "vitest";
import { necrosisMask } from "../../../src/engine/heatmap/mask.ts";
import { MapMeter, measureMap } from "../../../src/engine/heatmap/measure-map.ts";
import { unpackRegions } from "../../../src/engine/heatmap/outlines.ts";
import { findRegions } from "../../../src/engine/heatmap/regions.ts";
import type { CellMask, ConfidenceGrid } from "../../../src/engine/heatmap/types.ts";
import type { PixelSize } from "../../../src/engine/slide/types.ts";
import { gridOfPicture, noiseGrid } from "./synthetic-grid.ts";

const OBLONG: PixelSize = { mppX: 0.5, mppY: 0.8, origin: "assumed" };
const KEEP_ALL = { minRegionUm2: 0, maxHoleUm2: 0 };

interface SlowFocus {
  readonly cells: readonly number[];
  readonly area0: number;
  readonly mean: number;
  readonly peak: number;
  readonly rimUm: number;
}

/** Edges of a cell in level-0 pixels: left, top, right, bottom. */
function edgesOf(grid: ConfidenceGrid, cell: number): readonly [number, number, number, number] {
  const col = cell % grid.cols;
  const row = Math.floor(cell / grid.cols);
  return [
    col * grid.stride0X,
    row * grid.stride0Y,
    Math.min((col + 1) * grid.stride0X, grid.width0),
    Math.min((row + 1) * grid.stride0Y, grid.height0),
  ];
}

function areaOf(grid: ConfidenceGrid, cell: number): number {
  const [left, top, right, bottom] = edgesOf(grid, cell);
  return (right - left) * (bottom - top);
}

function gapUm(grid: ConfidenceGrid, a: number, b: number): number {
  const [left, top, right, bottom] = edgesOf(grid, a);
  const [otherLeft, otherTop, otherRight, otherBottom] = edgesOf(grid, b);
  const dx = Math.max(0, otherLeft - right, left - otherRight) * OBLONG.mppX;
  const dy = Math.max(0, otherTop - bottom, top - otherBottom) * OBLONG.mppY;
  return Math.hypot(dx, dy);
}

/** By plain flooding, and each cell against each other one. */
function slowFoci(grid: ConfidenceGrid, mask: CellMask): readonly SlowFocus[] {
  const seen = new Set<number>();
  const glass = [...grid.tissue.keys()].filter((cell) => grid.tissue[cell] === 0);
  const foci: SlowFocus[] = [];
  for (let start = 0; start < mask.data.length; start++) {
    if (mask.data[start] !== 1 || seen.has(start)) continue;
    const cells = [start];
    seen.add(start);
    for (const cell of cells) {
      const col = cell % grid.cols;
      for (const next of [
        ...(col > 0 ? [cell - 1] : []),
        ...(col + 1 < grid.cols ? [cell + 1] : []),
        cell - grid.cols,
        cell + grid.cols,
      ]) {
        if (mask.data[next] !== 1 || seen.has(next)) continue;
        seen.add(next);
        cells.push(next);
      }
    }
    const area0 = cells.reduce((sum, cell) => sum + areaOf(grid, cell), 0);
    const mean = cells.reduce((sum, cell) => sum + areaOf(grid, cell) * grid.values[cell]!, 0) / area0;
    const sorted = cells.toSorted((a, b) => grid.values[b]! - grid.values[a]! || a - b);
    const rimUm = Math.min(...cells.flatMap((cell) => glass.map((other) => gapUm(grid, cell, other))));
    foci.push({ cells, area0, mean, peak: sorted[0]!, rimUm });
  }
  return foci.sort((a, b) => b.area0 - a.area0);
}

describe("measureMap", () => {
  it("agrees with slow counting, flooding and trying every distance, whatever the noise", () => {
    for (const [seed, passes] of [
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 4],
    ] as const) {
      const grid = noiseGrid(33, 21, seed, passes);
      const postProcess = { minRegionUm2: 250, maxHoleUm2: 400 };
      const { foci, measures, mask } = measureMap({ grid, postProcess, pixelSize: OBLONG }, 0.5);
      expect(mask).toEqual(necrosisMask(grid, 0.5, postProcess, OBLONG));
      const slow = slowFoci(grid, mask);
      expect(foci.count).toBe(slow.length);
      slow.forEach((focus, i) => {
        expect(foci.area0[i]).toBeCloseTo(focus.area0, 6);
        expect(foci.meanConfidence[i]).toBeCloseTo(focus.mean, 6);
        expect(foci.rimUm?.[i]).toBeCloseTo(focus.rimUm, 3);
      });
      expect(new Set(foci.peakCell)).toEqual(new Set(slow.map(({ peak }) => peak)));
      const mm2 = (area0: number) => (area0 * 0.4) / 1e6;
      const areas = slow.map(({ area0 }) => mm2(area0)).sort((a, b) => a - b);
      const total = areas.reduce((a, b) => a + b, 0);
      const tissue = [...grid.tissue.keys()].filter((cell) => grid.tissue[cell] === 1);
      const tissueMm2 = mm2(tissue.reduce((sum, cell) => sum + areaOf(grid, cell), 0));
      expect(measures.necrosisMm2).toBeCloseTo(total, 9);
      expect(measures.tissueMm2).toBeCloseTo(tissueMm2, 9);
      expect(measures.necrosisFraction).toBeCloseTo(total / tissueMm2, 9);
      expect(measures.largestFocusMm2).toBeCloseTo(areas.at(-1)!, 9);
      const middle = (areas[(areas.length - 1) >> 1]! + areas[areas.length >> 1]!) / 2;
      expect(measures.medianFocusMm2).toBeCloseTo(middle, 9);
      expect(measures.fociBySize.reduce((sum, { count }) => sum + count, 0)).toBe(slow.length);
      expect(measures.narrowestRimUm).toBeCloseTo(Math.min(...slow.map(({ rimUm }) => rimUm)), 3);
      expect(measures.fociAtEdge).toBe(slow.filter(({ rimUm }) => rimUm === 0).length);
      for (const [i, other] of [0.6, 0.4].entries()) {
        const there = slowFoci(grid, necrosisMask(grid, other, postProcess, OBLONG));
        expect(measures.focusCountRange?.[i]).toBe(there.length);
        const area = there.reduce((sum, { area0 }) => sum + mm2(area0), 0);
        expect(measures.necrosisMm2Range?.[i]).toBeCloseTo(area, 9);
      }
    }
  });

  it("measures the rim in micrometres where pixels are not square, from outline to glass", () => {
    // One cell of necrosis with two cells of tissue to its right and one below.
    const grid = gridOfPicture(["....", "#..o", "....", "o..."]);
    const { measures } = measureMap({ grid, postProcess: KEEP_ALL, pixelSize: OBLONG }, 0.5);
    expect(measures.narrowestRimUm).toBeCloseTo(15.5 * 0.8, 4);
    const only = gridOfPicture(["....", "#..o", "....", "...."]);
    const alone = measureMap({ grid: only, postProcess: KEEP_ALL, pixelSize: OBLONG }, 0.5);
    expect(alone.measures.narrowestRimUm).toBeCloseTo(2 * 16.25 * 0.5, 4);
    expect(alone.measures.fociAtEdge).toBe(0);
  });

  it("knows no rim without glass in sight, and no mm² without a pixel size", () => {
    const grid = gridOfPicture(["...", ".#.", "..."]);
    const scaled = measureMap({ grid, postProcess: KEEP_ALL, pixelSize: OBLONG }, 0.5).measures;
    expect(scaled).toMatchObject({ narrowestRimUm: null, fociAtEdge: null, focusCount: 1, pixelSizeOrigin: "assumed" });
    const bare = measureMap({ grid, postProcess: KEEP_ALL, pixelSize: null }, 0.5).measures;
    expect(bare).toMatchObject({ necrosisMm2: null, largestFocusMm2: null, fociBySize: [], pixelSizeOrigin: null });
    expect(bare.necrosisFraction).toBeGreaterThan(0);
  });

  it("has no size where there is no focus", () => {
    const { measures } = measureMap(
      { grid: gridOfPicture(["...", "..o"]), postProcess: KEEP_ALL, pixelSize: OBLONG },
      0.5,
    );
    expect(measures).toMatchObject({
      focusCount: 0,
      largestFocusMm2: null,
      medianFocusMm2: null,
      narrowestRimUm: null,
    });
  });

  it("leaves ranges, rims and doubtful fields out while the map grows", () => {
    const grid = noiseGrid(20, 20, 5, 2);
    const meter = new MapMeter({ grid, postProcess: KEEP_ALL, pixelSize: OBLONG, isGrowing: true });
    const { measures, rest } = meter.finish(0.5);
    expect(measures).toMatchObject({ necrosisFractionRange: null, focusCountRange: null, narrowestRimUm: null });
    expect(rest?.fields.count).toBe(0);
    expect(rest?.outlines.focusEnds).toHaveLength(measures.focusCount);
  });
});

describe("doubtful fields", () => {
  it("are regions that count at a threshold 0.1 lower and hold no cell of a focus", () => {
    const grid = gridOfPicture(["94.4.", "....."]);
    const { rest, foci } = measureMap({ grid, postProcess: KEEP_ALL, pixelSize: null }, 0.5);
    expect(Array.from(foci.peakCell)).toEqual([0]);
    expect(Array.from(rest?.fields.peakCell ?? [])).toEqual([3]);
  });
});

describe("outlines", () => {
  it("cross in three arrays and come out as they went in", () => {
    const grid = noiseGrid(40, 30, 6, 1);
    const { mask, foci, rest } = measureMap({ grid, postProcess: KEEP_ALL, pixelSize: OBLONG }, 0.5);
    const regions = findRegions(grid, mask);
    const unpacked = unpackRegions(rest!.outlines, foci);
    expect(unpacked.map(({ outer, holes }) => ({ outer, holes }))).toEqual(
      regions.map(({ outer, holes }) => ({ outer, holes })),
    );
    unpacked.forEach(({ area0, meanConfidence, maxConfidence }, i) => {
      expect(area0).toBe(regions[i]!.area0);
      expect(meanConfidence).toBeCloseTo(regions[i]!.meanConfidence, 9);
      expect(maxConfidence).toBe(regions[i]!.maxConfidence);
    });
  });
});
