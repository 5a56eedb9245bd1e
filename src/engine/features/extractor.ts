import { AppError } from "../base/errors.ts";
import type { LoadedPack, ModelPack, Sampling } from "../modelpack/types.ts";
import type { Lattice, SupertilePlanes, SupertileTask } from "../patches/types.ts";
import { denseFeatures } from "./dense.ts";
import { openHeadedSession, openPatchDecider, patchBatching } from "./pack-session.ts";
import type { ReadSource } from "./source-reader.ts";
import type { Backend } from "./types.ts";

export interface ExtractorOptions {
  readonly signal?: AbortSignal;
}

/** A pack's network with its SVM, ready to compute supertiles. One run at a time; whoever opens it closes it. */
export interface Extractor {
  /**
   * `dense`: the SVMs' projections of each feature cell, SVM by SVM a plane per window, no bias. `patchwise`: the decision of each
   * patch, a plane per SVM, 0 for patches that would reach beyond the lattice: nobody needs those, and NaN
   * means that a device computes wrongly.
   * Throws `features/run-failed`, `features/device-lost`, `features/bad-model`, `analysis/mode-mismatch`, and what
   * `readSource` throws.
   */
  run(
    task: SupertileTask,
    lattice: Lattice,
    readSource: ReadSource,
    options?: ExtractorOptions,
  ): Promise<SupertilePlanes>;
  close(): Promise<void>;
}

/** Opens the pack on a backend. Throws `features/bad-model`, and `analysis/mode-mismatch` for a pack of another task. */
export async function openExtractor(from: {
  readonly backend: Backend;
  readonly loaded: LoadedPack;
}): Promise<Extractor> {
  const { backend, loaded } = from;
  return loaded.pack.sampling.mode === "dense" ? openDense(backend, loaded) : openPatchwise(backend, loaded);
}

async function openDense(backend: Backend, loaded: LoadedPack): Promise<Extractor> {
  const { pack } = loaded;
  const session = await openHeadedSession(backend, loaded);
  return {
    run: async (task, lattice, readSource, options) =>
      denseFeatures(session, pack.backbone, samplingOn(lattice, pack), readSource, task, options),
    close: () => session.close(),
  };
}

async function openPatchwise(backend: Backend, loaded: LoadedPack): Promise<Extractor> {
  const { pack } = loaded;
  const decider = await openPatchDecider(backend, loaded);
  const batching = patchBatching(backend);
  return {
    run: async (task, lattice, readSource, options) => {
      const positions = positionsOf(task, lattice);
      const decisions = await decider.decide(samplingOn(lattice, pack), readSource, positions, {
        ...batching,
        ...options,
      });
      const planes = pack.svms.length;
      const size = task.cols * task.rows;
      const data = new Float32Array(planes * size);
      positions.forEach((position, index) => {
        for (let plane = 0; plane < planes; plane++) {
          data[plane * size + position.index] = decisions[index * planes + plane]!;
        }
      });
      return { planes, cols: task.cols, rows: task.rows, data };
    },
    close: () => decider.close(),
  };
}

/** The pack's sampling at the run's stride. Throws `analysis/mode-mismatch` when the lattice is one of the other mode. */
export function samplingOn(lattice: Lattice, pack: ModelPack): Sampling {
  const isDense = lattice.windowCells.length > 0;
  if (isDense !== (pack.sampling.mode === "dense")) {
    throw new AppError(
      "analysis/mode-mismatch",
      `Expected a ${pack.sampling.mode} run for the pack "${pack.name}", found a ${isDense ? "dense" : "patchwise"} one; its SVM holds for the mode that it was trained in.`,
    );
  }
  return { ...pack.sampling, stride: lattice.stride };
}

/** Patches of the task that stand on the lattice, with their places in the task. */
export function positionsOf(task: SupertileTask, lattice: Lattice) {
  const lastCol = Math.max(0, lattice.cols - lattice.patchStrides);
  const lastRow = Math.max(0, lattice.rows - lattice.patchStrides);
  return Array.from({ length: task.rows * task.cols }, (_, index) => ({
    index,
    col: task.col + (index % task.cols) * task.step,
    row: task.row + Math.floor(index / task.cols) * task.step,
  })).filter(({ col, row }) => col <= lastCol && row <= lastRow);
}
