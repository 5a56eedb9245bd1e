import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { LoadedPack } from "../../engine/modelpack/types.ts";
import { isSoundPixelSize } from "./pixel-size.ts";
import { keepQueue, type QueueKeepingDeps } from "./queue-keeping.ts";
import { createQueueList, newlyQueued, type QueuedSlide } from "./queue-list.ts";
import { outlookOf, type QueueOutlook } from "./queue-outlook.ts";
import { createQueueReading, type QueueReadingDeps } from "./queue-reading.ts";
import { linkQueueToStage, type QueueStageDeps } from "./queue-stage.ts";
import { createQueueWork, type QueueRun, type QueueWorkDeps } from "./queue-work.ts";
import type { FileHandles, RecentState } from "./recent.ts";
import type { SettingsState } from "./settings.ts";
import { until } from "./until.ts";

export type QueueDeps = Omit<QueueReadingDeps, "list" | "model"> &
  Omit<QueueWorkDeps, "list" | "isReading" | "model" | "stage"> &
  Omit<QueueStageDeps, "list" | "reading" | "work"> &
  Pick<QueueKeepingDeps, "queueStore" | "settings"> & {
    readonly recent: Pick<RecentState, "ask" | "asked" | "openFiles" | "stopAsking">;
    readonly handles: FileHandles;
    readonly settings: Pick<SettingsState, "keep">;
  };

/** Slides that are analyzed one after the other, whichever of them is on the stage. */
export interface QueueState {
  /** In the order of work. */
  readonly slides: ReadonlySignal<readonly QueuedSlide[]>;
  readonly outlook: ReadonlySignal<QueueOutlook>;
  readonly isReading: ReadonlySignal<boolean>;
  readonly isAtWork: ReadonlySignal<boolean>;
  readonly current: ReadonlySignal<QueueRun | null>;
  /** `QueuedSlide.id` of the one on the stage, or null. */
  readonly shownId: ReadonlySignal<number | null>;
  /** Chosen once, with the first start; null before: then the chosen model is taken. */
  readonly model: ReadonlySignal<LoadedPack | null>;
  /** Adds slides, each with all of its files; one that is on the list already gets its files again. */
  add(slides: readonly (readonly File[])[]): Promise<void>;
  /** Puts a slide on the stage. Where its files have to be given again it waits for them: resolves to false. To be called upon a click. */
  show(id: number): Promise<boolean>;
  /** Ends its run, if it runs. */
  remove(id: number): void;
  clear(): void;
  move(id: number, step: 1 | -1): boolean;
  /** Passes over it; one that runs is ended. */
  skip(id: number): void;
  /** One that was skipped, failed or is doubtful waits again; the doubt is overruled by that. */
  again(id: number): void;
  start(): Promise<void>;
  stop(): void;
  setPaused(isPaused: boolean): void;
  /** Analyzes the list with the model that is chosen now; results of the other one stay kept. */
  changeModel(): Promise<void>;
  /** Takes micrometres per pixel for all slides that say none. */
  assumePixelSize(mpp: number): Promise<void>;
  /** Opens the files of all slides again that the browser can open. To be called upon a click. */
  openKeptFiles(): Promise<void>;
  /** Brings back the list of an earlier visit. */
  restore(): Promise<void>;
}

