import type { Bag } from "../features/bag.ts";
import type { PatchRows, PatchTask } from "./patch-task.ts";

/** A slide's bag, and which patches of the grid are in it. */
export interface GatheredBag extends Bag {
  /** Grid indices, ascending; one per row. */
  readonly kept: Int32Array<ArrayBuffer>;
}

/** Puts the tasks' rows together in the order of the grid, whatever the order in which they ended. */
export function gatherBag(
  found: ReadonlyMap<number, PatchRows>,
  tasks: readonly PatchTask[],
  cols: number,
): GatheredBag {
  const kept: number[] = [];
  const blocks: Float32Array[] = [];
  for (const task of tasks) {
    const rows = found.get(task.id);
    if (!rows) throw new RangeError(`task ${task.id} is missing`);
    rows.kept.forEach((isKept, k) => {
      if (isKept === 1) kept.push(task.first + k);
    });
    blocks.push(rows.data);
  }
  const features = new Float32Array(kept.length * cols);
  let at = 0;
  for (const block of blocks) {
    features.set(block, at);
    at += block.length;
  }
  if (at !== features.length) throw new RangeError(`${at} values for ${kept.length} patches of ${cols} features`);
  return { features, rows: kept.length, cols, kept: Int32Array.from(kept) };
}
