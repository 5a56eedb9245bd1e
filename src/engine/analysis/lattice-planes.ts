import { AppError } from "../base/errors.ts";
import type { ConfidenceGrid } from "../heatmap/types.ts";
import { cellConfidences, coarseDecisions, confidencesOfDecisions, patchDecisions } from "../heatmap/windows.ts";
import type { BinarySvm } from "../modelpack/types.ts";
import type { Plan } from "../patches/plan.ts";
import { visitPositions } from "../patches/task-positions.ts";
import type { Lattice, SupertilePlanes, SupertileTask } from "../patches/types.ts";

/** Values per lattice position, a plane per window (one plane of decisions patch by patch), row-major, NaN where not computed. */
export type LatticePlanes = readonly Float32Array<ArrayBuffer>[];

/** Planes of NaN for a lattice. 4 bytes x positions x windows. */
export function emptyPlanes(lattice: Lattice): LatticePlanes {
  const count = Math.max(1, lattice.windowCells.length);
  return Array.from({ length: count }, () => new Float32Array(lattice.cols * lattice.rows).fill(Number.NaN));
}

/**
 * Writes what a task yielded to its needed positions and drops the rest, so that the planes depend on the plan alone.
 * Throws `features/run-failed` when a value is not a number: the map must never silently lack a place.
 */
export function mergeTask(
  planes: LatticePlanes,
  lattice: Lattice,
  needed: Plan["needed"],
  task: SupertileTask,
  found: SupertilePlanes,
): void {
  if (found.planes !== planes.length || found.cols !== task.cols || found.rows !== task.rows) {
    throw new RangeError(
      `Expected ${planes.length} planes of ${task.cols} x ${task.rows}, found ${found.planes} of ${found.cols} x ${found.rows}`,
    );
  }
  for (const [index, plane] of planes.entries()) {
    const first = index * task.rows * task.cols;
    visitPositions(lattice, task, (at, from) => {
      if (needed[at] !== 1) return;
      const value = found.data[first + from]!;
      if (!Number.isFinite(value)) throw notANumber(task);
      plane[at] = value;
    });
  }
}

export interface GridRequest {
  readonly lattice: Lattice;
  readonly planes: LatticePlanes;
  /** Row-major, 1 where the lattice cell is tissue; elsewhere the grid is NaN. */
  readonly tissue: Uint8Array<ArrayBuffer>;
  readonly svm: Pick<BinarySvm, "bias" | "calibration">;
}

/** The finished map: exact, NaN off tissue and where a value is missing. */
export function finalGrid(request: GridRequest): ConfidenceGrid {
  const { lattice, planes, svm } = request;
  const decisions = patchDecisions(planes, lattice, svm.bias);
  return gridOf(request, cellConfidences(confidencesOfDecisions(decisions, svm.calibration), lattice));
}

/** The map so far: patches not yet computed look like the nearest one of the coarse pass, cells take the mean of what is known. */
export function partialGrid(request: GridRequest, coarseStep: number): ConfidenceGrid {
  const { lattice, planes, svm } = request;
  const known = patchDecisions(planes, lattice, svm.bias);
  const decisions = coarseDecisions(known, lattice, coarseStep);
  const confidences = confidencesOfDecisions(decisions, svm.calibration);
  return gridOf(request, cellConfidences(confidences, lattice, { partial: true }));
}

function gridOf({ lattice, tissue }: GridRequest, values: Float32Array<ArrayBuffer>): ConfidenceGrid {
  for (let i = 0; i < values.length; i++) {
    if (tissue[i] !== 1) values[i] = Number.NaN;
  }
  const { cols, rows, stride0X, stride0Y, width0, height0 } = lattice;
  return { cols, rows, stride0X, stride0Y, width0, height0, values, tissue };
}

function notANumber(task: SupertileTask): AppError {
  return new AppError(
    "features/run-failed",
    "Expected numbers from the network, found values that are none; choose the other backend.",
    { task },
  );
}
