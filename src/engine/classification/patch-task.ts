import { type PatchGrid, patchCount } from "./patch-grid.ts";

/** A run of neighbouring patches of a grid. */
export interface PatchTask {
  readonly id: number;
  /** Index of the first patch. */
  readonly first: number;
  readonly count: number;
}

/** What a task yields. */
export interface PatchRows {
  /** One per patch of the task: 1 where it was looked at, 0 where it is blank. */
  readonly kept: Uint8Array<ArrayBuffer>;
  /** The pack's selected features of each kept patch, row-major. */
  readonly data: Float32Array<ArrayBuffer>;
}

/** Patches per task, at most: a second's work for one wasm worker, so that progress moves and a cancelled run stops soon. */
const PATCHES_PER_TASK = 16;

/** Small slides are cut finer, so that every worker has something to do. */
const TASKS_AT_LEAST = 16;

/** Cuts a grid into tasks, in reading order. */
export function planPatchTasks(grid: Pick<PatchGrid, "lefts" | "tops">): PatchTask[] {
  const total = patchCount(grid);
  const size = Math.min(PATCHES_PER_TASK, Math.max(1, Math.ceil(total / TASKS_AT_LEAST)));
  return Array.from({ length: Math.ceil(total / size) }, (_, id) => ({
    id,
    first: id * size,
    count: Math.min(size, total - id * size),
  }));
}
