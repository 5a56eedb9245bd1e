import { throwIfAborted } from "../engine/base/errors.ts";

interface Waiting {
  readonly enter: () => void;
}

/** Lets a bounded number of jobs in at once, the others in the order in which they came. A job cancelled in the queue never starts. */
export class Gate {
  readonly #limit: number;
  readonly #queue: Waiting[] = [];
  #inside = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Rejects with `AbortError` when the signal fires before the job's turn. */
  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#enter(signal);
    try {
      throwIfAborted(signal);
      return await work();
    } finally {
      this.#inside -= 1;
      this.#queue.shift()?.enter();
    }
  }

  #enter(signal: AbortSignal): Promise<void> {
    throwIfAborted(signal);
    if (this.#inside < this.#limit) {
      this.#inside += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(new DOMException("The job was cancelled.", "AbortError"));
      };
      const waiting: Waiting = {
        enter: () => {
          signal.removeEventListener("abort", leave);
          this.#inside += 1;
          resolve();
        },
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#queue.push(waiting);
    });
  }
}
