export interface TimeLimitOptions {
  readonly limitMs: number;
  /** What to reject with when the time is up. */
  readonly late: () => Error;
  readonly signal?: AbortSignal;
}

/** Settles as `work` does, or rejects when the time is up or the signal fires, whichever comes first. `work` itself goes on. */
export async function withTimeLimit<T>(work: Promise<T>, options: TimeLimitOptions): Promise<T> {
  const { limitMs, late, signal } = options;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), limitMs);
  });
  try {
    return await untilAborted(Promise.race([work, limit]), signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Settles as `work` does, or rejects with `AbortError` as soon as the signal fires. `work` itself goes on. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new DOMException("The job was cancelled.", "AbortError"));
    signal.addEventListener("abort", abort);
    if (signal.aborted) abort();
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
