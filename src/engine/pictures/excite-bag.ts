import { runTasks } from "../analysis/run-tasks.ts";
import { refuseFluorescence, resolvePixelSize } from "../analysis/settings.ts";
import type { PatchExecutor } from "../classification/patch-executor.ts";
import { layPatches, type PatchGrid, patchBox } from "../classification/patch-grid.ts";
import { planPatchTasks } from "../classification/patch-task.ts";
import type { LoadedPack } from "../modelpack/types.ts";
import type { Slide } from "../slide/types.ts";
import type { ExciteOptions, SlideActivations } from "./excite-map.ts";
import type { Neuron } from "./neurons.ts";

export interface ExciteBagRequest {
  readonly slide: Slide;
  readonly loaded: LoadedPack;
  readonly neurons: readonly Neuron[];
  /** Opens what computes the pack's selected features; closed here. */
  readonly openExecutor: (grid: PatchGrid, options: { readonly signal: AbortSignal }) => Promise<PatchExecutor>;
  readonly options?: ExciteOptions;
}

/**
 * How much each neuron of a classification pack is excited by each patch of a slide, on the very patches that the classification
 * looks at; blank ones have no value. Throws as `classifySlide`.
 */
export async function exciteBag(request: ExciteBagRequest): Promise<SlideActivations> {
  const { slide, loaded, neurons, options = {} } = request;
  const { sampling, selected, backbone } = loaded.pack;
  const { width0, height0 } = slide.info;
  refuseFluorescence(slide.info);
  const pixelSize = resolvePixelSize(slide.info, options);
  const grid = layPatches({ width0, height0, pixelSize, sampling });
  const all = planPatchTasks(grid);
  const count = Math.min(all.length, options.maxTasks ?? all.length);
  const tasks = Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]!);
  const values = neurons.map(() => new Float32Array(grid.lefts.length * grid.tops.length).fill(Number.NaN));
  const features = selected?.length ?? backbone.channels;
  const executor = await request.openExecutor(grid, { signal: options.signal ?? new AbortController().signal });
  try {
    let done = 0;
    options.onProgress?.(0, tasks.length);
    await runTasks(tasks, executor, {
      ...(options.signal ? { signal: options.signal } : {}),
      onDone: (task, { kept, data }) => {
        let row = 0;
        for (let k = 0; k < task.count; k++) {
          if (kept[k] !== 1) continue;
          for (const [index, { feature }] of neurons.entries()) {
            values[index]![task.first + k] = data[row * features + feature]!;
          }
          row++;
        }
        options.onProgress?.(++done, tasks.length);
      },
    });
  } finally {
    await executor.close();
  }
  return { values, box: (_, patch) => patchBox(grid, patch), pixelSize, tasks: count, tasksInAll: all.length };
}
