import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type AppError, isAppError } from "../../engine/base/errors.ts";
import type { KeepingStore, StorageEstimate } from "./kept.ts";
import type { MessagesState } from "./messages.ts";

export type StorageState =
  | { readonly kind: "unknown" }
  | { readonly kind: "works" }
  /** Refused by the browser, or kept by a newer Palisade; `sentence` says which. */
  | { readonly kind: "none"; readonly sentence: string };

export interface StorageHealth {
  readonly state: ReadonlySignal<StorageState>;
  /** False once a disk was full or storage refused: unfinished runs are then no longer kept. */
  readonly isWritable: ReadonlySignal<boolean>;
  readonly estimate: ReadonlySignal<StorageEstimate | null>;
  /** Whether the browser agreed to keep this when the disk gets full; null while it was not asked. */
  readonly isPersistent: ReadonlySignal<boolean | null>;
  /** Null where storage failed: it is told once, in a sentence, and the page goes on in memory. Never throws. */
  attempt<T>(work: () => Promise<T>): Promise<T | null>;
  /** Asks once that what is kept stays when the disk gets full. */
  persist(): Promise<void>;
  refreshEstimate(): Promise<void>;
  /** There is room again. */
  recover(): void;
}

export function createStorageHealth({
  store,
  messages,
}: {
  readonly store: KeepingStore;
  readonly messages: MessagesState;
}): StorageHealth {
  const state = signal<StorageState>({ kind: "unknown" });
  const isFull = signal(false);
  const estimate = signal<StorageEstimate | null>(null);
  const isPersistent = signal<boolean | null>(null);
  let asked = false;

  function note(error: AppError): void {
    if (error.code !== "storage/full") {
      state.value = { kind: "none", sentence: error.message };
      return;
    }
    if (!isFull.value) messages.report(error);
    isFull.value = true;
  }

  async function refreshEstimate(): Promise<void> {
    estimate.value = await store.estimate().catch(() => null);
  }

  return {
    state,
    isWritable: computed(() => !isFull.value && state.value.kind !== "none"),
    estimate,
    isPersistent,
    async attempt(work) {
      try {
        const result = await work();
        state.value = { kind: "works" };
        return result;
      } catch (error) {
        if (isAppError(error, "storage/full", "storage/refused", "storage/newer-version")) note(error);
        return null;
      }
    },
    async persist() {
      if (!asked) {
        asked = true;
        isPersistent.value = await store.persist().catch(() => false);
      }
      await refreshEstimate();
    },
    refreshEstimate,
    recover() {
      isFull.value = false;
    },
  };
}