export function createQueue(deps: QueueDeps): QueueState {
  const { packs, slide, recent, handles, pixelSizes } = deps;
  const list = createQueueList();
  const model = signal<LoadedPack | null>(null);
  const loadedModel = async () => model.value ?? (await chosenPack());
  const reading = createQueueReading({ ...deps, list, model: loadedModel });
  const { isReading } = reading;
  const work = createQueueWork({ ...deps, list, isReading, stage: deps.analysis, model: loadedModel });
  const packId = computed(() => model.value?.pack.id ?? null);
  const restoreList = keepQueue({ ...deps, list, packId });
  linkQueueToStage({ ...deps, list, reading, work });

  async function chosenPack(): Promise<LoadedPack | null> {
    await until(() => packs.pack.value.kind !== "loading");
    const pack = packs.pack.value;
    return pack.kind === "ready" ? pack.loaded : null;
  }

  // Before a model was taken for the list, what is done is so by the one that is chosen.
  effect(() => {
    const { kind } = packs.pack.value;
    if (kind !== "ready" || model.value) return;
    untracked(() => void settleAll(({ state }) => state.kind === "waiting" || state.kind === "done"));
  });

  effect(() => {
    const gone = deps.keeper.forgotten.value;
    if (gone) deps.cache.forget(gone.slide);
  });

  // A slide that was taken off the list is not analyzed to its end.
  effect(() => {
    const run = work.current.value;
    if (run && !list.slides.value.some(({ id }) => id === run.id)) untracked(() => run.live.cancel());
  });

  async function settleAll(isMeant: (slide: QueuedSlide) => boolean): Promise<void> {
    for (const { id } of list.slides.value.filter(isMeant)) await reading.settle(id);
  }

  async function add(slides: readonly (readonly File[])[]): Promise<void> {
    for (const files of slides) {
      const queued = newlyQueued(files, await handles.of(files));
      const unread = list.slides.value.find((other) => isUnreadTwin(other, queued));
      if (unread) list.change(unread.id, { files, handles: queued.handles });
      else list.add([queued]);
    }
    await reading.readAll();
  }

  async function show(id: number): Promise<boolean> {
    const queued = list.find(id);
    if (!queued) return true;
    const sha256 = queued.known?.fingerprint.sha256 ?? null;
    const files = queued.files.length > 0 ? queued.files : await reopened(queued);
    if (files.length === 0) {
      if (sha256 !== null) recent.ask({ sha256, name: queued.name });
      return false;
    }
    recent.stopAsking();
    if (model.value && model.value.pack.id !== packs.selectedId.value) await packs.select(model.value.pack.id);
    if (sha256 === null || slide.fingerprint.value?.sha256 !== sha256) await recent.openFiles(files);
    return true;
  }

  /** What the browser opens again of its own accord, or after it has asked. */
  async function reopened(queued: QueuedSlide): Promise<readonly File[]> {
    const files = queued.handles.length > 0 ? await handles.open(queued.handles) : null;
    if (!files) return [];
    list.change(queued.id, { files });
    return files;
  }

  async function start(): Promise<void> {
    model.value ??= await chosenPack();
    const sha256 = model.value?.packSha256;
    await settleAll(({ state }) => state.kind === "done" && state.figures.packSha256 !== sha256);
    await work.start();
  }

  async function assumePixelSize(mpp: number): Promise<void> {
    if (!isSoundPixelSize(mpp)) return;
    const size = { mppX: mpp, mppY: mpp };
    for (const { id, known, identity, state } of list.slides.value) {
      if (state.kind !== "no-pixel-size" || !known) continue;
      if (slide.fingerprint.value?.sha256 === known.fingerprint.sha256) slide.assumePixelSize(mpp);
      else if (deps.settings.keep.value) void pixelSizes.save(identity, known.fingerprint, size);
      list.change(id, { pixelSize: { ...size, origin: "assumed" } });
      await reading.settle(id);
    }
  }

  return {
    slides: list.slides,
    outlook: computed(() => outlookOf(list.slides.value, work.current.value)),
    isReading,
    isAtWork: work.isAtWork,
    current: work.current,
    shownId: computed(() => list.bySha256(slide.fingerprint.value?.sha256)?.id ?? null),
    model,
    add,
    show,
    remove: (id) => list.remove((queued) => queued.id === id),
    clear() {
      work.stop();
      list.remove(() => true);
      model.value = null;
    },
    move: list.move,
    skip(id) {
      if (work.current.value?.id === id) work.skip();
      else list.change(id, { state: { kind: "skipped" } });
    },
    again(id) {
      const queued = list.find(id);
      const isOverruled = queued?.state.kind === "doubtful";
      list.change(id, { isOverruled, state: { kind: queued?.known ? "waiting" : "unread" } });
      void (queued?.known ? reading.settle(id) : reading.readAll());
    },
    start,
    stop: work.stop,
    setPaused: work.setPaused,
    async changeModel() {
      if (work.isAtWork.value) return;
      model.value = await chosenPack();
      await settleAll(({ state }) => state.kind === "done" || state.kind === "waiting");
    },
    assumePixelSize,
    async openKeptFiles() {
      for (const queued of list.slides.value) if (queued.files.length === 0) await reopened(queued);
      await reading.readAll();
    },
    async restore() {
      const id = await restoreList();
      if (id === null || slide.open.value) return;
      await until(() => packs.entries.value.length > 0 || packs.pack.value.kind === "failed");
      const isKnown = packs.entries.value.some((entry) => entry.id === id);
      if (isKnown && packs.selectedId.value !== id) await packs.select(id);
    },
  };
}

/** One that a reload left unread is known by its file's name, size and date. */
function isUnreadTwin(other: QueuedSlide, queued: Omit<QueuedSlide, "id">): boolean {
  const { name, size, lastModified } = queued.identity;
  return (
    other.files.length === 0 &&
    other.known === null &&
    other.identity.name === name &&
    other.identity.size === size &&
    other.identity.lastModified === lastModified
  );
}
