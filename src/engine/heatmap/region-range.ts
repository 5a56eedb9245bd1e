import type { PostProcess } from "../modelpack/types.ts";
import type { CellRange } from "../patches/region.ts";
import type { PixelSize } from "../slide/types.ts";
import { necrosisMask } from "./mask.ts";
import { summarizeWithin } from "./region-summary.ts";
import type { ConfidenceGrid } from "./types.ts";

export interface OtherThreshold {
  readonly threshold: number;
  readonly postProcess: PostProcess;
  readonly pixelSize: PixelSize | null;
}

/**
 * The necrotic share of a range at another threshold than that of the mask at hand, without a mask of the whole slide. It is made of the range
 * and so much around it as the largest hole and the smallest region that post-processing looks at are wide, as squares.
 */
export function fractionWithin(grid: ConfidenceGrid, range: CellRange, other: OtherThreshold): number {
  const { postProcess, pixelSize } = other;
  const um2 = Math.max(postProcess.minRegionUm2, postProcess.maxHoleUm2);
  const margin = (stride0: number, mpp: number) => Math.ceil((2 * Math.sqrt(um2)) / (stride0 * mpp));
  const around = pixelSize
    ? { cols: margin(grid.stride0X, pixelSize.mppX), rows: margin(grid.stride0Y, pixelSize.mppY) }
    : { cols: 0, rows: 0 };
  const wide: CellRange = {
    firstCol: Math.max(0, range.firstCol - around.cols),
    endCol: Math.min(grid.cols, range.endCol + around.cols),
    firstRow: Math.max(0, range.firstRow - around.rows),
    endRow: Math.min(grid.rows, range.endRow + around.rows),
  };
  const cut = cutGrid(grid, wide);
  const mask = necrosisMask(cut, other.threshold, postProcess, pixelSize);
  return summarizeWithin(cut, mask, {
    firstCol: range.firstCol - wide.firstCol,
    endCol: range.endCol - wide.firstCol,
    firstRow: range.firstRow - wide.firstRow,
    endRow: range.endRow - wide.firstRow,
  }).fraction;
}

/** Cells of a range as a grid of their own. */
function cutGrid(grid: ConfidenceGrid, { firstCol, endCol, firstRow, endRow }: CellRange): ConfidenceGrid {
  const cols = endCol - firstCol;
  const rows = endRow - firstRow;
  const values = new Float32Array(cols * rows);
  const tissue = new Uint8Array(cols * rows);
  for (let row = 0; row < rows; row++) {
    const from = (firstRow + row) * grid.cols + firstCol;
    values.set(grid.values.subarray(from, from + cols), row * cols);
    tissue.set(grid.tissue.subarray(from, from + cols), row * cols);
  }
  const { stride0X, stride0Y } = grid;
  const width0 = Math.min(cols * stride0X, grid.width0 - firstCol * stride0X);
  const height0 = Math.min(rows * stride0Y, grid.height0 - firstRow * stride0Y);
  return { cols, rows, stride0X, stride0Y, width0, height0, values, tissue };
}
