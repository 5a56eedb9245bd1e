/** A place in the queue for a piece of work that only one tab at a time may keep. */
export interface WorkClaim {
  /** Resolves once it is known whether another tab has it. */
  readonly answered: Promise<void>;
  /** Gives it up, held or still waited for. */
  release(): void;
}

/** Claims work by its name; `onTurn` hears whether it is this tab's, and again when the other tab leaves it. */
export type ClaimWork = (name: string, onTurn: (isMine: boolean) => void) => WorkClaim;

/** By the browser's locks, which end with the tab. Without them (pages served over plain http) every tab writes: same work, same numbers. */
export const claimByLock: ClaimWork = (name, onTurn) => {
  // Missing where the page is served over plain http.
  const locks: LockManager | undefined = navigator.locks;
  if (!locks) {
    onTurn(true);
    return { answered: Promise.resolve(), release: () => {} };
  }
  const waiting = new AbortController();
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const hold = (): Promise<void> => {
    onTurn(true);
    return released;
  };
  const lock = `palisade ${name}`;
  const answered = new Promise<void>((resolve) => {
    const atOnce = locks.request(lock, { ifAvailable: true }, (held) => {
      if (held) {
        const holding = hold();
        resolve();
        return holding;
      }
      onTurn(false);
      resolve();
      locks.request(lock, { signal: waiting.signal }, hold).catch(() => {});
      return undefined;
    });
    // A browser that refuses locks lets every tab write.
    atOnce.catch(() => {
      onTurn(true);
      resolve();
    });
  });
  return {
    answered,
    release() {
      waiting.abort();
      release();
    },
  };
};

/** Whether any tab, this one included, is at it. */
export async function isWorkClaimed(name: string): Promise<boolean> {
  const locks: LockManager | undefined = navigator.locks;
  const found = await locks?.query().catch(() => null);
  return found?.held?.some((lock) => lock.name === `palisade ${name}`) ?? false;
}
