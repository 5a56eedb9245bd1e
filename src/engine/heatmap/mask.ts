import { type BitPlane, bitAt, fillBits, packBits, wordAt } from "../base/bit-plane.ts";
import { type ComponentRuns, connectedPlaneRuns } from "../base/components.ts";
import type { PostProcess } from "../modelpack/types.ts";
import type { PixelSize } from "../slide/types.ts";
import { type CellEdges, cellEdges } from "./cell-edges.ts";
import { cellsFrom, confidenceKeys } from "./confidence-keys.ts";
import type { CellMask, ConfidenceGrid } from "./types.ts";

/** Of a grid. */
type Size = Pick<ConfidenceGrid, "cols" | "rows">;

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
  return maskOfPlane(grid, necrosisPlane(grid, cellsFrom(confidenceKeys(grid), threshold), postProcess, pixelSize));
}

/** The same as bits, of the cells from a threshold on (`cellsFrom`), which it changes. */
export function necrosisPlane(
  grid: ConfidenceGrid,
  plane: BitPlane,
  postProcess: PostProcess,
  pixelSize: PixelSize | null,
): BitPlane {
  const edges = cellEdges(grid);
  dropDiagonals(grid, plane);
  if (pixelSize === null) return plane;
  const um2PerPixel0 = pixelSize.mppX * pixelSize.mppY;
  dropSmallRegions(grid, plane, edges, postProcess.minRegionUm2 / um2PerPixel0);
  fillSmallHoles(grid, plane, edges, postProcess.maxHoleUm2 / um2PerPixel0);
  return plane;
}

export function maskOfPlane({ cols, rows }: Size, plane: BitPlane): CellMask {
  const data = new Uint8Array(cols * rows);
  for (let word = 0; word < plane.length; word++) {
    const bits = plane[word]!;
    if (bits === 0) continue;
    const at = word << 5;
    if (bits === -1) data.fill(1, at, at + 32);
    else for (let i = at; i < Math.min(data.length, at + 32); i++) data[i] = (bits >>> (i & 31)) & 1;
  }
  return { cols, rows, data };
}

/**
 * The mask less the cells that touch another one by a corner alone: wherever a block of 2 x 2 cells holds exactly two, diagonal
 * ones, the less confident goes (NaN counts as 0; of two equal ones the lower), and again until there is no such block. Outlines of what
 * remains never touch themselves or each other. Cells only ever leave, so it ends; O(cells).
 */
export function withoutDiagonals(grid: ConfidenceGrid, mask: CellMask): CellMask {
  const plane = packBits(mask.data);
  dropDiagonals(grid, plane);
  return maskOfPlane(mask, plane);
}

function dropDiagonals(grid: ConfidenceGrid, plane: BitPlane): void {
  const { cols, rows } = grid;
  for (let row = 0; row + 1 < rows; row++) {
    const end = (row + 1) * cols - 1;
    for (let at = row * cols; at < end; at += 32) {
      const upper = wordAt(plane, at);
      const lower = wordAt(plane, at + cols);
      if (upper === lower) continue;
      // 32 blocks at a time: a diagonal one differs along all its four sides.
      let found = (upper ^ lower) & (upper ^ wordAt(plane, at + 1)) & (lower ^ wordAt(plane, at + cols + 1));
      if (end - at < 32) found &= (1 << (end - at)) - 1;
      for (; found !== 0; found &= found - 1) clearDiagonals(grid, plane, at + 31 - Math.clz32(found & -found));
    }
  }
}

/** Clears a block, and what becomes diagonal by it. */
function clearDiagonals({ cols, rows, values }: ConfidenceGrid, plane: BitPlane, first: number): void {
  const pending = [first];
  while (pending.length > 0) {
    const block = pending.pop()!;
    if (!isDiagonal(plane, block, cols)) continue;
    const dropped = lessConfident(values, plane, block, cols);
    fillBits(plane, dropped, dropped + 1, 0);
    pushBlocksAround(pending, dropped, cols, rows);
  }
}

