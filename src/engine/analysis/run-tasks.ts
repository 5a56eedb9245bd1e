import { throwIfAborted } from "../base/errors.ts";
import type { Executor } from "./executor.ts";
import type { PauseGate } from "./pause-gate.ts";

/** A run that pauses for longer frees what computes. */
const REST_MS = 60_000;

export interface RunTasksOptions<Task, Found> {
  readonly signal?: AbortSignal;
  /** While it is shut no task is started; those under way are finished. */
  readonly gate?: PauseGate;
  /** Shut for so long, the executor may rest, milliseconds. Default: a minute. */
  readonly restMs?: number;
  /** Called once per task, in the order in which they end. */
  readonly onDone: (task: Task, found: Found) => void;
}

/**
 * Runs tasks in order, as many at once as the executor likes. Rejects with the first failure, or `AbortError` when the signal
 * fires; in both cases only after every task under way has ended.
 */
export async function runTasks<Task, Found>(
  tasks: readonly Task[],
  executor: Executor<Task, Found>,
  options: RunTasksOptions<Task, Found>,
): Promise<void> {
  const { gate } = options;
  const stop = new AbortController();
  const forward = (): void => stop.abort();
  options.signal?.addEventListener("abort", forward);
  const running = new Set<Promise<void>>();
  const start = (task: Task): void => {
    const work = executor.run(task, stop.signal).then((found) => {
      running.delete(work);
      if (!stop.signal.aborted) options.onDone(task, found);
    });
    running.add(work);
  };
  try {
    let next = 0;
    while (next < tasks.length || running.size > 0) {
      throwIfAborted(options.signal);
      const isFull = () => gate?.isShut || running.size >= Math.max(1, executor.concurrency);
      while (next < tasks.length && !isFull()) start(tasks[next++]!);
      if (running.size > 0) await Promise.race(running);
      else if (gate) await waitAt(gate, executor, options);
    }
    throwIfAborted(options.signal);
  } catch (error) {
    stop.abort();
    await Promise.allSettled(running);
    throw error;
  } finally {
    options.signal?.removeEventListener("abort", forward);
  }
}

async function waitAt(
  gate: PauseGate,
  executor: Pick<Executor, "rest">,
  { signal, restMs = REST_MS }: Pick<RunTasksOptions<unknown, unknown>, "signal" | "restMs">,
): Promise<void> {
  const timer = setTimeout(() => executor.rest?.(), restMs);
  try {
    await gate.passed(signal);
  } finally {
    clearTimeout(timer);
  }
}
