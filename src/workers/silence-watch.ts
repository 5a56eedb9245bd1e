/** How long a worker that owes an answer may say nothing; `hasSpoken` is false until its first message, since its code may come over a slow line. */
export type SilenceLimit = (hasSpoken: boolean) => number;

/** Between two looks. */
const TICK_MS = 250;

/**
 * Tells when a worker that should answer has said nothing for too long. Only time in which this thread itself was awake counts: a laptop that
 * slept, or a tab in the background, accuses nobody.
 */
export class SilenceWatch {
  readonly #limitMs: SilenceLimit;
  readonly #onSilent: () => void;
  #timer: ReturnType<typeof setInterval> | null = null;
  #lastTickMs = 0;
  #silentMs = 0;
  #hasSpoken = false;

  constructor(limitMs: SilenceLimit, onSilent: () => void) {
    this.#limitMs = limitMs;
    this.#onSilent = onSilent;
  }

  /** The worker said something. */
  heard(): void {
    this.#hasSpoken = true;
    this.#silentMs = 0;
  }

  /** From now on it should speak. */
  start(): void {
    if (this.#timer !== null) return;
    this.#silentMs = 0;
    this.#lastTickMs = performance.now();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** It has nothing to answer. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #tick(): void {
    const nowMs = performance.now();
    this.#silentMs += Math.min(nowMs - this.#lastTickMs, 4 * TICK_MS);
    this.#lastTickMs = nowMs;
    if (this.#silentMs < this.#limitMs(this.#hasSpoken)) return;
    this.stop();
    this.#onSilent();
  }
}
