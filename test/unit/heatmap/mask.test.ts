import { describe, expect, it } from "vitest";
import { necrosisMask, withoutDiagonals } from "../../../src/engine/heatmap/mask.ts";
import type { CellMask, ConfidenceGrid } from "../../../src/engine/heatmap/types.ts";
import type { PixelSize } from "../../../src/engine/slide/types.ts";
import { gridOfPicture, noiseGrid, pictureOf } from "./synthetic-grid.ts";

const MICRON: PixelSize = { mppX: 1, mppY: 1, origin: "file" };
const CELL_UM2 = 16.25 * 15.5;
const KEEP_ALL = { minRegionUm2: 0, maxHoleUm2: 0 };

function maskOf(picture: readonly string[], minCells = 0, holeCells = 0): string[] {
  const postProcess = { minRegionUm2: minCells * CELL_UM2 - 1e-6, maxHoleUm2: holeCells * CELL_UM2 + 1e-6 };
  return pictureOf(necrosisMask(gridOfPicture(picture), 0.5, postProcess, MICRON));
}

function diagonalBlocks(mask: CellMask): number {
  let found = 0;
  for (let row = 0; row + 1 < mask.rows; row++) {
    for (let col = 0; col + 1 < mask.cols; col++) {
      const at = row * mask.cols + col;
      const [a, b, c, d] = [mask.data[at], mask.data[at + 1], mask.data[at + mask.cols], mask.data[at + mask.cols + 1]];
      if (a === d && b === c && a !== b) found++;
    }
  }
  return found;
}

/** Sizes in cells of the 4-connected components of one value, by plain flooding, and whether each is closed and of tissue. */
function floodedComponents(mask: CellMask, grid: ConfidenceGrid, value: number) {
  const seen = new Set<number>();
  const components: { area0: number; isClosed: boolean; isTissue: boolean }[] = [];
  for (let start = 0; start < mask.data.length; start++) {
    if (mask.data[start] !== value || seen.has(start)) continue;
    const queue = [start];
    seen.add(start);
    const component = { area0: 0, isClosed: true, isTissue: true };
    for (const at of queue) {
      const col = at % mask.cols;
      const row = (at - col) / mask.cols;
      const width0 = Math.min((col + 1) * grid.stride0X, grid.width0) - col * grid.stride0X;
      const height0 = Math.min((row + 1) * grid.stride0Y, grid.height0) - row * grid.stride0Y;
      component.area0 += width0 * height0;
      if (grid.tissue[at] === 0) component.isTissue = false;
      const neighbours: [boolean, number][] = [
        [col > 0, at - 1],
        [col + 1 < mask.cols, at + 1],
        [row > 0, at - mask.cols],
        [row + 1 < mask.rows, at + mask.cols],
      ];
      for (const [exists, next] of neighbours) {
        if (!exists) component.isClosed = false;
        else if (mask.data[next] === value && !seen.has(next)) {
          seen.add(next);
          queue.push(next);
        }
      }
    }
    components.push(component);
  }
  return components;
}

describe("necrosisMask", () => {
  it("takes tissue at or above the threshold, and no glass", () => {
    expect(maskOf(["0456", "o899"])).toEqual(["..##", ".###"]);
  });

  it("takes no cell that has not been computed", () => {
    const grid = gridOfPicture(["999"]);
    grid.values[1] = Number.NaN;
    expect(pictureOf(necrosisMask(grid, 0, KEEP_ALL, MICRON))).toEqual(["#.#"]);
  });

  it("drops regions smaller than the smallest and keeps those as large", () => {
    expect(maskOf(["#....", "..##.", "..##.", "....."], 4)).toEqual([".....", "..##.", "..##.", "....."]);
  });

  it("counts a cell at the slide's edge only as far as it lies on the slide", () => {
    expect(maskOf(["...", "..#", "..."], 1)).toEqual(["...", "...", "..."]);
    expect(maskOf(["...", ".#.", "..."], 1)).toEqual(["...", ".#.", "..."]);
  });

  it("fills small holes, leaves large ones and bays open", () => {
    const picture = ["#########", "#.###..##", "####....#", "##.######", "##.######"];
    expect(maskOf(picture, 0, 2)).toEqual(["#########", "#####..##", "####....#", "##.######", "##.######"]);
    expect(maskOf(picture, 0, 6)).toEqual(["#########", "#########", "#########", "##.######", "##.######"]);
  });

  it("never fills glass", () => {
    expect(maskOf(["####", "#o.#", "####"], 0, 9)).toEqual(["####", "#..#", "####"]);
  });

  it("fills a hole that held an island too small to keep", () => {
    expect(maskOf(["#####", "#...#", "#.#.#", "#...#", "#####"], 2, 9)).toEqual(Array(5).fill("#####"));
  });

  it("neither drops nor fills without a pixel size", () => {
    const grid = gridOfPicture(["###.", "#.#.", "###.", "...#"]);
    const mask = necrosisMask(grid, 0.5, { minRegionUm2: 1e9, maxHoleUm2: 1e9 }, null);
    expect(pictureOf(mask)).toEqual(["###.", "#.#.", "###.", "...."]);
  });

  it("holds no corner contact, no small region and no small hole, whatever the noise", () => {
    for (let seed = 1; seed <= 12; seed++) {
      const grid = noiseGrid(61, 47, seed, seed % 4);
      const minArea0 = 6 * CELL_UM2;
      const mask = necrosisMask(grid, 0.5, { minRegionUm2: minArea0, maxHoleUm2: minArea0 }, MICRON);
      expect(diagonalBlocks(mask)).toBe(0);
      for (const region of floodedComponents(mask, grid, 1))
        expect(region.area0).toBeGreaterThanOrEqual(minArea0 - 1e-6);
      for (const rest of floodedComponents(mask, grid, 0)) {
        if (rest.isClosed && rest.isTissue) expect(rest.area0).toBeGreaterThanOrEqual(minArea0 - 1e-6);
      }
      for (let i = 0; i < mask.data.length; i++) expect(mask.data[i]! <= grid.tissue[i]!).toBe(true);
    }
  });

  it("refuses a map whose arrays do not fit its size", () => {
    const grid = { ...gridOfPicture(["99", "99"]), cols: 3 };
    expect(() => necrosisMask(grid, 0.5, KEEP_ALL, MICRON)).toThrow("3 x 2 cells needs 6 values");
  });
});

describe("withoutDiagonals", () => {
  it("drops the less confident of two cells that touch by a corner", () => {
    const grid = gridOfPicture(["90", "08"]);
    expect(pictureOf(withoutDiagonals(grid, { cols: 2, rows: 2, data: Uint8Array.of(1, 0, 0, 1) }))).toEqual([
      "#.",
      "..",
    ]);
  });

  it("clears a chequerboard of contacts and only ever takes cells away", () => {
    const grid = noiseGrid(20, 20, 5, 0);
    const data = Uint8Array.from({ length: 400 }, (_, i) => ((i % 20) + Math.floor(i / 20)) % 2);
    const cleared = withoutDiagonals(grid, { cols: 20, rows: 20, data });
    expect(diagonalBlocks(cleared)).toBe(0);
    expect(cleared.data.some((value) => value === 1)).toBe(true);
    for (let i = 0; i < 400; i++) expect(cleared.data[i]! <= data[i]!).toBe(true);
  });
});
