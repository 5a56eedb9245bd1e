/** A worker's word for the lock that it holds for as long as it lives. */
interface LifeSign {
  readonly life: string;
}

/**
 * A worker that closes itself, or that the browser takes away for want of memory, tells nobody: whoever started it hears no event.
 * But the browser frees the locks of one that is gone (Web Locks API), so each worker holds one of its own and says its name. A page
 * without https has no locks; deaths are found by time limits there. Resolves once the lock is held, or never will be.
 */
export function holdLife(): Promise<void> {
  const locks: LockManager | undefined = navigator.locks;
  if (!locks) return Promise.resolve();
  const life = `palisade/worker/${crypto.randomUUID()}`;
  return new Promise((resolve) => {
    const forEver = (): Promise<never> => {
      self.postMessage({ life } satisfies LifeSign);
      resolve();
      return new Promise(() => {});
    };
    // A page that may keep nothing gets no lock either.
    locks.request(life, forEver).catch(() => resolve());
  });
}

/** Null for any other message. */
export function lifeOf(message: unknown): string | null {
  if (typeof message !== "object" || message === null || !("life" in message)) return null;
  return typeof message.life === "string" ? message.life : null;
}

/** Calls `onGone` once the worker that holds the lock is gone, unless the signal fires before. */
export function watchLife(life: string, signal: AbortSignal, onGone: () => void): void {
  navigator.locks
    .request(life, { signal }, () => {
      if (!signal.aborted) onGone();
    })
    .catch(() => {});
}
