import { throwIfAborted } from "../base/errors.ts";
import type { BackendInfo } from "../features/types.ts";
import type { Executor } from "./executor.ts";
import type { SlidePlan } from "./slide-plan.ts";

/** How fast a computer runs a pack, measured. */
export interface Speed {
  /** Pixels that the network sees in a second, all workers together, reading and resampling included. */
  readonly pixelsPerSecond: number;
  /** Tasks under way at once. */
  readonly concurrency: number;
  /** Until every worker is at work: runtime, network, self-test. */
  readonly startSeconds: number;
}

export interface SpeedMeasurement extends Speed {
  readonly backend: BackendInfo;
}

/** A piece of work that shows the network so many pixels. */
export interface ProbeTask<Task> {
  readonly task: Task;
  readonly pixels: number;
}

export interface SpeedRequest<Task, Found> {
  readonly open: () => Promise<Executor<Task, Found>>;
  /** A piece of the slide's own work of about so many pixels; other indices are other places. */
  readonly probe: (index: number, pixels: number) => ProbeTask<Task>;
  /** Of a whole task of the plan. */
  readonly taskPixels: number;
  /** How long it may take all in all, milliseconds. Default: 5 s. */
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
}

/** Two patches, a fifth of a second in wasm; a GPU runs whole tasks, since it compiles anew for each size. */
const FIRST_PIXELS = 320 * 320;
/** Measured at least: about half a second in wasm. */
const LEAST_PIXELS = 512 * 512;
const BUDGET_MS = 5000;
/** Of the time that is left, so that a guess that was too low does not overrun it. */
const SHARE = 0.7;

/**
 * Runs two rounds of work as a run would, one task for each worker at once: a small one, in which workers start and warm up, and one as large
 * as the time allows, at most a whole task, which is measured. Where the start alone takes all of the time the first round has to do. The
 * executor is closed.
 */
export async function measureSpeed<Task, Found>(request: SpeedRequest<Task, Found>): Promise<SpeedMeasurement> {
  const { probe, taskPixels, budgetMs = BUDGET_MS, signal } = request;
  const startedMs = performance.now();
  const executor = await request.open();
  try {
    const isGpu = executor.backend.name === "WebGPU";
    const openedMs = performance.now();
    const first = await runRound(isGpu ? taskPixels : Math.min(taskPixels, FIRST_PIXELS));
    const warmMs = performance.now();
    const leftMs = budgetMs - (warmMs - startedMs);
    if (leftMs <= 0) {
      // The start of further workers is in it: rather too slow than too fast.
      const pixelsPerSecond = (1000 * first) / (warmMs - openedMs);
      return found(pixelsPerSecond, openedMs - startedMs);
    }
    const affordable = (first / (warmMs - openedMs) / executor.concurrency) * leftMs * SHARE;
    const second = await runRound(isGpu ? taskPixels : Math.min(taskPixels, Math.max(LEAST_PIXELS, affordable)));
    const pixelsPerSecond = (1000 * second) / (performance.now() - warmMs);
    return found(pixelsPerSecond, Math.max(0, warmMs - startedMs - (1000 * first) / pixelsPerSecond));
  } finally {
    await executor.close();
  }

  function found(pixelsPerSecond: number, startMs: number): SpeedMeasurement {
    const { concurrency, backend } = executor;
    return { pixelsPerSecond, concurrency, startSeconds: startMs / 1000, backend };
  }

  /** Pixels of a round, one task for each that runs at once. */
  async function runRound(pixels: number): Promise<number> {
    throwIfAborted(signal);
    const tasks = Array.from({ length: executor.concurrency }, (_, index) => probe(index, pixels));
    await Promise.all(tasks.map(({ task }) => executor.run(task, signal)));
    return tasks.reduce((sum, task) => sum + task.pixels, 0);
  }
}

/** Seconds that so many tasks of a plan take, from the press of Analyze to the map. Tasks come in rounds, of which the last may not be full. */
export function secondsOf(
  tasks: number,
  { taskPixels, tissueSeconds }: Pick<SlidePlan, "taskPixels" | "tissueSeconds">,
  { pixelsPerSecond, concurrency, startSeconds }: Speed,
): number {
  const rounds = Math.ceil(tasks / concurrency);
  // Tissue is found while the workers start.
  return Math.max(startSeconds, tissueSeconds) + (rounds * concurrency * taskPixels) / pixelsPerSecond;
}
