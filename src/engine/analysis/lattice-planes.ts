import { AppError } from "../base/errors.ts";
import type { BoxMeansOptions } from "../heatmap/box-means.ts";
import type { ConfidenceGrid } from "../heatmap/types.ts";
import { cellConfidences, coarseDecisions, confidencesOfDecisions, patchDecisions } from "../heatmap/windows.ts";
import type { BinarySvm } from "../modelpack/types.ts";
import type { Plan } from "../patches/plan.ts";
import { visitPositions } from "../patches/task-positions.ts";
import type { Lattice, SupertilePlanes, SupertileTask } from "../patches/types.ts";
import { classProbabilities } from "../svm/class-probabilities.ts";

/**
 * Values per lattice position, SVM by SVM a plane per window (one plane of decisions patch by patch), row-major, NaN where not
 * computed.
 */
export type LatticePlanes = readonly Float32Array<ArrayBuffer>[];

/** Planes of NaN for a lattice. 4 bytes x positions x windows x SVMs. */
export function emptyPlanes(lattice: Lattice, svms: number): LatticePlanes {
  const count = svms * planesPerSvm(lattice);
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
  /** The pack's; one for each pair of classes. */
  readonly svms: readonly Omit<BinarySvm, "weights">[];
  /** The pack's. */
  readonly classes: readonly string[];
}

/** The finished map: exact, NaN off tissue and where a value is missing. */
export function finalGrid(request: GridRequest): ConfidenceGrid {
  return gridOf(request, decisionsBySvm(request), {});
}

/** The map so far: patches not yet computed look like the nearest one of the coarse pass, cells take the mean of what is known. */
export function partialGrid(request: GridRequest, coarseStep: number): ConfidenceGrid {
  const known = decisionsBySvm(request);
  const decisions = known.map((plane) => coarseDecisions(plane, request.lattice, coarseStep));
  return gridOf(request, decisions, { partial: true });
}

function planesPerSvm(lattice: Lattice): number {
  return Math.max(1, lattice.windowCells.length);
}

function decisionsBySvm({ lattice, planes, svms }: GridRequest): Float32Array<ArrayBuffer>[] {
  const count = planesPerSvm(lattice);
  return svms.map(({ bias }, svm) => patchDecisions(planes.slice(svm * count, (svm + 1) * count), lattice, bias));
}

function gridOf(request: GridRequest, decisions: readonly Float32Array[], options: BoxMeansOptions): ConfidenceGrid {
  const { lattice, tissue, svms } = request;
  const { cols, rows, stride0X, stride0Y, width0, height0 } = lattice;
  const cells = cols * rows;
  const confidences =
    svms.length === 1 ? [confidencesOfDecisions(decisions[0]!, svms[0]!.calibration)] : coupled(request, decisions);
  const values = new Float32Array(confidences.length * cells);
  confidences.forEach((plane, k) => {
    const own = cellConfidences(plane, lattice, options);
    for (let i = 0; i < cells; i++) values[k * cells + i] = tissue[i] === 1 ? own[i]! : Number.NaN;
  });
  const grid = { cols, rows, stride0X, stride0Y, width0, height0, tissue };
  if (confidences.length === 1) return { ...grid, values };
  return { ...grid, values: values.subarray(0, cells), classes: { count: confidences.length, values } };
}

/** Confidences of the classes patch by patch, one plane per class, coupled from those of the pairs. */
function coupled({ svms, classes }: GridRequest, decisions: readonly Float32Array[]): Float32Array[] {
  const pairs = svms.map(({ positive, negative }) => ({
    positive: classes.indexOf(positive),
    negative: classes.indexOf(negative),
  }));
  const calibrations = svms.map(({ calibration }) => calibration);
  return classProbabilities(pairs, calibrations, decisions, classes.length);
}

function notANumber(task: SupertileTask): AppError {
  return new AppError(
    "features/run-failed",
    "Expected numbers from the network, found values that are none; choose the other backend.",
    { task },
  );
}
