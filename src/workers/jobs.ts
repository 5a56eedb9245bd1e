import type { JobId } from "./wire.ts";

/** The worker's side of cancelling: an abort signal for each call under way. */
export class Jobs {
  readonly #controllers = new Map<JobId, AbortController>();

  /** Runs `work` with a signal that `cancel(job)` fires. */
  async run<T>(job: JobId, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#controllers.set(job, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#controllers.delete(job);
    }
  }

  /** A job that has ended is left alone. */
  cancel(job: JobId): void {
    this.#controllers.get(job)?.abort();
  }
}
