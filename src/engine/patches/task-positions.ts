import type { Lattice, SupertileTask } from "./types.ts";

/**
 * Calls `visit` for each position of a task that lies on the lattice, row by row: `at` is its place in a row-major plane of
 * the lattice, `from` its place in a plane of the task. Positions beyond the lattice are left out.
 */
export function visitPositions(
  lattice: Pick<Lattice, "cols" | "rows">,
  task: SupertileTask,
  visit: (at: number, from: number) => void,
): void {
  for (let j = 0; j < task.rows; j++) {
    const row = task.row + j * task.step;
    if (row >= lattice.rows) return;
    for (let i = 0; i < task.cols; i++) {
      const col = task.col + i * task.step;
      if (col >= lattice.cols) break;
      visit(row * lattice.cols + col, j * task.cols + i);
    }
  }
}

/** Whether a task computes a position that is marked. `marks`: row-major, lattice.cols x lattice.rows, 1 where marked. */
export function holdsMarked(
  lattice: Pick<Lattice, "cols" | "rows">,
  task: Omit<SupertileTask, "id" | "pass">,
  marks: Uint8Array,
): boolean {
  for (let j = 0; j < task.rows; j++) {
    const row = task.row + j * task.step;
    if (row >= lattice.rows) return false;
    for (let i = 0; i < task.cols; i++) {
      const col = task.col + i * task.step;
      if (col >= lattice.cols) break;
      if (marks[row * lattice.cols + col] === 1) return true;
    }
  }
  return false;
}
