import type { ConfidenceGrid } from "../../engine/heatmap/types.ts";
import type { Field, Point0, Rect0 } from "./view.ts";

/**
 * Which parts of a slide were looked at. Cell (col, row) covers level-0 pixels [col * cell0, (col + 1) * cell0) x
 * [row * cell0, (row + 1) * cell0); its middle stands for it.
 */
export interface SeenCells {
  readonly cols: number;
  readonly rows: number;
  /** Level-0 pixels, the same both ways. */
  readonly cell0: number;
  /** Row-major: 1 where it was looked at. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/** Cells along the longer side: on a slide of 100,000 pixels they are a third of a field at 20x. */
const MOST_CELLS = 256;

export function nothingSeen(width0: number, height0: number): SeenCells {
  const cell0 = Math.max(1, Math.max(width0, height0) / MOST_CELLS);
  const cols = Math.max(1, Math.ceil(width0 / cell0 - 1e-9));
  const rows = Math.max(1, Math.ceil(height0 / cell0 - 1e-9));
  return { cols, rows, cell0, data: new Uint8Array(cols * rows) };
}

/** Indices of the cells whose middle lies in the field. */
export function cellsIn({ cols, rows, cell0 }: SeenCells, field: Field): number[] {
  const [origin, right, , below] = field;
  const u = { x: right.x0 - origin.x0, y: right.y0 - origin.y0 };
  const v = { x: below.x0 - origin.x0, y: below.y0 - origin.y0 };
  const determinant = u.x * v.y - u.y * v.x;
  const { left, top, right: last, bottom } = boundsOf(field);
  const found: number[] = [];
  const colEnd = Math.min(cols, Math.ceil(last / cell0));
  const rowEnd = Math.min(rows, Math.ceil(bottom / cell0));
  for (let row = Math.max(0, Math.floor(top / cell0)); row < rowEnd; row++) {
    for (let col = Math.max(0, Math.floor(left / cell0)); col < colEnd; col++) {
      const x = (col + 0.5) * cell0 - origin.x0;
      const y = (row + 0.5) * cell0 - origin.y0;
      const alongU = (x * v.y - y * v.x) / determinant;
      const alongV = (u.x * y - u.y * x) / determinant;
      if (alongU >= 0 && alongU <= 1 && alongV >= 0 && alongV <= 1) found.push(row * cols + col);
    }
  }
  return found;
}

function boundsOf(points: readonly Point0[]) {
  const xs = points.map(({ x0 }) => x0);
  const ys = points.map(({ y0 }) => y0);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** 0 to 1: how much of a rectangle of the slide was looked at; of one that is smaller than a cell, whether its cell was. */
export function seenShare({ cols, rows, cell0, data }: SeenCells, { x0, y0, width0, height0 }: Rect0): number {
  const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));
  const col = clamp(Math.floor(x0 / cell0), cols - 1);
  const row = clamp(Math.floor(y0 / cell0), rows - 1);
  const colEnd = clamp(Math.ceil((x0 + width0) / cell0), cols);
  const rowEnd = clamp(Math.ceil((y0 + height0) / cell0), rows);
  let seen = 0;
  let all = 0;
  for (let r = row; r < Math.max(row + 1, rowEnd); r++) {
    for (let c = col; c < Math.max(col + 1, colEnd); c++) {
      all++;
      seen += data[r * cols + c] ?? 0;
    }
  }
  return seen / all;
}

/** Share of the tissue that was looked at, 0 to 1; null where the map has no tissue. */
export function seenTissue(cells: SeenCells, grid: ConfidenceGrid): number | null {
  let seen = 0;
  let all = 0;
  for (let row = 0; row < grid.rows; row++) {
    const cellRow = Math.min(cells.rows - 1, Math.floor(((row + 0.5) * grid.stride0Y) / cells.cell0));
    for (let col = 0; col < grid.cols; col++) {
      if (grid.tissue[row * grid.cols + col] !== 1) continue;
      const cellCol = Math.min(cells.cols - 1, Math.floor(((col + 0.5) * grid.stride0X) / cells.cell0));
      all++;
      seen += cells.data[cellRow * cells.cols + cellCol] ?? 0;
    }
  }
  return all > 0 ? seen / all : null;
}
