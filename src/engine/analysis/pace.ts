/** Of so many latest tasks the rate is taken, so that the estimate follows a computer that gets busy. */
const REMEMBERED = 64;

/** A run of fewer rounds than this is over before there is a better basis than its first one. */
const FEW_ROUNDS = 4;

/**
 * Estimates the time that tasks still take from those that a run finished.
 *
 * The first round, one task for each worker, holds the workers' start and says little of those to come: the rate is counted from the end of that
 * round, over the latest 64 tasks, and once as many more are done as run at once. Only a run of few rounds is judged by its first one, which
 * makes the estimate rather too long.
 */
export class PaceEstimate {
  readonly #concurrency: number;
  readonly #total: number;
  #latest: { readonly done: number; readonly elapsedMs: number }[] = [];

  /** `total`: tasks of the run; `concurrency`: how many run at once. */
  constructor(total: number, concurrency: number) {
    this.#total = total;
    this.#concurrency = Math.max(1, concurrency);
  }

  /** One more task has ended: `done` tasks in `elapsedMs`, pauses left out. */
  ended(done: number, elapsedMs: number): void {
    this.#latest.push({ done, elapsedMs });
    if (done === this.#concurrency) this.#latest = this.#latest.slice(-1);
    if (this.#latest.length > REMEMBERED) this.#latest.shift();
  }

  /** Seconds that so many tasks take, or null before there is a basis for it. */
  secondsFor(tasks: number): number | null {
    if (tasks <= 0) return 0;
    const perTaskMs = this.#perTaskMs();
    return perTaskMs === null ? null : (tasks * perTaskMs) / 1000;
  }

  #perTaskMs(): number | null {
    const oldest = this.#latest[0];
    const newest = this.#latest.at(-1);
    if (!oldest || !newest || newest.done < this.#concurrency) return null;
    const since = newest.done - oldest.done;
    if (since >= Math.max(2, this.#concurrency)) return (newest.elapsedMs - oldest.elapsedMs) / since;
    const isShort = this.#total < FEW_ROUNDS * this.#concurrency;
    return isShort && newest.done >= 2 ? newest.elapsedMs / newest.done : null;
  }
}

/** Says when a map is due: at most four times a second, and never for more than a fifth of the time. */
export class MapClock {
  #nextMs = Number.NEGATIVE_INFINITY;

  isDue(): boolean {
    return performance.now() >= this.#nextMs;
  }

  /** Runs `draw` and puts the next map off by 250 ms, or by four times what this one took. */
  time<T>(draw: () => T): T {
    const startedMs = performance.now();
    const result = draw();
    const endedMs = performance.now();
    this.#nextMs = endedMs + Math.max(250, 4 * (endedMs - startedMs));
    return result;
  }
}
