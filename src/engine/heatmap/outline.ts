import type { CellMask } from "./types.ts";

/** A corner of the cell lattice: column and row of the cell to its lower right. */
export interface CellCorner {
  readonly col: number;
  readonly row: number;
}

/** A mask with a margin of one empty cell all around; bit 0: inside, bit 1: the cell's upper edge has been traced. */
export interface OutlinePlane {
  readonly width: number;
  readonly data: Uint8Array;
}

export function outlinePlane(mask: CellMask): OutlinePlane {
  const width = mask.cols + 2;
  const data = new Uint8Array(width * (mask.rows + 2));
  for (let row = 0; row < mask.rows; row++) {
    data.set(mask.data.subarray(row * mask.cols, (row + 1) * mask.cols), (row + 1) * width + 1);
  }
  return { width, data };
}

/** Whether the cell is inside, its upper neighbour is not, and no ring has passed between them yet. */
export function hasUntracedEdge(plane: OutlinePlane, col: number, row: number): boolean {
  const at = (row + 1) * plane.width + col + 1;
  return plane.data[at] === INSIDE && (plane.data[at - plane.width]! & INSIDE) === 0;
}

/**
 * The ring of corners that begins with the upper edge of `cell`, closed (first corner repeated), corners at turns only.
 * That edge must be untraced (`hasUntracedEdge`). The inside lies at the side of growing row when walking in the direction of
 * growing column, so outer rings and holes come out with opposite senses. At a corner where two cells touch diagonally it
 * turns towards its own cell.
 *
 * Called for the cells in row-major order, it starts every ring at a turn: had the border gone straight on to the left, the
 * ring would have been traced from there.
 */
export function traceOutline(plane: OutlinePlane, cell: CellCorner): CellCorner[] {
  const { width, data } = plane;
  const start = (cell.row + 1) * width + cell.col + 1;
  // Per direction (right, down, left, up): the step, and the cells ahead on the inner and outer side, relative to the cell
  // at the corner's lower right.
  const step = [1, width, -1, -width];
  const innerAhead = [0, -1, -width - 1, -width];
  const outerAhead = [-width, 0, -1, -width - 1];
  const corners: CellCorner[] = [cell];
  let at = start;
  let direction = 0;
  do {
    if (direction === 0) data[at]! |= TRACED;
    at += step[direction]!;
    if ((data[at + innerAhead[direction]!]! & INSIDE) === 0) direction = (direction + 1) & 3;
    else if ((data[at + outerAhead[direction]!]! & INSIDE) === 1) direction = (direction + 3) & 3;
    else continue;
    const col = at % width;
    corners.push({ col: col - 1, row: (at - col) / width - 1 });
  } while (at !== start || direction !== 0);
  return corners;
}

const INSIDE = 1;
const TRACED = 2;
