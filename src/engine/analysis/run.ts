import { AppError, isAbortError, throwIfAborted } from "../base/errors.ts";
import { segmentationSvms } from "../features/pack-head.ts";
import type { ConfidenceGrid } from "../heatmap/types.ts";
import type { BinarySvm, LoadedPack } from "../modelpack/types.ts";
import { planLattice } from "../patches/lattice.ts";
import { type Plan, planTasks, type TaskShape } from "../patches/plan.ts";
import { supertileShape } from "../patches/supertile.ts";
import type { Lattice } from "../patches/types.ts";
import type { PixelSize, Slide } from "../slide/types.ts";
import { tissueCells } from "../tissue/cells.ts";
import { detectTissue } from "../tissue/detect.ts";
import type { TissueOptions } from "../tissue/options.ts";
import { backendNotes, earlierTasks, type FinishedTask, planName } from "./earlier-work.ts";
import type { Executor } from "./executor.ts";
import { emptyPlanes, finalGrid, mergeTask, partialGrid } from "./lattice-planes.ts";
import { MapClock, PaceEstimate } from "./pace.ts";
import { ProgressReporter } from "./progress.ts";
import { partNotes, partOf } from "./result-part.ts";
import { orderRun, type RunOrder, RunTally } from "./run-order.ts";
import { runTasks } from "./run-tasks.ts";
import { checkMode, refuseFluorescence, resolvePixelSize, runNotes } from "./settings.ts";
import type { AnalysisOptions, AnalysisProgress, AnalysisResult } from "./types.ts";

/**
 * Opens what computes the tasks of a lattice: workers, sessions, self-tests. The run closes it. Gives up soon after the signal
 * fires: the run was cancelled, or there is no tissue to compute.
 */
export type ExecutorFactory = (lattice: Lattice, options: { readonly signal: AbortSignal }) => Promise<Executor>;

export interface AnalysisRequest {
  readonly slide: Slide;
  readonly loaded: LoadedPack;
  readonly openExecutor: ExecutorFactory;
  readonly options?: AnalysisOptions;
  /** How large tasks may be. Never changes the result. Default: `supertileShape`. */
  readonly maxPositions?: number | TaskShape;
}

/**
 * From an open slide and a pack to the confidence map: find tissue, plan, compute coarse to fine, merge. The result depends
 * on slide, pack and options, never on how many workers ran or in what order.
 *
 * Throws `slide/pixel-size-unknown`, `analysis/not-brightfield`, `analysis/mode-mismatch`, `analysis/out-of-range` (stride, pixel size), `tissue/none-found`, what
 * reading and running throw, and `AbortError` after `options.signal` fired; by then no task is left running.
 */
export async function runAnalysis(request: AnalysisRequest): Promise<AnalysisResult> {
  const { slide, loaded, options = {} } = request;
  const { pack } = loaded;
  const startedAt = new Date();
  const startedMs = performance.now();
  checkMode(pack, options.mode);
  refuseFluorescence(slide.info);
  const svms = segmentationSvms(pack);
  const { classes } = pack;
  const pixelSize = resolvePixelSize(slide.info, options);
  const { width0, height0 } = slide.info;
  const lattice = planLattice({
    width0,
    height0,
    pixelSize,
    pack,
    ...(options.stride === undefined ? {} : { stride: options.stride }),
  });
  throwIfAborted(options.signal);

  const reporter = new ProgressReporter(options.onProgress ?? (() => {}));
  try {
    reporter.report(step("tissue"));
    const { tissue, executor } = await prepare(request, lattice, pixelSize, reporter);
    try {
      const plan = planTasks(lattice, tissue, {
        mode: pack.sampling.mode,
        maxPositions: request.maxPositions ?? supertileShape(lattice, pack),
      });
      const order = orderRun(plan, lattice, tissue, options);
      const part = partOf(options, pack, lattice, plan);
      const isKept = options.earlier || options.onTask;
      const name = isKept ? await planName(loaded.packSha256, lattice, plan) : null;
      const earlier = earlierTasks(options.earlier, name);
      const earlierSeconds = earlier.size > 0 ? (options.earlier?.seconds ?? 0) : 0;
      const secondsSoFar = () => earlierSeconds + (performance.now() - startedMs - (options.gate?.shutMs ?? 0)) / 1000;
      const grid = await compute({
        ...{ lattice, svms, classes, plan, order, executor, reporter, options },
        isCoarse: part?.kind === "coarse",
        earlier,
        onTask: (task, total) => {
          if (name !== null) options.onTask?.({ plan: name, total, seconds: secondsSoFar(), task });
        },
      });
      return {
        grid,
        ...(part ? { part } : {}),
        pixelSize,
        backend: executor.backend,
        packId: pack.id,
        packSha256: loaded.packSha256,
        mode: pack.sampling.mode,
        stride: lattice.stride,
        colour: slide.info.colour,
        startedAt: startedAt.toISOString(),
        seconds: secondsSoFar(),
        notes: [
          ...partNotes(part),
          ...runNotes(slide.info, pixelSize, pack, lattice),
          ...backendNotes(earlier.values(), executor.backend),
          ...(executor.notes ?? []),
        ],
      };
    } finally {
      await executor.close();
    }
  } finally {
    reporter.close();
  }
}

