import { AppError } from "../base/errors.ts";
import type { ConfidenceGrid } from "./types.ts";

/** Edges of a grid's cells in level-0 pixels: column c lies between x0[c] and x0[c + 1]; the last ones end with the slide. */
export interface CellEdges {
  /** Length cols + 1. */
  readonly x0: Float64Array;
  /** Length rows + 1. */
  readonly y0: Float64Array;
}

/** Throws `heatmap/bad-grid` when the arrays do not fit the size or a cell lies wholly outside the slide. */
export function cellEdges(grid: ConfidenceGrid): CellEdges {
  const { cols, rows } = grid;
  if (grid.values.length !== cols * rows || grid.tissue.length !== cols * rows) {
    throw new AppError(
      "heatmap/bad-grid",
      `A confidence map of ${cols} x ${rows} cells needs ${cols * rows} values, but ${grid.values.length} confidences and ${grid.tissue.length} tissue flags were found.`,
    );
  }
  return { x0: edges(cols, grid.stride0X, grid.width0), y0: edges(rows, grid.stride0Y, grid.height0) };
}

function edges(count: number, stride0: number, size0: number): Float64Array {
  if (!(stride0 > 0) || (count > 0 && (count - 1) * stride0 >= size0)) {
    throw new AppError(
      "heatmap/bad-grid",
      `${count} cells of ${stride0} pixels do not fit a slide of ${size0} pixels: the last one lies outside.`,
    );
  }
  return Float64Array.from({ length: count + 1 }, (_, i) => Math.min(i * stride0, size0));
}