/** `at` is the upper left cell of a block that lies within the grid. */
function isDiagonal(plane: BitPlane, at: number, cols: number): boolean {
  const upperLeft = bitAt(plane, at);
  return (
    upperLeft === bitAt(plane, at + cols + 1) &&
    upperLeft !== bitAt(plane, at + 1) &&
    upperLeft !== bitAt(plane, at + cols)
  );
}

function lessConfident(values: Float32Array, plane: BitPlane, block: number, cols: number): number {
  const isFalling = bitAt(plane, block) === 1;
  const upper = isFalling ? block : block + 1;
  const lower = isFalling ? block + cols + 1 : block + cols;
  return (values[upper]! || 0) < (values[lower]! || 0) ? upper : lower;
}

function pushBlocksAround(pending: number[], cell: number, cols: number, rows: number): void {
  const col = cell % cols;
  const row = (cell - col) / cols;
  for (let r = Math.max(0, row - 1); r <= Math.min(rows - 2, row); r++) {
    for (let c = Math.max(0, col - 1); c <= Math.min(cols - 2, col); c++) pending.push(r * cols + c);
  }
}

/** The mask less its 4-connected regions smaller than `minArea0` (level-0 pixels, squared). O(cells). */
export function withoutSmallRegions(mask: CellMask, edges: CellEdges, minArea0: number): CellMask {
  const plane = packBits(mask.data);
  dropSmallRegions(mask, plane, edges, minArea0);
  return maskOfPlane(mask, plane);
}

function dropSmallRegions(size: Size, plane: BitPlane, edges: CellEdges, minArea0: number): void {
  if (!(minArea0 > 0)) return;
  const runs = connectedPlaneRuns(plane, size, 1);
  const areas0 = componentAreas0(runs, edges);
  writeRuns(size, plane, runs, 0, (label) => areas0[label]! < minArea0);
}

function fillSmallHoles(grid: ConfidenceGrid, plane: BitPlane, edges: CellEdges, maxArea0: number): void {
  if (!(maxArea0 > 0)) return;
  const { cols, rows, tissue } = grid;
  const runs = connectedPlaneRuns(plane, grid, 0);
  const areas0 = componentAreas0(runs, edges);
  const isOpen = new Uint8Array(runs.count);
  for (let run = 0; run < runs.row.length; run++) {
    const row = runs.row[run]!;
    const label = runs.label[run]!;
    if (isOpen[label] === 1 || areas0[label]! >= maxArea0) continue;
    const reachesBorder = row === 0 || row === rows - 1 || runs.start[run] === 0 || runs.end[run] === cols;
    const offset = row * cols;
    if (reachesBorder || tissue.subarray(offset + runs.start[run]!, offset + runs.end[run]!).includes(0)) {
      isOpen[label] = 1;
    }
  }
  writeRuns(grid, plane, runs, 1, (label) => isOpen[label] === 0 && areas0[label]! < maxArea0);
}

function writeRuns(
  { cols }: Size,
  plane: BitPlane,
  runs: ComponentRuns,
  value: 0 | 1,
  isWanted: (label: number) => boolean,
): void {
  for (let run = 0; run < runs.row.length; run++) {
    if (!isWanted(runs.label[run]!)) continue;
    const offset = runs.row[run]! * cols;
    fillBits(plane, offset + runs.start[run]!, offset + runs.end[run]!, value);
  }
}

/** Area of every component in level-0 pixels squared, by label. */
export function componentAreas0(runs: ComponentRuns, edges: CellEdges): Float64Array {
  const areas0 = new Float64Array(runs.count);
  for (let run = 0; run < runs.row.length; run++) {
    const row = runs.row[run]!;
    const height0 = edges.y0[row + 1]! - edges.y0[row]!;
    areas0[runs.label[run]!]! += (edges.x0[runs.end[run]!]! - edges.x0[runs.start[run]!]!) * height0;
  }
  return areas0;
}
