import type { AnalysisProgress } from "./types.ts";

/** Between two reports. */
const REPORT_MS = 100;

/**
 * Passes progress on at most ten times a second. What comes too soon waits for its turn, the latest taking the place of
 * earlier ones (a map is not lost: it rides with the next report). Whoever makes one closes it.
 */
export class ProgressReporter {
  readonly #send: (progress: AnalysisProgress) => void;
  #lastMs = Number.NEGATIVE_INFINITY;
  #waiting: AnalysisProgress | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(send: (progress: AnalysisProgress) => void) {
    this.#send = send;
  }

  report(progress: AnalysisProgress): void {
    const grid = progress.grid ?? this.#waiting?.grid ?? null;
    this.#waiting = { ...progress, grid };
    const waitMs = this.#lastMs + REPORT_MS - performance.now();
    if (waitMs <= 0) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), waitMs);
  }

  /** Drops what waits. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting = null;
  }

  #flush(): void {
    const progress = this.#waiting;
    this.close();
    if (!progress) return;
    this.#lastMs = performance.now();
    this.#send(progress);
  }
}
