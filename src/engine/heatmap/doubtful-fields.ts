import { type BitPlane, bitAt, nextChange } from "../base/bit-plane.ts";
import type { ComponentRuns } from "../base/components.ts";

/**
 * Of the regions of one mask (runs of 1) those that hold no cell of another: places that count at a lower threshold, far from all that counts at the
 * threshold. The rest keep their order.
 */
export function regionsApart(runs: ComponentRuns, other: BitPlane, cols: number): ComponentRuns {
  const isTouched = new Uint8Array(runs.count);
  for (let run = 0; run < runs.row.length; run++) {
    const from = runs.row[run]! * cols + runs.start[run]!;
    const end = runs.row[run]! * cols + runs.end[run]!;
    if (bitAt(other, from) === 1 || nextChange(other, from, end) < end) isTouched[runs.label[run]!] = 1;
  }
  let count = 0;
  const newLabel = Int32Array.from(isTouched, (touched) => (touched === 1 ? -1 : count++));
  const kept = Int32Array.from(runs.label.keys()).filter((run) => isTouched[runs.label[run]!] === 0);
  return {
    count,
    row: kept.map((run) => runs.row[run]!),
    start: kept.map((run) => runs.start[run]!),
    end: kept.map((run) => runs.end[run]!),
    label: kept.map((run) => newLabel[runs.label[run]!]!),
  };
}
