/** A worker's sign of life, beside what comlink sends: how many bytes of its files it has read so far. */
export interface Beat {
  readonly beat: number;
}

/** Between two signs of life. */
export const BEAT_MS = 500;

/**
 * Sends a sign of life now and, while this worker's thread is free, twice a second: one that is busy for ever falls silent. `bytesRead`
 * tells progress from mere life.
 */
export function beatFromHere(bytesRead: () => number): void {
  const send = (): void => self.postMessage({ beat: bytesRead() } satisfies Beat);
  send();
  setInterval(send, BEAT_MS);
}

/** Null for any other message. */
export function beatOf(message: unknown): number | null {
  if (typeof message !== "object" || message === null || !("beat" in message)) return null;
  return typeof message.beat === "number" ? message.beat : null;
}
