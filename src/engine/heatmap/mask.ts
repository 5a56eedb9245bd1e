import { type ComponentRuns, connectedRuns } from "../base/components.ts";
import type { PostProcess } from "../modelpack/types.ts";
import type { PixelSize } from "../slide/types.ts";
import { type CellEdges, cellEdges } from "./cell-edges.ts";
import type { CellMask, ConfidenceGrid } from "./types.ts";

/**
 * The cells that count as necrosis: tissue with a confidence of at least `threshold`, without corner-to-corner contacts
 * (`withoutDiagonals`), without 4-connected regions smaller than `minRegionUm2`, and with holes smaller than `maxHoleUm2` filled.
 *
 * A hole is a connected set of other cells that does not reach the grid's border; one that holds a cell of glass (a tear, a
 * wide vessel) stays open, so that necrosis is always part of the tissue. Sizes are true areas, cells at the slide's edge
 * count as far as they lie on it. Without a pixel size nothing is dropped or filled. Threshold 0 takes all computed tissue.
 * Neither dropping whole regions nor filling whole holes makes new corner contacts, so the result has none. O(cells).
 */
export function necrosisMask(
  grid: ConfidenceGrid,
  threshold: number,
  postProcess: PostProcess,
  pixelSize: PixelSize | null,
): CellMask {
  const edges = cellEdges(grid);
  const data = new Uint8Array(grid.values.length);
  for (let i = 0; i < data.length; i++) data[i] = grid.tissue[i] === 1 && grid.values[i]! >= threshold ? 1 : 0;
  const mask = withoutDiagonals(grid, { cols: grid.cols, rows: grid.rows, data });
  if (pixelSize === null) return mask;
  const um2PerPixel0 = pixelSize.mppX * pixelSize.mppY;
  dropSmallRegions(mask, edges, postProcess.minRegionUm2 / um2PerPixel0);
  fillSmallHoles(mask, grid.tissue, edges, postProcess.maxHoleUm2 / um2PerPixel0);
  return mask;
}

/**
 * The mask less the cells that touch another one by a corner alone: wherever a block of 2 x 2 cells holds exactly two, diagonal
 * ones, the less confident goes (NaN counts as 0; of two equal ones the lower), and again until there is no such block. Outlines of what
 * remains never touch themselves or each other. Cells only ever leave, so it ends; O(cells).
 */
export function withoutDiagonals(grid: ConfidenceGrid, mask: CellMask): CellMask {
  const { cols, rows } = mask;
  const data = mask.data.slice();
  const pending: number[] = [];
  for (let row = 0; row + 1 < rows; row++) {
    const offset = row * cols;
    for (let at = offset; at + 1 < offset + cols; at++) {
      if (!isDiagonal(data, at, cols)) continue;
      pending.push(at);
      while (pending.length > 0) {
        const block = pending.pop()!;
        if (!isDiagonal(data, block, cols)) continue;
        const dropped = lessConfident(grid.values, data, block, cols);
        data[dropped] = 0;
        pushBlocksAround(pending, dropped, cols, rows);
      }
    }
  }
  return { cols, rows, data };
}

/** `at` is the upper left cell of a block that lies within the grid. */
function isDiagonal(data: Uint8Array, at: number, cols: number): boolean {
  const upperLeft = data[at]!;
  return upperLeft === data[at + cols + 1] && upperLeft !== data[at + 1] && upperLeft !== data[at + cols];
}

function lessConfident(values: Float32Array, data: Uint8Array, block: number, cols: number): number {
  const upper = data[block] === 1 ? block : block + 1;
  const lower = data[block] === 1 ? block + cols + 1 : block + cols;
  return (values[upper]! || 0) < (values[lower]! || 0) ? upper : lower;
}

function pushBlocksAround(pending: number[], cell: number, cols: number, rows: number): void {
  const col = cell % cols;
  const row = (cell - col) / cols;
  for (let r = Math.max(0, row - 1); r <= Math.min(rows - 2, row); r++) {
    for (let c = Math.max(0, col - 1); c <= Math.min(cols - 2, col); c++) pending.push(r * cols + c);
  }
}

/** Clears the 4-connected regions smaller than `minArea0` (level-0 pixels, squared), in place. O(cells). */
export function dropSmallRegions(mask: CellMask, edges: CellEdges, minArea0: number): void {
  if (!(minArea0 > 0)) return;
  const runs = connectedRuns(mask.data, mask, 1);
  const areas0 = componentAreas0(runs, edges);
  writeRuns(mask, runs, 0, (label) => areas0[label]! < minArea0);
}

function fillSmallHoles(mask: CellMask, tissue: Uint8Array, edges: CellEdges, maxArea0: number): void {
  if (!(maxArea0 > 0)) return;
  const runs = connectedRuns(mask.data, mask, 0);
  const areas0 = componentAreas0(runs, edges);
  const isOpen = new Uint8Array(runs.count);
  for (let run = 0; run < runs.row.length; run++) {
    const row = runs.row[run]!;
    const label = runs.label[run]!;
    if (isOpen[label] === 1 || areas0[label]! >= maxArea0) continue;
    const reachesBorder = row === 0 || row === mask.rows - 1 || runs.start[run] === 0 || runs.end[run] === mask.cols;
    const offset = row * mask.cols;
    if (reachesBorder || tissue.subarray(offset + runs.start[run]!, offset + runs.end[run]!).includes(0)) {
      isOpen[label] = 1;
    }
  }
  writeRuns(mask, runs, 1, (label) => isOpen[label] === 0 && areas0[label]! < maxArea0);
}

function writeRuns(mask: CellMask, runs: ComponentRuns, value: 0 | 1, isWanted: (label: number) => boolean): void {
  for (let run = 0; run < runs.row.length; run++) {
    if (!isWanted(runs.label[run]!)) continue;
    const offset = runs.row[run]! * mask.cols;
    mask.data.fill(value, offset + runs.start[run]!, offset + runs.end[run]!);
  }
}

/** Area of every component in level-0 pixels squared, by label. */
function componentAreas0(runs: ComponentRuns, edges: CellEdges): Float64Array {
  const areas0 = new Float64Array(runs.count);
  for (let run = 0; run < runs.row.length; run++) {
    const row = runs.row[run]!;
    const height0 = edges.y0[row + 1]! - edges.y0[row]!;
    areas0[runs.label[run]!]! += (edges.x0[runs.end[run]!]! - edges.x0[runs.start[run]!]!) * height0;
  }
  return areas0;
}
