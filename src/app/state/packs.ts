import { type ReadonlySignal, signal } from "@preact/signals";
import type { LoadedPack } from "../../engine/modelpack/types.ts";
import type { MessagesState } from "./messages.ts";

/** One line of `models/index.json`. */
export interface PackEntry {
  readonly id: string;
  readonly name: string;
}

export type PackState =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly loaded: LoadedPack }
  | { readonly kind: "failed" };

export interface PacksDeps {
  readonly listPacks: () => Promise<readonly PackEntry[]>;
  readonly loadPack: (id: string) => Promise<LoadedPack>;
  /** Address of the pack's card. */
  readonly cardUrl: (id: string) => string;
  readonly messages: MessagesState;
}

export interface PacksState {
  readonly entries: ReadonlySignal<readonly PackEntry[]>;
  readonly selectedId: ReadonlySignal<string | null>;
  readonly pack: ReadonlySignal<PackState>;
  /** Lists the shipped packs and loads the first. */
  start(): Promise<void>;
  select(id: string): Promise<void>;
  cardUrl(id: string): string;
}

export function createPacks(deps: PacksDeps): PacksState {
  const entries = signal<readonly PackEntry[]>([]);
  const selectedId = signal<string | null>(null);
  const pack = signal<PackState>({ kind: "loading" });

  async function select(id: string): Promise<void> {
    selectedId.value = id;
    pack.value = { kind: "loading" };
    try {
      const loaded = await deps.loadPack(id);
      if (selectedId.value === id) pack.value = { kind: "ready", loaded };
    } catch (error) {
      if (selectedId.value !== id) return;
      pack.value = { kind: "failed" };
      deps.messages.report(error);
    }
  }

  return {
    entries,
    selectedId,
    pack,
    select,
    cardUrl: deps.cardUrl,
    async start() {
      try {
        entries.value = await deps.listPacks();
      } catch (error) {
        pack.value = { kind: "failed" };
        deps.messages.report(error);
        return;
      }
      const first = entries.value[0];
      if (first) await select(first.id);
      else pack.value = { kind: "failed" };
    },
  };
}
