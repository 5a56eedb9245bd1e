import { type ReadonlySignal, signal } from "@preact/signals";
import type { LoadedPack } from "../../engine/modelpack/types.ts";
import { resultModelOf } from "../../engine/resultfile/model.ts";
import { type KeepingStore, type KeptResult, subjectKey } from "./kept.ts";
import type { PixelSizeStore } from "./pixel-size.ts";
import { failedState, type QueuedSlide, type QueueList } from "./queue-list.ts";
import type { ResultCache } from "./result-cache.ts";
import { openSubject } from "./run-subject.ts";
import type { OpenSlide, SlideDeps } from "./slide.ts";
import { figuresOf } from "./slide-figures.ts";
import type { StorageHealth } from "./storage-health.ts";

export interface QueueReadingDeps {
  readonly list: QueueList;
  readonly openSlide: SlideDeps["openSlide"];
  readonly pixelSizes: PixelSizeStore;
  readonly store: KeepingStore;
  readonly health: StorageHealth;
  readonly cache: ResultCache;
  readonly makeThumbnail: (slide: Pick<OpenSlide, "client">) => Promise<Blob | null>;
  /** The model of the list; resolves to null where none can be loaded. */
  readonly model: () => Promise<LoadedPack | null>;
}

export interface QueueReading {
  /** True while slides are opened, one after the other, to see what they are. */
  readonly isReading: ReadonlySignal<boolean>;
  /** Opens all that were not opened yet. */
  readAll(): Promise<void>;
  /** Says anew whether a slide is done, waits, or lacks its pixel size; leaves alone what runs. */
  settle(id: number): Promise<void>;
}

/** Finds out what the slides of the list are. Each is open for a moment only. */
export function createQueueReading(deps: QueueReadingDeps): QueueReading {
  const { list, pixelSizes, store, health } = deps;
  const isReading = signal(false);

  async function readAll(): Promise<void> {
    if (isReading.value) return;
    isReading.value = true;
    try {
      for (let next = firstUnread(); next; next = firstUnread()) await read(next);
    } finally {
      isReading.value = false;
    }
  }

  function firstUnread(): QueuedSlide | undefined {
    return list.slides.value.find(({ state, files }) => state.kind === "unread" && files.length > 0);
  }

  async function read(slide: QueuedSlide): Promise<void> {
    try {
      const client = await deps.openSlide({ files: slide.files, view: {} }, null);
      try {
        const fingerprint = await client.fingerprint();
        const { sha256 } = fingerprint;
        const twin = list.bySha256(sha256);
        if (twin && twin.id !== slide.id) {
          list.remove(({ id }) => id === slide.id);
          if (twin.files.length === 0) list.change(twin.id, { files: slide.files, handles: slide.handles });
          return;
        }
        const { width0, height0, focalPlane, pixelSize: own } = client.info;
        const assumed = await pixelSizes.load(slide.identity, fingerprint);
        const kept = await health.attempt(() => store.slide(sha256));
        const thumbnail = kept?.thumbnail ?? (await deps.makeThumbnail({ client }).catch(() => null));
        list.change(slide.id, {
          known: { fingerprint, width0, height0, focalPlane, pixelSize: own },
          pixelSize: assumed ? { ...assumed, origin: "assumed" } : own,
          thumbnail,
        });
      } finally {
        client.close();
      }
      await settle(slide.id);
    } catch (error) {
      list.change(slide.id, { state: failedState(error) });
    }
  }

  async function settle(id: number): Promise<void> {
    const before = list.find(id);
    if (!before?.known || before.state.kind === "running") return;
    if (!before.pixelSize) return list.change(id, { state: { kind: "no-pixel-size" } });
    const loaded = await deps.model();
    // What is done with this model and this pixel size stays so, also where nothing but its numbers was kept.
    if (loaded && isDoneWith(before, loaded)) return;
    const found = loaded && (await foundBefore(before, loaded));
    const figures = found && (await figuresOf(found.result, { ...found, model: resultModelOf(loaded) }));
    const now = list.find(id);
    if (!now || now.state.kind === "running" || now.pixelSize !== before.pixelSize) return;
    list.change(id, { state: figures ? { kind: "done", figures, isAtHand: true } : { kind: "waiting" } });
  }

  async function foundBefore(slide: QueuedSlide, loaded: LoadedPack): Promise<KeptResult | null> {
    const key = queuedKey(slide, loaded);
    if (key === null) return null;
    return deps.cache.get(key) ?? (await health.attempt(() => store.result(key)));
  }

  return { isReading, readAll, settle };
}

function isDoneWith({ state, pixelSize }: QueuedSlide, { packSha256 }: LoadedPack): boolean {
  if (state.kind !== "done" || state.figures.packSha256 !== packSha256) return false;
  const used = state.figures.pixelSize;
  return used.mppX === pixelSize?.mppX && used.mppY === pixelSize.mppY && used.origin === pixelSize.origin;
}

/** Names what a run of a pack on the slide is about; null while that is not known. */
export function queuedKey({ known, pixelSize }: QueuedSlide, loaded: LoadedPack): string | null {
  if (!known || !pixelSize) return null;
  return subjectKey({ ...openSubject({ info: known }, pixelSize, loaded), slide: known.fingerprint.sha256 });
}
