import type { Executor } from "../analysis/executor.ts";
import { sourceReader } from "../analysis/extractor-executor.ts";
import { throwIfAborted } from "../base/errors.ts";
import { selectColumns } from "../features/bag.ts";
import { openPlainSession, patchBatching } from "../features/pack-session.ts";
import { featuresOfPatches } from "../features/patchwise.ts";
import type { ReadSource } from "../features/source-reader.ts";
import type { Backend } from "../features/types.ts";
import type { LoadedPack } from "../modelpack/types.ts";
import type { RgbaImage, Slide } from "../slide/types.ts";
import { isBlankPatch } from "./blank-patch.ts";
import { type PatchGrid, patchCorner } from "./patch-grid.ts";
import type { PatchRows, PatchTask } from "./patch-task.ts";

export type PatchExecutor = Executor<PatchTask, PatchRows>;

/**
 * Computes patches of a slide in this very thread with one session of the pack's network; the next task is read while the network is
 * busy. Throws `features/bad-model`. Whoever opens it closes it.
 */
export async function openPatchExecutor(parts: {
  readonly slide: Slide;
  readonly grid: PatchGrid;
  readonly loaded: LoadedPack;
  readonly backend: Backend;
}): Promise<PatchExecutor> {
  const { slide, grid, loaded, backend } = parts;
  const { backbone, sampling, selected } = loaded.pack;
  const session = await openPlainSession(backend, loaded);
  const readSource = sourceReader(slide, grid);
  return {
    backend: backend.info,
    concurrency: 2,
    run: async (task, signal) => {
      const { kept, patches } = await readKeptPatches(readSource, grid, task, signal);
      const options = { ...patchBatching(backend), ...(signal ? { signal } : {}) };
      const {
        data: features,
        rows,
        channels: cols,
      } = await featuresOfPatches(session, backbone, sampling.resizeTo, patches, options);
      throwIfAborted(signal);
      const { features: data } = selectColumns({ features, rows, cols }, selected);
      return { kept, data: new Float32Array(data) };
    },
    close: () => session.close(),
  };
}

/** The task's patches that are not blank, and which these are. Reads them one by one: they overlap by a quarter only. */
export async function readKeptPatches(
  readSource: ReadSource,
  grid: PatchGrid,
  task: PatchTask,
  signal?: AbortSignal,
): Promise<{ readonly kept: Uint8Array<ArrayBuffer>; readonly patches: readonly RgbaImage[] }> {
  const kept = new Uint8Array(task.count);
  const patches: RgbaImage[] = [];
  for (let k = 0; k < task.count; k++) {
    throwIfAborted(signal);
    const { x, y } = patchCorner(grid, task.first + k);
    const patch = await readSource(x, y, grid.patch, grid.patch);
    if (isBlankPatch(patch)) continue;
    kept[k] = 1;
    patches.push(patch);
  }
  return { kept, patches };
}
