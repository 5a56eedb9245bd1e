import { effect } from "@preact/signals";

/** Resolves as soon as what the signals say makes it true. */
export function until(isTrue: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    let stop: (() => void) | null = null;
    stop = effect(() => {
      if (!isTrue()) return;
      resolve();
      queueMicrotask(() => stop?.());
    });
  });
}
