import type { AnalysisProgress } from "../engine/analysis/types.ts";
import { probeWebGpu } from "../engine/features/web-gpu.ts";
import { exciteBag } from "../engine/pictures/excite-bag.ts";
import { channelsOf, exciteMap } from "../engine/pictures/excite-map.ts";
import { strongestNeurons } from "../engine/pictures/neurons.ts";
import { TopPatches } from "../engine/pictures/top-patches.ts";
import type { NeuronFindings, NeuronRequest } from "./analysis.api.ts";
import { startInferenceWorker, startPatchWorker } from "./inference-handle.ts";
import { openPool } from "./pool.ts";
import { DEFAULT_POOL_LIMITS, REDO_AT_MOST } from "./pool-options.ts";
import { openSlideInput } from "./slide-input.ts";

/** The places on a slide that excite the pack's strongest neurons, by the same workers as an analysis. */
export async function exciteNeurons(
  request: NeuronRequest,
  signal: AbortSignal,
  onProgress: (progress: AnalysisProgress) => void,
): Promise<NeuronFindings> {
  const { slide: input, pack, pixelSize, backend, runtimeBase, maxWorkers, rows, columns, maxTasks } = request;
  const report = (done: number, total: number) =>
    onProgress({ phase: "fine", done, total, secondsLeft: null, backend: null, grid: null });
  const neurons = strongestNeurons(pack.pack, rows);
  const pool = {
    choice: backend,
    maxWorkers,
    probe: probeWebGpu,
    limits: DEFAULT_POOL_LIMITS,
    redoAtMost: REDO_AT_MOST,
    signal,
  };
  const options = { maxTasks, signal, onProgress: report, ...(pixelSize === null ? {} : { pixelSize }) };
  const slide = await openSlideInput(input);
  try {
    const common = { slide, loaded: pack, neurons, options };
    const activations =
      pack.pack.task === "classification"
        ? await exciteBag({
            ...common,
            openExecutor: (grid) =>
              openPool({ ...pool, startWorker: () => startPatchWorker({ slide: input, pack, grid, runtimeBase }) }),
          })
        : await exciteMap({
            ...common,
            openExecutor: (lattice) => {
              const setup = { slide: input, pack, lattice, channels: channelsOf(neurons), runtimeBase };
              return openPool({ ...pool, startWorker: () => startInferenceWorker(setup) });
            },
          });
    const top = new TopPatches(neurons.length, { columns, perImage: columns });
    top.add(activations);
    const found = top.rows();
    return {
      rows: neurons.map((neuron, index) => ({ neuron, patches: found[index] ?? [] })),
      tasks: activations.tasks,
      tasksInAll: activations.tasksInAll,
    };
  } finally {
    slide.close();
  }
}
