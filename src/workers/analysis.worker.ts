import { expose, releaseProxy, transfer } from "comlink";
import type { TaskReport } from "../engine/analysis/earlier-work.ts";
import type { PauseGate } from "../engine/analysis/pause-gate.ts";
import { runAnalysis } from "../engine/analysis/run.ts";
import type { AnalysisProgress, AnalysisResult } from "../engine/analysis/types.ts";
import type { PatchRows } from "../engine/classification/patch-task.ts";
import { classifySlide } from "../engine/classification/run.ts";
import type { ClassificationResult } from "../engine/classification/types.ts";
import { probeWebGpu } from "../engine/features/web-gpu.ts";
import type { SupertilePlanes } from "../engine/patches/types.ts";
import type { AnalysisApi, AnalysisRequest, ClassifyRequest } from "./analysis.api.ts";
import { beginWorker } from "./begin-worker.ts";
import { probeChoice } from "./choose-backend.ts";
import { startInferenceWorker, startPatchWorker } from "./inference-handle.ts";
import { Jobs } from "./jobs.ts";
import { buffersOfPlanes, buffersOfRows, keepingTasks } from "./keeping-tasks.ts";
import { exciteNeurons } from "./neuron-run.ts";
import { planSlide } from "./plan-slide.ts";
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
  analyze: (request, job, onProgress, onTasks) =>
    run(job, [onProgress, onTasks], (signal, gate) =>
      keepingTasks(
        onTasks,
        buffersOfPlanes,
        (onTask) => analyze(request, { signal, gate, onProgress, onTask }),
        isPart,
      ),
    ),
  classify: (request, job, onProgress, onTasks) =>
    run(job, [onProgress, onTasks], (signal, gate) =>
      keepingTasks(onTasks, buffersOfRows, (onTask) => classify(request, { signal, gate, onProgress, onTask })),
    ),
  exciteNeurons: (request, job, onProgress) =>
    run(job, [onProgress], (signal) => exciteNeurons(request, signal, onProgress)),
  planSlide: (request, job) => jobs.run(job, (signal) => planSlide(request, signal)),
  probeBackend: (choice) => probeChoice(choice, probeWebGpu, DEFAULT_POOL_LIMITS.probeMs),
  cancel: (job) => jobs.cancel(job),
  pause: (job) => jobs.pause(job),
  goOn: (job) => jobs.goOn(job),
};

/** A run that left something out can be gone on with, like one that was cancelled. */
const isPart = ({ part }: AnalysisResult): boolean => part !== undefined;

type OnProgress = (progress: AnalysisProgress) => void;

interface RunParts<Found> {
  readonly signal: AbortSignal;
  readonly gate: PauseGate;
  readonly onProgress: OnProgress;
  readonly onTask: ((report: TaskReport<Found>) => void) | null;
}

function run<T>(
  job: JobId,
  callbacks: readonly (object | null)[],
  work: (signal: AbortSignal, gate: PauseGate) => Promise<T>,
): Promise<T> {
  return jobs.run(job, work).finally(() => {
    // A callback that crossed is a comlink proxy; its port stays open until it is released.
    for (const callback of callbacks) {
      if (callback && releaseProxy in callback && typeof callback[releaseProxy] === "function")
        callback[releaseProxy]();
    }
  });
}

async function analyze(request: AnalysisRequest, parts: RunParts<SupertilePlanes>): Promise<AnalysisResult> {
  const { slide: input, pack, pixelSize, stride, backend, runtimeBase, maxWorkers, earlier = null } = request;
  const { region = null, extent = "whole" } = request;
  const { signal, gate, onProgress, onTask } = parts;
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
        ...(onTask === null ? {} : { onTask }),
        ...{ region, extent, earlier, signal, gate },
        onProgress: (progress) =>
          onProgress(progress.grid ? transfer(progress, [progress.grid.values.buffer]) : progress),
      },
    });
    return transfer(result, [result.grid.values.buffer]);
  } finally {
    slide.close();
  }
}

async function classify(request: ClassifyRequest, parts: RunParts<PatchRows>): Promise<ClassificationResult> {
  const { slide: input, pack, pixelSize, backend, runtimeBase, maxWorkers, earlier = null } = request;
  const { signal, gate, onProgress, onTask } = parts;
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
      options: {
        ...(pixelSize === null ? {} : { pixelSize }),
        ...(onTask === null ? {} : { onTask }),
        ...{ earlier, signal, gate, onProgress },
      },
    });
    return transfer(result, [result.kept.buffer, result.evidence.buffer]);
  } finally {
    slide.close();
  }
}

beginWorker();
expose(api);
