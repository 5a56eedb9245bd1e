import { PauseGate } from "../engine/analysis/pause-gate.ts";
import type { JobId } from "./wire.ts";

interface Job {
  readonly controller: AbortController;
  readonly gate: PauseGate;
}

/** The worker's side of cancelling and pausing: an abort signal and a gate for each call under way. */
export class Jobs {
  readonly #jobs = new Map<JobId, Job>();

  /** Runs `work` with a signal that `cancel(job)` fires, and a gate that `pause(job)` shuts. */
  async run<T>(job: JobId, work: (signal: AbortSignal, gate: PauseGate) => Promise<T>): Promise<T> {
    const parts = { controller: new AbortController(), gate: new PauseGate() };
    this.#jobs.set(job, parts);
    try {
      return await work(parts.controller.signal, parts.gate);
    } finally {
      this.#jobs.delete(job);
    }
  }

  /** A job that has ended is left alone. */
  cancel(job: JobId): void {
    this.#jobs.get(job)?.controller.abort();
  }

  pause(job: JobId): void {
    this.#jobs.get(job)?.gate.shut();
  }

  goOn(job: JobId): void {
    this.#jobs.get(job)?.gate.open();
  }
}
