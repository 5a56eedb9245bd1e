import type { FinishedTask, TaskReport } from "../engine/analysis/earlier-work.ts";

/** Finished tasks of a run on their way to where they are kept. */
export interface TaskBatch<Found> extends Omit<TaskReport<Found>, "task"> {
  readonly tasks: readonly FinishedTask<Found>[];
}

/** Resolves once the batch is kept, or given up. */
export type OnTasks<Found> = (batch: TaskBatch<Found>) => Promise<void> | void;

export interface BatchLimits {
  /** Sent once so many bytes wait, */
  readonly bytes: number;
  /** or the first of them has waited for so long. */
  readonly ms: number;
  /** While the one before is still being kept, so many wait at most; what comes then is left out and would be computed again. */
  readonly waitingBytes: number;
}

const LIMITS: BatchLimits = { bytes: 2 ** 20, ms: 1000, waitingBytes: 2 ** 25 };

/** Gathers finished tasks so that keeping them never holds up the run: one batch at a time, bounded in bytes and time. */
export class TaskBatches<Found> {
  readonly #send: (batch: TaskBatch<Found>) => Promise<void>;
  readonly #bytesOf: (found: Found) => number;
  readonly #limits: BatchLimits;
  #waiting: FinishedTask<Found>[] = [];
  #waitingBytes = 0;
  #last: TaskReport<Found> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #sending: Promise<void> | null = null;

  constructor(
    send: (batch: TaskBatch<Found>) => Promise<void>,
    bytesOf: (found: Found) => number,
    limits: BatchLimits = LIMITS,
  ) {
    this.#send = send;
    this.#bytesOf = bytesOf;
    this.#limits = limits;
  }

  add(report: TaskReport<Found>): void {
    const bytes = this.#bytesOf(report.task.found);
    if (this.#waiting.length > 0 && this.#waitingBytes + bytes > this.#limits.waitingBytes) return;
    this.#last = report;
    this.#waiting.push(report.task);
    this.#waitingBytes += bytes;
    if (this.#waitingBytes >= this.#limits.bytes) this.#start();
    else this.#timer ??= setTimeout(() => this.#start(), this.#limits.ms);
  }

  /** Sends what waits and resolves once all is kept; never rejects. */
  async flush(): Promise<void> {
    while (this.#sending || this.#waiting.length > 0) {
      this.#start();
      await this.#sending;
    }
  }

  /** Drops what waits. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  #start(): void {
    if (this.#sending || !this.#last || this.#waiting.length === 0) return;
    const { plan, total, seconds } = this.#last;
    const tasks = this.#waiting;
    this.close();
    // What cannot be kept is told where it is kept; here it must not end the run.
    this.#sending = this.#send({ plan, total, seconds, tasks })
      .catch(() => {})
      .then(() => {
        this.#sending = null;
        if (this.#waitingBytes >= this.#limits.bytes) this.#start();
      });
  }
}
