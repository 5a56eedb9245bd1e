/** What the time left is estimated from. */
export interface Pace {
  readonly done: number;
  readonly total: number;
  /** Tasks under way at once: until that many are done, the first ones tell nothing of the rate. */
  readonly concurrency: number;
  /** Since the first task started. */
  readonly elapsedMs: number;
}

/** Seconds left at the rate so far, or null before there is a basis for it. */
export function secondsLeft(pace: Pace): number | null {
  if (pace.done < Math.max(2, pace.concurrency)) return null;
  return ((pace.total - pace.done) * pace.elapsedMs) / pace.done / 1000;
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
