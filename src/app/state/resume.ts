import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { NUMBERS_VERSION } from "../../engine/analysis/earlier-work.ts";
import type { AnalysisCommands } from "./analysis.ts";
import type { KeepingStore, KeptCheckpoint } from "./kept.ts";
import type { PacksState } from "./packs.ts";
import type { RegionState } from "./region.ts";
import type { RunKeeper } from "./run-keeper.ts";
import type { SlideState } from "./slide.ts";
import type { StorageHealth } from "./storage-health.ts";

export interface ResumeDeps {
  readonly slide: SlideState;
  readonly packs: PacksState;
  readonly analysis: AnalysisCommands;
  readonly region: Pick<RegionState, "rect">;
  readonly keeper: RunKeeper;
  readonly store: KeepingStore;
  readonly health: StorageHealth;
  /** Whether a tab is at this work just now. */
  readonly isClaimed: (key: string) => Promise<boolean>;
}

export interface ResumeState {
  /** An unfinished run of the open slide that can be gone on with; null while one is under way. */
  readonly offer: ReadonlySignal<KeptCheckpoint | null>;
  /** True while what is kept of it is read. */
  readonly isReading: ReadonlySignal<boolean>;
  /** Goes on with it, on its own model. */
  goOn(): Promise<void>;
}

/** Offers to go on with a run that a reload, a crash or a cancel ended. */
export function createResume(deps: ResumeDeps): ResumeState {
  const { slide, packs, analysis, region, keeper, store, health } = deps;
  /** As found when the slide was opened. */
  const found = signal<readonly KeptCheckpoint[]>([]);
  const isReading = signal(false);
  const isRunning = computed(() => analysis.state.value.kind === "running");
  const hasResult = computed(() => analysis.state.value.kind === "done" || analysis.state.value.kind === "classified");

  effect(() => {
    const sha256 = slide.fingerprint.value?.sha256 ?? null;
    isRunning.value;
    hasResult.value;
    // A run of this tab says itself how far it came.
    keeper.lastCheckpoint.value;
    untracked(() => void look(sha256));
  });

  effect(() => {
    if (!keeper.forgotten.value) return;
    untracked(() => {
      const { slide: gone } = keeper.forgotten.value ?? { slide: null };
      const shown = slide.fingerprint.value?.sha256 ?? null;
      // Looking anew after everything was deleted would make a new database.
      if (gone === null || gone === shown) found.value = [];
    });
  });

  async function look(sha256: string | null): Promise<void> {
    if (sha256 === null || isRunning.value) {
      found.value = [];
      return;
    }
    const checkpoints = (await health.attempt(() => store.checkpoints(sha256))) ?? [];
    const free: KeptCheckpoint[] = [];
    for (const checkpoint of checkpoints) if (!(await deps.isClaimed(checkpoint.key))) free.push(checkpoint);
    if (slide.fingerprint.value?.sha256 === sha256 && !isRunning.value) found.value = free;
  }

  /** Of the model that is chosen, else of any that the page has. */
  const offer = computed(() => {
    if (isRunning.value) return null;
    const usable = found.value.filter(isUsable);
    const selected = packs.selectedId.value;
    const own = usable.find(({ subject }) => subject.packId === selected);
    // A result on the screen is not to be replaced by half of another one.
    return hasResult.value ? (own ?? null) : (own ?? usable[0] ?? null);
  });

  function isUsable({ subject, done }: KeptCheckpoint): boolean {
    const open = slide.open.value;
    const size = slide.pixelSize.value;
    const pack = packs.pack.value;
    if (!open || open.recorded || !size || done === 0 || subject.numbersVersion !== NUMBERS_VERSION) return false;
    if (!packs.entries.value.some(({ id }) => id === subject.packId)) return false;
    const isLoaded = pack.kind === "ready" && pack.loaded.pack.id === subject.packId;
    return (
      subject.focalPlane === open.info.focalPlane &&
      subject.pixelSize.mppX === size.mppX &&
      subject.pixelSize.mppY === size.mppY &&
      subject.pixelSize.origin === size.origin &&
      (!isLoaded || subject.packSha256 === pack.loaded.packSha256)
    );
  }

  async function goOn(): Promise<void> {
    const checkpoint = offer.value;
    const open = slide.open.value;
    if (!checkpoint || !open || isReading.value) return;
    isReading.value = true;
    try {
      if (packs.selectedId.value !== checkpoint.subject.packId) await packs.select(checkpoint.subject.packId);
      const earlier = await health.attempt(() => store.earlier(checkpoint.key));
      const pack = packs.pack.value;
      const size = slide.pixelSize.value;
      if (slide.open.value !== open || pack.kind !== "ready" || !size) return;
      // Where the model is another one by now, nothing of it can be used.
      const isSame = pack.loaded.packSha256 === checkpoint.subject.packSha256;
      await analysis.analyze({
        stride: checkpoint.subject.stride,
        region: region.rect.value,
        earlierTasks: isSame ? earlier : null,
      });
    } finally {
      isReading.value = false;
    }
  }

  return { offer, isReading, goOn };
}
