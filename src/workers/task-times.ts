import type { PoolLimits } from "./pool-options.ts";

/** Of so many latest tasks the median is taken. */
const REMEMBERED = 64;

/** How long tasks take, to tell a slow worker from a hung one. */
export class TaskTimes {
  readonly #latestMs: number[] = [];

  add(ms: number): void {
    this.#latestMs.push(ms);
    if (this.#latestMs.length > REMEMBERED) this.#latestMs.shift();
  }

  /** The larger of `taskMs` and `medianFactor` times the median so far. */
  limitMs(limits: Pick<PoolLimits, "taskMs" | "medianFactor">): number {
    const sorted = this.#latestMs.toSorted((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    return Math.max(limits.taskMs, limits.medianFactor * median);
  }
}
