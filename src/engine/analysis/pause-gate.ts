import { throwIfAborted } from "../base/errors.ts";

/** Holds further tasks of a run back while it is shut. */
export class PauseGate {
  readonly #waiting = new Set<() => void>();
  #shutAtMs: number | null = null;
  #shutMs = 0;

  get isShut(): boolean {
    return this.#shutAtMs !== null;
  }

  /** Milliseconds that it has been shut, all in all. */
  get shutMs(): number {
    return this.#shutMs + (this.#shutAtMs === null ? 0 : performance.now() - this.#shutAtMs);
  }

  shut(): void {
    this.#shutAtMs ??= performance.now();
  }

  open(): void {
    this.#shutMs = this.shutMs;
    this.#shutAtMs = null;
    for (const pass of [...this.#waiting]) pass();
  }

  /** Resolves once the gate is open; rejects with `AbortError` when the signal fires before. */
  async passed(signal: AbortSignal | undefined): Promise<void> {
    while (this.isShut) {
      throwIfAborted(signal);
      await new Promise<void>((resolve) => {
        const pass = (): void => {
          this.#waiting.delete(pass);
          signal?.removeEventListener("abort", pass);
          resolve();
        };
        this.#waiting.add(pass);
        signal?.addEventListener("abort", pass);
      });
    }
    throwIfAborted(signal);
  }
}
