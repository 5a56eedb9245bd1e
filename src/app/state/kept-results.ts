import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { AnalysisCommands } from "./analysis.ts";
import type { ClassesState } from "./classes.ts";
import type { KeepingStore, KeptResult, KeptResultFacts } from "./kept.ts";
import type { NecrosisState } from "./necrosis.ts";
import type { PacksState } from "./packs.ts";
import type { RecordState } from "./record.ts";
import type { ResultCache } from "./result-cache.ts";
import type { RunKeeper } from "./run-keeper.ts";
import type { SettingsState } from "./settings.ts";
import type { SlideState } from "./slide.ts";
import { stageKey } from "./stage-key.ts";
import type { StorageHealth } from "./storage-health.ts";

export interface KeptResultsDeps {
  /** A result file that is open comes before what was kept. */
  readonly record: Pick<RecordState, "file">;
  readonly slide: SlideState;
  readonly packs: PacksState;
  readonly analysis: AnalysisCommands;
  readonly classes: ClassesState;
  readonly necrosis: NecrosisState;
  readonly keeper: RunKeeper;
  readonly settings: Pick<SettingsState, "keep">;
  readonly store: KeepingStore;
  readonly health: StorageHealth;
  /** What could not be kept, but is still in memory. */
  readonly cache: Pick<ResultCache, "get">;
}

export interface KeptResultsState {
  /** The result on the screen, where it is kept: of an earlier visit or of this one. */
  readonly shown: ReadonlySignal<KeptResultFacts | null>;
  /** True where it was kept on an earlier visit, or before the slide was closed. */
  readonly isRestored: ReadonlySignal<boolean>;
}

const THRESHOLD_MS = 600;

/** Shows what was kept of a slide as soon as the slide is open, without a run, and keeps the threshold with it. */
export function createKeptResults(deps: KeptResultsDeps): KeptResultsState {
  const { slide, packs, analysis, classes, necrosis, keeper, store, health } = deps;
  const restored = signal<KeptResult | null>(null);
  const isRestored = computed(() => {
    const state = analysis.state.value;
    const isOver = state.kind === "done" || state.kind === "classified";
    return isOver && restored.value !== null && state.result === restored.value.result;
  });
  const shown = computed<KeptResultFacts | null>(() => {
    if (isRestored.value) return restored.value;
    const state = analysis.state.value;
    if (state.kind !== "done" && state.kind !== "classified") return null;
    const key = stageKey(slide, packs, state.kind === "done" ? state.result.stride : undefined);
    return key === null ? null : (keeper.kept.value.get(key) ?? null);
  });

  let looks = 0;
  let lastSlide: string | null = null;
  effect(() => {
    const known = slide.fingerprint.value;
    const pack = packs.pack.value;
    const size = slide.pixelSize.value;
    slide.subject.value;
    if (!known) lastSlide = null;
    if (!known || !size || pack.kind !== "ready") return;
    const isNew = lastSlide !== known.sha256;
    lastSlide = known.sha256;
    untracked(() => void look(known.sha256, isNew));
  });

  /** `mayChangeModel`: a slide that was just opened shows what there is of it, whatever the model. */
  async function look(sha256: string, mayChangeModel: boolean): Promise<void> {
    const id = ++looks;
    const key = stageKey(slide, packs);
    const held = key === null ? null : deps.cache.get(key);
    if (held && analysis.state.value.kind === "idle" && !deps.record.file.value) {
      return analysis.restore({ result: held.result, appVersion: held.appVersion });
    }
    const all = (await health.attempt(() => store.results(sha256))) ?? [];
    if (id !== looks || analysis.state.value.kind !== "idle" || deps.record.file.value) return;
    const own = all.find((facts) => facts.key === stageKey(slide, packs));
    if (own) return await show(own, id);
    const other = all.find(({ subject }) => packs.entries.value.some((entry) => entry.id === subject.packId));
    const isOtherModel = other && other.subject.packId !== packs.selectedId.value;
    if (mayChangeModel && isOtherModel) await packs.select(other.subject.packId);
  }

  async function show(facts: KeptResultFacts, id: number): Promise<void> {
    const kept = await health.attempt(() => store.result(facts.key));
    if (
      !kept ||
      id !== looks ||
      deps.record.file.value ||
      analysis.state.value.kind !== "idle" ||
      stageKey(slide, packs) !== kept.key
    )
      return;
    restored.value = kept;
    analysis.restore({ result: kept.result, appVersion: kept.appVersion });
    if (kept.threshold !== null) necrosis.setThreshold(kept.threshold);
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const threshold = necrosis.threshold.value;
    const facts = shown.value;
    clearTimeout(timer);
    // Of several classes each has a threshold of its own, which the model gives.
    if (!facts || !deps.settings.keep.value || classes.classes.value !== null) return;
    if (untracked(() => necrosis.findings.value) === null) return;
    timer = setTimeout(() => void health.attempt(() => store.saveThreshold(facts.key, threshold)), THRESHOLD_MS);
  });

  return { shown, isRestored };
}
