import { cellEdges } from "./cell-edges.ts";
import { type CellCorner, hasUntracedEdge, outlinePlane, traceOutline } from "./outline.ts";
import type { Outlines } from "./outlines.ts";
import type { CellMask, ConfidenceGrid } from "./types.ts";

/** A closed line in level-0 pixels: x0 and y0 of each point by turns; the last point joins the first. */
export type OutlineRing = Float32Array<ArrayBuffer>;

/** Share of the way between two centres that the line keeps from either, so that a cell that only just counts is still ringed. */
const APART = 0.05;

/** The outlines of a mask along the edges of its cells, holes among them, as they are counted and exported. O(cells + points). */
export function cellRings(grid: ConfidenceGrid, mask: CellMask): OutlineRing[] {
  const { x0, y0 } = cellEdges(grid);
  return tracedRings(mask).map((corners): OutlineRing => {
    const ring = new Float32Array((corners.length - 1) * 2);
    for (let i = 0; i < corners.length - 1; i++) {
      const { col, row } = corners[i]!;
      ring[i * 2] = x0[col]!;
      ring[i * 2 + 1] = y0[row]!;
    }
    return ring;
  });
}

/** The smooth outlines of a mask without corner-to-corner contacts (`withoutDiagonals`). O(cells + points). */
export function smoothRings(grid: ConfidenceGrid, mask: CellMask, level: number): OutlineRing[] {
  const smooth = smoother(grid, level);
  return tracedRings(mask).map(smooth);
}

/** The smooth form of outlines that were traced already, which spares the walk over the cells. O(points). */
export function smoothOutlines(grid: ConfidenceGrid, { points, ringEnds }: Outlines, level: number): OutlineRing[] {
  const smooth = smoother(grid, level);
  let first = 0;
  return Array.from(ringEnds, (end) => {
    const corners = Array.from({ length: end - first }, (_, i): CellCorner => {
      const x0 = points[2 * (first + i)]!;
      const y0 = points[2 * (first + i) + 1]!;
      return {
        col: x0 >= grid.width0 ? grid.cols : Math.round(x0 / grid.stride0X),
        row: y0 >= grid.height0 ? grid.rows : Math.round(y0 / grid.stride0Y),
      };
    });
    first = end;
    return smooth(corners);
  });
}

/**
 * Outlines as smooth lines for the eye. Between a cell inside and its neighbour outside, the line passes where the confidence, linear between the cells'
 * centres, reaches `level` (marching squares: Lorensen and Cline 1987, in the plane); where it does not reach it there (glass, the slide's edge, a dropped
 * speck, a filled hole), along the cells' common edge.
 *
 * So the line has the mask's shape, not that of the bare confidences: the centre of every cell inside lies within it, that of every other
 * without, and it never leaves the border by more than half a cell.
 */
function smoother(grid: ConfidenceGrid, level: number): (corners: readonly CellCorner[]) => OutlineRing {
  const { cols, rows, values, tissue } = grid;
  const { x0, y0 } = cellEdges(grid);
  const centreX = (col: number) => (x0[col]! + x0[col + 1]!) / 2;
  const centreY = (row: number) => (y0[row]! + y0[row + 1]!) / 2;

  /** How far from the centre of the cell inside (0) to that of its neighbour (1) the line passes, or null for their common edge. */
  function crossing(inside: number, col: number, row: number): number | null {
    if (col < 0 || row < 0 || col >= cols || row >= rows) return null;
    const outside = row * cols + col;
    const from = values[inside]!;
    const to = values[outside]!;
    if (tissue[inside] !== 1 || tissue[outside] !== 1 || !(from >= level && to < level)) return null;
    return Math.min(1 - APART, Math.max(APART, (from - level) / (from - to)));
  }

  return (corners) => {
    const points: number[] = [];
    for (let i = 1; i < corners.length; i++) {
      let { col, row } = corners[i - 1]!;
      const stepX = Math.sign(corners[i]!.col - col);
      const stepY = Math.sign(corners[i]!.row - row);
      while (col !== corners[i]!.col || row !== corners[i]!.row) {
        // The inside lies to the right of the walk.
        if (stepX !== 0) {
          const at = stepX > 0 ? col : col - 1;
          const insideRow = stepX > 0 ? row : row - 1;
          const t = crossing(insideRow * cols + at, at, insideRow - stepX);
          const inner = centreY(insideRow);
          points.push(centreX(at), t === null ? y0[row]! : inner + t * (centreY(insideRow - stepX) - inner));
        } else {
          const at = stepY > 0 ? row : row - 1;
          const insideCol = stepY > 0 ? col - 1 : col;
          const t = crossing(at * cols + insideCol, insideCol + stepY, at);
          const inner = centreX(insideCol);
          points.push(t === null ? x0[col]! : inner + t * (centreX(insideCol + stepY) - inner), centreY(at));
        }
        col += stepX;
        row += stepY;
      }
    }
    return Float32Array.from(points);
  };
}

function tracedRings(mask: CellMask): CellCorner[][] {
  const plane = outlinePlane(mask);
  const rings: CellCorner[][] = [];
  for (let row = 0; row < mask.rows; row++) {
    for (let col = 0; col < mask.cols; col++) {
      if (hasUntracedEdge(plane, col, row)) rings.push(traceOutline(plane, { col, row }));
    }
  }
  return rings;
}
