import { neededPositions } from "./needed.ts";
import type { Plan } from "./plan.ts";
import { holdsMarked } from "./task-positions.ts";
import type { Lattice, SupertileTask } from "./types.ts";

/** A rectangle of the slide, level-0 pixels. */
export interface Box0 {
  readonly x0: number;
  readonly y0: number;
  readonly width0: number;
  readonly height0: number;
}

/** Cells of a lattice or a grid: first, and one past the last. */
export interface CellRange {
  readonly firstCol: number;
  readonly endCol: number;
  readonly firstRow: number;
  readonly endRow: number;
}

/** The cells whose middle lies in a box; the one around the box's own middle where it holds none, so that a small box is not empty. */
export function cellsWithin(box: Box0, grid: Pick<Lattice, "cols" | "rows" | "stride0X" | "stride0Y">): CellRange {
  const across = alongAxis(box.x0, box.width0, grid.stride0X, grid.cols);
  const down = alongAxis(box.y0, box.height0, grid.stride0Y, grid.rows);
  return { firstCol: across.first, endCol: across.end, firstRow: down.first, endRow: down.end };
}

function alongAxis(from0: number, length0: number, stride0: number, count: number) {
  const clamped = (index: number): number => Math.min(count, Math.max(0, index));
  const first = clamped(Math.ceil(from0 / stride0 - 0.5));
  const end = clamped(Math.ceil((from0 + length0) / stride0 - 0.5));
  if (end > first) return { first, end };
  const own = Math.floor((from0 + length0 / 2) / stride0);
  return own >= 0 && own < count ? { first: own, end: own + 1 } : { first: 0, end: 0 };
}

/** Row-major like `marks` (lattice.cols x lattice.rows), which it keeps inside the box; 0 elsewhere. */
export function marksWithin(
  marks: Uint8Array,
  grid: Pick<Lattice, "cols" | "rows" | "stride0X" | "stride0Y">,
  box: Box0,
): Uint8Array<ArrayBuffer> {
  const { firstCol, endCol, firstRow, endRow } = cellsWithin(box, grid);
  const within = new Uint8Array(marks.length);
  for (let row = firstRow; row < endRow; row++) {
    const from = row * grid.cols + firstCol;
    within.set(marks.subarray(from, row * grid.cols + endCol), from);
  }
  return within;
}

/** The tasks of a plan in two parts, each coarse to fine in the plan's own order. */
export interface RegionOrder {
  /** All that the confidences of the region's tissue depend on. */
  readonly region: readonly SupertileTask[];
  readonly rest: readonly SupertileTask[];
}

/**
 * The same tasks, those that a region's map depends on first. They keep their ids and what each computes, so the whole map is the same bit for
 * bit in either order, and tasks kept from a run in one order serve a run in the other.
 *
 * `regionTissue`: row-major, lattice.cols x lattice.rows, 1 where a cell is tissue of the region.
 */
export function regionFirst(plan: Plan, lattice: Lattice, regionTissue: Uint8Array): RegionOrder {
  const needed = neededPositions(lattice, regionTissue);
  const region: SupertileTask[] = [];
  const rest: SupertileTask[] = [];
  for (const task of plan.passes.flat()) (holdsMarked(lattice, task, needed) ? region : rest).push(task);
  return { region, rest };
}
