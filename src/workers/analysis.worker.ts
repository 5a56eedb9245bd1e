import { expose, releaseProxy, transfer } from "comlink";
import { runAnalysis } from "../engine/analysis/run.ts";
import type { AnalysisProgress, AnalysisResult } from "../engine/analysis/types.ts";
import { classifySlide } from "../engine/classification/run.ts";
import type { ClassificationResult } from "../engine/classification/types.ts";
import { probeWebGpu } from "../engine/features/web-gpu.ts";
import type { AnalysisApi, AnalysisRequest, ClassifyRequest } from "./analysis.api.ts";
import { beginWorker } from "./begin-worker.ts";
import { probeChoice } from "./choose-backend.ts";
import { startInferenceWorker, startPatchWorker } from "./inference-handle.ts";
import { Jobs } from "./jobs.ts";
import { exciteNeurons } from "./neuron-run.ts";
import { openPool } from "./pool.ts";
import { DEFAULT_POOL_LIMITS, REDO_AT_MOST } from "./pool-options.ts";
import { openSlideInput } from "./slide-input.ts";
import type { JobId } from "./wire.ts";

const jobs = new Jobs();

const OPENING: AnalysisProgress = {
  phase: "opening",
  done: 0,
  total: 0,
  secondsLeft: null,
  backend: null,
  grid: null,
};

const api: AnalysisApi = {
  analyze: (request, job, onProgress) => run(job, onProgress, (signal) => analyze(request, signal, onProgress)),
  classify: (request, job, onProgress) => run(job, onProgress, (signal) => classify(request, signal, onProgress)),
  exciteNeurons: (request, job, onProgress) =>
    run(job, onProgress, (signal) => exciteNeurons(request, signal, onProgress)),
  probeBackend: (choice) => probeChoice(choice, probeWebGpu, DEFAULT_POOL_LIMITS.probeMs),
  cancel: (job) => jobs.cancel(job),
};

type OnProgress = (progress: AnalysisProgress) => void;

function run<T>(job: JobId, onProgress: OnProgress, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return jobs.run(job, work).finally(() => {
    // A callback that crossed is a comlink proxy; its port stays open until it is released.
    if (releaseProxy in onProgress && typeof onProgress[releaseProxy] === "function") onProgress[releaseProxy]();
  });
}

async function analyze(request: AnalysisRequest, signal: AbortSignal, onProgress: OnProgress): Promise<AnalysisResult> {
  const { slide: input, pack, pixelSize, stride, backend, runtimeBase, maxWorkers } = request;
  onProgress(OPENING);
  const slide = await openSlideInput(input);
  try {
    const result = await runAnalysis({
      slide,
      loaded: pack,
      openExecutor: (lattice, { signal: stop }) =>
        openPool({
          choice: backend,
          maxWorkers,
          startWorker: () => startInferenceWorker({ slide: input, pack, lattice, runtimeBase }),
          probe: probeWebGpu,
          limits: DEFAULT_POOL_LIMITS,
          redoAtMost: REDO_AT_MOST,
          signal: stop,
        }),
      options: {
        ...(pixelSize === null ? {} : { pixelSize }),
        ...(stride === null ? {} : { stride }),
        signal,
        onProgress: (progress) =>
          onProgress(progress.grid ? transfer(progress, [progress.grid.values.buffer]) : progress),
      },
    });
    return transfer(result, [result.grid.values.buffer]);
  } finally {
    slide.close();
  }
}

async function classify(
  request: ClassifyRequest,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<ClassificationResult> {
  const { slide: input, pack, pixelSize, backend, runtimeBase, maxWorkers } = request;
  onProgress(OPENING);
  const slide = await openSlideInput(input);
  try {
    const result = await classifySlide({
      slide,
      loaded: pack,
      openExecutor: (grid, { signal: stop }) =>
        openPool({
          choice: backend,
          maxWorkers,
          startWorker: () => startPatchWorker({ slide: input, pack, grid, runtimeBase }),
          probe: probeWebGpu,
          limits: DEFAULT_POOL_LIMITS,
          redoAtMost: REDO_AT_MOST,
          signal: stop,
        }),
      options: { ...(pixelSize === null ? {} : { pixelSize }), signal, onProgress },
    });
    return transfer(result, [result.kept.buffer, result.evidence.buffer]);
  } finally {
    slide.close();
  }
}

beginWorker();
expose(api);
