import type { Executor } from "../engine/analysis/executor.ts";
import { AppError, isAbortError, isAppError, throwIfAborted } from "../engine/base/errors.ts";
import type { BackendInfo } from "../engine/features/types.ts";
import { chooseBackend, type FirstWorker } from "./choose-backend.ts";
import type { InferenceHandle } from "./inference-handle.ts";
import { afterTries, isWorthRedoing, lateError, redoneNotes } from "./pool-errors.ts";
import type { PoolOptions } from "./pool-options.ts";
import { type OpenWorker, Seat, startWorker } from "./seat.ts";
import { TaskTimes } from "./task-times.ts";
import { untilAborted, withTimeLimit } from "./time-limit.ts";

/** What any task yields: numbers that a broken device may spoil. */
interface Numbers {
  readonly data: Float32Array;
}

/** A place for one task. Two lanes share the GPU's seat, so that it is fed while it computes. */
interface Lane<Task, Found> {
  readonly seat: Seat<Task, Found>;
}

/** Opens the pool with its first worker proven on the pack's self-test. Throws when not even wasm can be had. */
export async function openPool<Task, Found extends Numbers>(
  options: PoolOptions<Task, Found>,
): Promise<Executor<Task, Found>> {
  return new InferencePool(options, await chooseBackend(options));
}

/**
 * Inference workers behind the `Executor` seam. A worker that crashes or hangs is ended and its task redone on a new one, three
 * times at most; a GPU that fails in any way is left for wasm workers, and finished tasks are kept.
 */
class InferencePool<Task, Found extends Numbers> implements Executor<Task, Found> {
  readonly #options: PoolOptions<Task, Found>;
  readonly #times = new TaskTimes();
  readonly #waiting = new Set<() => void>();
  #lanes: readonly Lane<Task, Found>[];
  #idle: Lane<Task, Found>[];
  #backend: BackendInfo;
  #redone = 0;
  #isClosed = false;

  constructor(options: PoolOptions<Task, Found>, first: FirstWorker<Task, Found>) {
    this.#options = options;
    this.#backend = first.backend;
    this.#lanes = makeLanes(first.kind, options.maxWorkers, first.worker);
    this.#idle = [...this.#lanes];
  }

  get backend(): BackendInfo {
    return this.#backend;
  }

  get concurrency(): number {
    return this.#lanes.length;
  }

  get notes(): readonly string[] {
    return redoneNotes(this.#redone);
  }

  async run(task: Task, signal?: AbortSignal): Promise<Found> {
    for (let redone = 0; ; redone++) {
      const lane = await this.#acquire(signal);
      try {
        return await this.#attempt(lane.seat, task, signal);
      } catch (error) {
        this.#judge(lane.seat, error);
        if (!isWorthRedoing(error)) throw error;
        if (redone >= this.#options.redoAtMost) throw afterTries("task", error, redone + 1);
        if (lane.seat.kind === "wasm") this.#redone += 1;
      } finally {
        this.#release(lane);
      }
    }
  }

  rest(): void {
    for (const { seat } of this.#lanes) seat.end();
  }

  close(): Promise<void> {
    this.#isClosed = true;
    for (const { seat } of this.#lanes) seat.end();
    this.#wakeAll();
    return Promise.resolve();
  }

  async #attempt(seat: Seat<Task, Found>, task: Task, signal: AbortSignal | undefined): Promise<Found> {
    const limitMs = this.#times.limitMs(this.#options.limits);
    const handle = await untilAborted(this.#workerOf(seat), signal);
    const startedMs = performance.now();
    const found = await withTimeLimit(handle.run(task), {
      limitMs,
      late: () => lateError("task", limitMs),
      ...(signal ? { signal } : {}),
    });
    if (!found.data.every(Number.isFinite)) {
      throw new AppError("features/run-failed", "Expected numbers from the network, found values that are none.");
    }
    this.#times.add(performance.now() - startedMs);
    return found;
  }

  /** A GPU that rested proves itself again; one that cannot be had any more counts as lost. */
  async #workerOf(seat: Seat<Task, Found>): Promise<InferenceHandle<Task, Found>> {
    const { kind } = seat;
    const reason = kind === "wasm" ? this.#backend.reason : null;
    try {
      return await seat.worker(() => {
        this.#throwIfClosed();
        return startWorker(this.#options, { kind, reason, selfTest: kind === "webgpu" });
      });
    } catch (cause) {
      if (kind === "wasm" || isAbortError(cause) || isWorthRedoing(cause)) throw cause;
      const why = isAppError(cause) ? cause.message : String(cause);
      throw new AppError("features/device-lost", `The GPU could not be used again: ${why}`, {}, { cause });
    }
  }

  /** Ends the worker unless it merely said that the slide cannot be read; the work of a failed GPU goes to wasm. */
  #judge(seat: Seat<Task, Found>, error: unknown): void {
    const isCancelled = isAbortError(error);
    if (!isCancelled && !isWorthRedoing(error)) return;
    seat.end();
    if (isCancelled || seat.kind === "wasm" || this.#isClosed) return;
    if (!this.#lanes.some((lane) => lane.seat === seat)) return;
    const why = isAppError(error) ? error.message : String(error);
    this.#backend = {
      ...this.#backend,
      name: "WASM",
      device: "CPU",
      reason: `WebGPU failed during the run, WebAssembly went on with it: ${why}`,
    };
    this.#lanes = makeLanes("wasm", this.#options.maxWorkers, null);
    this.#idle = [...this.#lanes];
    this.#wakeAll();
  }

  async #acquire(signal: AbortSignal | undefined): Promise<Lane<Task, Found>> {
    for (;;) {
      throwIfAborted(signal);
      this.#throwIfClosed();
      const lane = this.#idle.pop();
      if (lane) return lane;
      await this.#turn(signal);
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal?.addEventListener("abort", wake);
    });
  }

  #release(lane: Lane<Task, Found>): void {
    if (this.#lanes.includes(lane)) this.#idle.push(lane);
    const [first] = this.#waiting;
    first?.();
  }

  #throwIfClosed(): void {
    if (this.#isClosed) throw new AppError("workers/closed", "The work was dropped because the run was closed.");
  }

  #wakeAll(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}

function makeLanes<Task, Found>(
  kind: Seat["kind"],
  maxWorkers: number,
  first: OpenWorker<Task, Found> | null,
): Lane<Task, Found>[] {
  if (kind === "webgpu") {
    const seat = new Seat(kind, first);
    return [{ seat }, { seat }];
  }
  const count = Math.max(1, Math.floor(maxWorkers));
  // Lanes are taken from the end: the worker that is already open comes first.
  return Array.from({ length: count }, (_, index) => ({ seat: new Seat(kind, index === count - 1 ? first : null) }));
}
