import { resolvePixelSize } from "../engine/analysis/settings.ts";
import { planOfMap, type SlidePlan, shrunkTask, taskPixels } from "../engine/analysis/slide-plan.ts";
import { measureSpeed, type ProbeTask } from "../engine/analysis/speed.ts";
import { AppError, throwIfAborted } from "../engine/base/errors.ts";
import { layPatches } from "../engine/classification/patch-grid.ts";
import { planOfPatches } from "../engine/classification/slide-plan.ts";
import { probeWebGpu } from "../engine/features/web-gpu.ts";
import { planLattice } from "../engine/patches/lattice.ts";
import { planTasks } from "../engine/patches/plan.ts";
import { supertileShape } from "../engine/patches/supertile.ts";
import type { PixelSize, Slide } from "../engine/slide/types.ts";
import { tissueCells } from "../engine/tissue/cells.ts";
import { detectTissue } from "../engine/tissue/detect.ts";
import { holdsTissue } from "../engine/tissue/holds-tissue.ts";
import type { PlanRequest, SlideForecast } from "./analysis.api.ts";
import { type InferenceHandle, startInferenceWorker, startPatchWorker } from "./inference-handle.ts";
import { openPool } from "./pool.ts";
import { DEFAULT_POOL_LIMITS, REDO_AT_MOST } from "./pool-options.ts";
import { openSlideInput } from "./slide-input.ts";

/**
 * What a run would have to compute on this slide and, where `isMeasured`, how fast this computer does: by the very workers of a run, on the
 * slide's own pixels. Throws as a run does.
 */
export async function planSlide(request: PlanRequest, signal: AbortSignal): Promise<SlideForecast> {
  const { pack, pixelSize: assumed } = request;
  const startedMs = performance.now();
  const slide = await openSlideInput(request.slide);
  try {
    const pixelSize = resolvePixelSize(slide.info, assumed === null ? {} : { pixelSize: assumed });
    const parts = { slide, pixelSize, request, signal };
    const work = pack.pack.task === "classification" ? await patchWork(parts) : await mapWork(parts);
    throwIfAborted(signal);
    const plan = { ...work.plan, tissueSeconds: (performance.now() - startedMs) / 1000 };
    return { plan, speed: request.isMeasured ? await work.measure(plan) : null };
  } finally {
    slide.close();
  }
}

interface Parts {
  readonly slide: Slide;
  readonly pixelSize: PixelSize;
  readonly request: PlanRequest;
  readonly signal: AbortSignal;
}

interface Work {
  readonly plan: Omit<SlidePlan, "tissueSeconds">;
  readonly measure: (plan: SlidePlan) => Promise<SlideForecast["speed"]>;
}

async function mapWork({ slide, pixelSize, request, signal }: Parts): Promise<Work> {
  const { slide: input, runtimeBase, pack: loaded } = request;
  const { pack } = loaded;
  const { width0, height0 } = slide.info;
  const lattice = planLattice({ width0, height0, pixelSize, pack });
  const tissue = tissueCells(await detectTissue(slide, { pixelSize, signal }), lattice);
  const maxPositions = supertileShape(lattice, pack);
  const plan = planTasks(lattice, tissue, { mode: pack.sampling.mode, maxPositions });
  const probe = (index: number, pixels: number) => {
    const task = shrunkTask(pack, lattice, inTheMiddle(plan.passes.at(-1) ?? [], index), pixels);
    return { task, pixels: taskPixels(pack, lattice, task) };
  };
  const startWorker = () => startInferenceWorker({ slide: input, pack: loaded, lattice, runtimeBase });
  return {
    plan: planOfMap(pack, lattice, plan),
    measure: ({ taskPixels }) => measure(request, signal, { taskPixels, probe, startWorker }),
  };
}

async function patchWork({ slide, pixelSize, request, signal }: Parts): Promise<Work> {
  const { slide: input, runtimeBase, pack: loaded } = request;
  const { pack } = loaded;
  const { width0, height0 } = slide.info;
  const grid = layPatches({ width0, height0, pixelSize, sampling: pack.sampling });
  const mask = await detectTissue(slide, { pixelSize, signal });
  const { plan, inTissue } = planOfPatches(pack, grid, (box) => holdsTissue(mask, box));
  const patchPixels = pack.sampling.resizeTo ** 2;
  const probe = (index: number, pixels: number) => {
    const whole = inTheMiddle(inTissue, index);
    const task = { ...whole, count: Math.min(whole.count, Math.max(1, Math.floor(pixels / patchPixels))) };
    return { task, pixels: task.count * patchPixels };
  };
  const startWorker = () => startPatchWorker({ slide: input, pack: loaded, grid, runtimeBase });
  return { plan, measure: ({ taskPixels }) => measure(request, signal, { taskPixels, probe, startWorker }) };
}

interface Probing<Task, Found> {
  readonly taskPixels: number;
  readonly probe: (index: number, pixels: number) => ProbeTask<Task>;
  readonly startWorker: () => InferenceHandle<Task, Found>;
}

function measure<Task, Found extends { readonly data: Float32Array }>(
  { backend, maxWorkers }: PlanRequest,
  signal: AbortSignal,
  { startWorker, ...probing }: Probing<Task, Found>,
): Promise<SlideForecast["speed"]> {
  const pool = { choice: backend, maxWorkers, startWorker, probe: probeWebGpu, limits: DEFAULT_POOL_LIMITS };
  return measureSpeed({
    ...probing,
    signal,
    open: () => openPool({ ...pool, redoAtMost: REDO_AT_MOST, signal }),
  });
}

/** From the middle of the work on, where tissue is surest. Throws `tissue/none-found` when there is none. */
function inTheMiddle<Task>(tasks: readonly Task[], index: number): Task {
  const task = tasks[(Math.floor(tasks.length / 2) + index) % Math.max(1, tasks.length)];
  if (task !== undefined) return task;
  throw new AppError("tissue/none-found", "Expected tissue to measure on, found only glass, pen or empty field.");
}
