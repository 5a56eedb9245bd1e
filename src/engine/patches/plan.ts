import type { SamplingMode } from "../modelpack/types.ts";
import { neededPositions } from "./needed.ts";
import { spatialOrder } from "./order.ts";
import { planPhases } from "./phases.ts";
import { holdsMarked } from "./task-positions.ts";
import type { Lattice, SupertileTask } from "./types.ts";

/** Positions of a task along each axis. */
export interface TaskShape {
  readonly cols: number;
  readonly rows: number;
}

export interface PlanOptions {
  readonly mode: SamplingMode;
  /** Positions of a task at most, per side or each axis; `supertileShape` gives good ones. Never changes a result, only its cost. */
  readonly maxPositions: number | TaskShape;
  /** Level-0 pixels: computed outwards from here. Default: evenly over the tissue. */
  readonly focus0?: { readonly x0: number; readonly y0: number };
}

/** The tasks of a run and what they are for. */
export interface Plan {
  /** In order, coarsest first; within a pass spread over the tissue. Together they hold every needed position exactly once. */
  readonly passes: readonly (readonly SupertileTask[])[];
  /** Row-major, lattice.cols x lattice.rows: 1 where a value is needed. What tasks compute beside these is dropped. */
  readonly needed: Uint8Array<ArrayBuffer>;
  /** Positions between those of pass 0. */
  readonly coarseStep: number;
}

/**
 * Cuts the needed positions of a lattice into tasks of one fixed shape: one per phase and block, blocks without a needed
 * position left out. `tissue`: row-major, 1 where the lattice cell is tissue.
 */
export function planTasks(lattice: Lattice, tissue: Uint8Array, options: PlanOptions): Plan {
  const needed = neededPositions(lattice, tissue);
  const passPhases = planPhases(lattice, options.mode);
  const coarseStep = passPhases[0]?.[0]?.step ?? 1;
  const bounds = boundsOf(needed, lattice.cols);
  if (!bounds) return { passes: [], needed, coarseStep };
  const { maxPositions } = options;
  const largest = typeof maxPositions === "number" ? { cols: maxPositions, rows: maxPositions } : maxPositions;
  let id = 0;
  const passes = passPhases.map((phases, pass) => {
    const blocks = phases.flatMap((phase) => blocksOf(phase, bounds, lattice, needed, largest));
    return spatialOrder(blocks, focusPosition(lattice, options)).map(
      ({ col, row, step, cols, rows }): SupertileTask => ({ id: id++, pass, col, row, step, cols, rows }),
    );
  });
  return { passes: passes.filter((tasks) => tasks.length > 0), needed, coarseStep };
}

/** A task before it has its place in the queue, with its column and row among the blocks of its phase. */
interface Block extends Omit<SupertileTask, "id" | "pass"> {
  readonly blockCol: number;
  readonly blockRow: number;
}

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function blocksOf(
  phase: { readonly col: number; readonly row: number; readonly step: number },
  bounds: Bounds,
  lattice: Lattice,
  needed: Uint8Array,
  largest: TaskShape,
): Block[] {
  const { step } = phase;
  const across = cutAxis(bounds.left, bounds.right, step, largest.cols);
  const down = cutAxis(bounds.top, bounds.bottom, step, largest.rows);
  const blocks: Block[] = [];
  for (let blockRow = 0; blockRow < down.blocks; blockRow++) {
    for (let blockCol = 0; blockCol < across.blocks; blockCol++) {
      const col = across.start + phase.col + blockCol * across.size * step;
      const row = down.start + phase.row + blockRow * down.size * step;
      const block = { col, row, step, cols: across.size, rows: down.size, blockCol, blockRow };
      if (holdsMarked(lattice, block, needed)) blocks.push(block);
    }
  }
  return blocks;
}

/** The same start (a multiple of the step), size and count for every phase, so that all tasks have one shape. */
function cutAxis(first: number, last: number, step: number, maxPositions: number) {
  const start = Math.floor(first / step) * step;
  const positions = Math.floor((last - start) / step) + 1;
  const blocks = Math.ceil(positions / maxPositions);
  return { start, blocks, size: Math.ceil(positions / blocks) };
}

function boundsOf(marks: Uint8Array, cols: number): Bounds | null {
  let left = Number.POSITIVE_INFINITY;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let index = marks.indexOf(1); index !== -1; index = marks.indexOf(1, index + 1)) {
    const col = index % cols;
    bottom = (index - col) / cols;
    if (top === -1) top = bottom;
    if (col < left) left = col;
    if (col > right) right = col;
  }
  return right === -1 ? null : { left, top, right, bottom };
}

function focusPosition(lattice: Lattice, options: PlanOptions): { readonly col: number; readonly row: number } | null {
  if (!options.focus0) return null;
  return { col: options.focus0.x0 / lattice.stride0X, row: options.focus0.y0 / lattice.stride0Y };
}