/** Finds the tissue while the executor opens; neither outlives the failure of the other. */
async function prepare(request: AnalysisRequest, lattice: Lattice, pixelSize: PixelSize, reporter: ProgressReporter) {
  const stop = new AbortController();
  const forward = (): void => stop.abort();
  const signal = request.options?.signal;
  signal?.addEventListener("abort", forward);
  const opening = request.openExecutor(lattice, { signal: stop.signal });
  // Its failure is heard below; while the tissue is being found it must not count as unhandled.
  opening.catch(forward);
  try {
    const tissue = await findTissue(request.slide, lattice, { pixelSize, signal: stop.signal });
    throwIfAborted(signal);
    reporter.report(step("warming-up"));
    const executor = await opening;
    return { tissue, executor };
  } catch (error) {
    stop.abort();
    const executor = await opening.catch((cause: unknown) => {
      if (isAbortError(error) && !isAbortError(cause)) throw cause;
    });
    await executor?.close();
    throw error;
  } finally {
    signal?.removeEventListener("abort", forward);
  }
}

async function findTissue(slide: Slide, lattice: Lattice, options: TissueOptions): Promise<Uint8Array<ArrayBuffer>> {
  const tissue = tissueCells(await detectTissue(slide, options), lattice);
  if (tissue.includes(1)) return tissue;
  throw new AppError(
    "tissue/none-found",
    `Expected tissue on "${slide.info.name}", found only glass, pen or empty field; check that this is the right slide.`,
  );
}

interface Computation {
  readonly lattice: Lattice;
  readonly svms: readonly BinarySvm[];
  readonly classes: readonly string[];
  readonly plan: Plan;
  readonly order: RunOrder;
  /** Ends with the coarse pass: its patches stand for the others. */
  readonly isCoarse: boolean;
  readonly executor: Executor;
  readonly reporter: ProgressReporter;
  readonly options: AnalysisOptions;
  /** By task id: what need not be computed again. */
  readonly earlier: ReadonlyMap<number, FinishedTask>;
  readonly onTask: (task: FinishedTask, total: number) => void;
}

async function compute(parts: Computation): Promise<ConfidenceGrid> {
  const { lattice, svms, classes, plan, order, executor, reporter, options, earlier } = parts;
  const planned = plan.passes.flat();
  const ordered = [...order.region, ...order.rest];
  const left = ordered.filter(({ id }) => !earlier.has(id));
  const planes = emptyPlanes(lattice, svms.length);
  const request = { lattice, planes, tissue: order.tissue, svms, classes };
  const tally = new RunTally(order, plan.passes.length);
  const pace = new PaceEstimate(left.length, executor.concurrency);
  const clock = new MapClock();
  const { signal, gate } = options;
  const shutBeforeMs = gate?.shutMs ?? 0;
  const startedMs = performance.now();
  let hasShownRegion = false;
  const report = (): void => {
    const { done, total, regionDone, regionTotal } = tally;
    const isDue = done > 0 && done < total && clock.isDue();
    const isRegionDue = options.region && done > 0 && regionDone === regionTotal && !hasShownRegion;
    const grid = isDue || isRegionDue ? clock.time(() => partialGrid(request, plan.coarseStep)) : null;
    if (isRegionDue) hasShownRegion = true;
    reporter.report({
      phase: tally.phase,
      done,
      total,
      secondsLeft: pace.secondsFor(total - done),
      backend: executor.backend,
      grid,
      region: regionTotal === 0 ? null : regionProgress(tally, pace),
    });
  };
  // Also what a run in another order, or of another extent, finished: it may help the map, though it counts for nothing here.
  for (const task of planned) {
    const kept = earlier.get(task.id);
    if (kept) mergeTask(planes, lattice, plan.needed, task, kept.found);
  }
  for (const task of ordered) if (earlier.has(task.id)) tally.add(task);
  const doneBefore = tally.done;
  report();
  await runTasks(left, executor, {
    ...(signal ? { signal } : {}),
    ...(gate ? { gate } : {}),
    onDone: (task, found) => {
      mergeTask(planes, lattice, plan.needed, task, found);
      tally.add(task);
      pace.ended(tally.done - doneBefore, performance.now() - startedMs - (gate?.shutMs ?? 0) + shutBeforeMs);
      parts.onTask({ id: task.id, found, backend: executor.backend.name }, planned.length);
      report();
    },
  });
  return parts.isCoarse ? partialGrid(request, plan.coarseStep) : finalGrid(request);
}

function regionProgress({ regionDone, regionTotal }: RunTally, pace: PaceEstimate) {
  const secondsLeft = pace.secondsFor(regionTotal - regionDone);
  return { done: regionDone, total: regionTotal, secondsLeft };
}

function step(phase: AnalysisProgress["phase"]): AnalysisProgress {
  return { phase, done: 0, total: 0, secondsLeft: null, backend: null, grid: null };
}
