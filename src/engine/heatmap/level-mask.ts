import { withoutDiagonals } from "./mask.ts";
import type { CellMask, ConfidenceGrid } from "./types.ts";

/**
 * The tissue with a confidence of at least `level`, without corner-to-corner contacts; `within`: of that mask only. For lines and hatching beside
 * those of the threshold; nothing is dropped or filled, and nothing is counted from it. O(cells).
 */
export function levelMask(grid: ConfidenceGrid, level: number, within: CellMask | null = null): CellMask {
  const data = new Uint8Array(grid.values.length);
  for (let i = 0; i < data.length; i++) {
    const isIn = grid.tissue[i] === 1 && grid.values[i]! >= level && (within === null || within.data[i] === 1);
    data[i] = isIn ? 1 : 0;
  }
  return withoutDiagonals(grid, { cols: grid.cols, rows: grid.rows, data });
}
