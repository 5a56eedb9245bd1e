import { effect, type ReadonlySignal } from "@preact/signals";
import type { KeepingStore } from "./kept.ts";
import type { QueuedSlide, QueueList } from "./queue-list.ts";
import type { RunKeeper } from "./run-keeper.ts";
import type { SettingsState } from "./settings.ts";
import type { StorageHealth } from "./storage-health.ts";

/** A slide of the list as it outlives the tab: without its files. */
export type KeptQueuedSlide = Pick<
  QueuedSlide,
  "name" | "byteSize" | "handles" | "identity" | "known" | "pixelSize" | "state"
>;

export interface KeptQueue {
  /** Of the model that was chosen for the list; null before it was. */
  readonly packId: string | null;
  readonly slides: readonly KeptQueuedSlide[];
}

/** Where the list rests between visits; a store that fails keeps quiet and forgets. */
export interface QueueStore {
  /** Null where there is none, or it is damaged. */
  load(): Promise<KeptQueue | null>;
  save(queue: KeptQueue): void;
}

export interface QueueKeepingDeps {
  readonly list: QueueList;
  readonly packId: ReadonlySignal<string | null>;
  readonly queueStore: QueueStore;
  readonly store: KeepingStore;
  readonly health: StorageHealth;
  readonly keeper: Pick<RunKeeper, "forgotten">;
  readonly settings: Pick<SettingsState, "keep">;
}

const REST_MS = 400;

/** Keeps the list over a reload, where slides are kept at all. Returns what brings it back. */
export function keepQueue(deps: QueueKeepingDeps): () => Promise<string | null> {
  const { list, packId, queueStore, store, health, keeper, settings } = deps;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: readonly QueuedSlide[] = list.slides.value;

  effect(() => {
    const slides = list.slides.value;
    const pack = packId.value;
    clearTimeout(timer);
    if (!settings.keep.value || slides === last) return;
    timer = setTimeout(() => {
      last = slides;
      queueStore.save({ packId: pack, slides: slides.map(keptSlide) });
    }, REST_MS);
  });

  // Forgetting a slide forgets its name in the list as well.
  effect(() => {
    const gone = keeper.forgotten.value;
    if (!gone) return;
    list.remove(({ known }) => gone.slide === null || known?.fingerprint.sha256 === gone.slide);
    // Saving an empty list would make a new database after everything was deleted.
    if (gone.slide === null) last = list.slides.peek();
    clearTimeout(timer);
    if (gone.slide !== null) queueStore.save({ packId: packId.peek(), slides: list.slides.peek().map(keptSlide) });
  });

  async function restore(): Promise<string | null> {
    const kept = await queueStore.load();
    if (!kept || list.slides.value.length > 0) return null;
    const slides: Omit<QueuedSlide, "id">[] = [];
    for (const slide of kept.slides) slides.push(await restored(slide));
    if (list.slides.value.length > 0) return null;
    list.add(slides);
    last = list.slides.value;
    return kept.packId;
  }

  async function restored(slide: KeptQueuedSlide): Promise<Omit<QueuedSlide, "id">> {
    const sha256 = slide.known?.fingerprint.sha256 ?? null;
    const recent = sha256 === null ? null : await health.attempt(() => store.slide(sha256));
    const common = { ...slide, files: [], isOverruled: false, thumbnail: recent?.thumbnail ?? null };
    const { state } = slide;
    if (state.kind !== "done" || sha256 === null) return common;
    const results = (await health.attempt(() => store.results(sha256))) ?? [];
    const isAtHand = results.some(({ subject }) => subject.packSha256 === state.figures.packSha256);
    return { ...common, state: { ...state, isAtHand } };
  }

  return restore;
}

function keptSlide({ name, byteSize, handles, identity, known, pixelSize, state }: QueuedSlide): KeptQueuedSlide {
  const isUnderWay = state.kind === "running";
  return { name, byteSize, handles, identity, known, pixelSize, state: isUnderWay ? { kind: "waiting" } : state };
}
