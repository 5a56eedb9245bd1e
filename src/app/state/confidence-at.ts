import type { ConfidenceGrid } from "../../engine/heatmap/types.ts";
import type { Point0 } from "./view.ts";

/** Index of the cell under a point, or null off the slide. */
export function cellAt(grid: ConfidenceGrid, { x0, y0 }: Point0): number | null {
  if (x0 < 0 || y0 < 0 || x0 >= grid.width0 || y0 >= grid.height0) return null;
  const col = Math.min(grid.cols - 1, Math.floor(x0 / grid.stride0X));
  const row = Math.min(grid.rows - 1, Math.floor(y0 / grid.stride0Y));
  return row * grid.cols + col;
}

/** Confidence of the cell under a point, or null off the slide and where nothing was computed. */
export function confidenceAt(grid: ConfidenceGrid, point: Point0): number | null {
  const cell = cellAt(grid, point);
  const value = cell === null ? undefined : grid.values[cell];
  return value === undefined || Number.isNaN(value) ? null : value;
}
