import { throwIfAborted } from "../base/errors.ts";
import type { Executor } from "./executor.ts";

export interface RunTasksOptions<Task, Found> {
  readonly signal?: AbortSignal;
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
      while (next < tasks.length && running.size < Math.max(1, executor.concurrency)) start(tasks[next++]!);
      await Promise.race(running);
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
