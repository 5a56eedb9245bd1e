import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { channelWords } from "../../engine/analysis/settings.ts";
import type { AnalysisProgress, AnalysisResult, RunExtent } from "../../engine/analysis/types.ts";
import { isAbortError, isAppError } from "../../engine/base/errors.ts";
import type { ClassificationResult } from "../../engine/classification/types.ts";
import type { BackendInfo } from "../../engine/features/types.ts";
import type { ConfidenceGrid } from "../../engine/heatmap/types.ts";
import type { Box0 } from "../../engine/patches/region.ts";
import { resultModelOf } from "../../engine/resultfile/model.ts";
import type { ResultModel } from "../../engine/resultfile/types.ts";
import type { AnalysisClient } from "../../workers/analysis.api.ts";
import { APP_VERSION } from "../report/app-version.ts";
import { retell, t } from "../words/words.ts";
import { type EarlierTasks, isMapResult } from "./kept.ts";
import { type LiveRun, type RunJob, startRun } from "./live-run.ts";
import type { MessagesState } from "./messages.ts";
import type { PacksState } from "./packs.ts";
import type { RunKeeper } from "./run-keeper.ts";
import type { SlideState } from "./slide.ts";
import type { SlideCheck } from "./slide-check.ts";

export type AnalysisState =
  | { readonly kind: "idle" }
  | {
      readonly kind: "running";
      readonly progress: AnalysisProgress | null;
      readonly isCancelling: boolean;
      readonly isPaused: boolean;
    }
  | { readonly kind: "cancelled"; readonly fraction: number }
  /** The file was changed or taken away; what was found of it stays. */
  | { readonly kind: "interrupted"; readonly fraction: number }
  | { readonly kind: "failed" }
  | { readonly kind: "done"; readonly result: AnalysisResult }
  | { readonly kind: "classified"; readonly result: ClassificationResult };

export interface AnalysisDeps {
  readonly startClient: () => AnalysisClient;
  /** Absolute address of onnxruntime's files, with a closing slash. */
  readonly runtimeBase: string;
  readonly hardwareThreads: number;
  readonly slide: SlideState;
  readonly packs: PacksState;
  readonly messages: MessagesState;
  readonly keeper: RunKeeper;
  readonly check: Pick<SlideCheck, "accompany">;
}

/** A result that was computed on an earlier visit, or elsewhere. */
export interface EarlierResult {
  readonly result: AnalysisResult | ClassificationResult;
  /** Default: the chosen pack, which must then be the one that made it. */
  readonly model?: ResultModel;
  /** Of the Palisade that computed it. Default: this one. */
  readonly appVersion?: string;
}

export interface AnalyzeOptions {
  /** Source pixels between patches of a map. Default: the pack's. */
  readonly stride?: number;
  /** Of a map: computed first. Default: none. */
  readonly region?: Box0 | null;
  /** How much of a map is computed. Default: whole. */
  readonly extent?: RunExtent;
  /** What an earlier run of the same finished. Default: nothing, and what that left behind is dropped. */
  readonly earlierTasks?: EarlierTasks | null;
  /** The reader has seen why a red slide is doubtful. Default: false. */
  readonly isOverruled?: boolean;
}

/** The region that a run computes first. */
export interface RunRegion {
  readonly box: Box0;
  /** Its part of the map is final. */
  readonly isDone: boolean;
}

export interface AnalysisCommands {
  readonly state: ReadonlySignal<AnalysisState>;
  /** The map: growing while a run is under way, whole when it is done, null without one. */
  readonly grid: ReadonlySignal<ConfidenceGrid | null>;
  /** Of the run that made the map, or makes it; null where it had none. */
  readonly region: ReadonlySignal<RunRegion | null>;
  /** What computes, or would; null until it is known. */
  readonly backend: ReadonlySignal<BackendInfo | null>;
  /** Why Analyze cannot start, as a sentence; null when it can. */
  readonly blocker: ReadonlySignal<string | null>;
  /** What is needed to read a result: the model of a restored one, else the chosen pack; null while that is not loaded. */
  readonly model: ReadonlySignal<ResultModel | null>;
  /** What that makes of a slide; a map while there is none. */
  readonly task: ReadonlySignal<ResultModel["task"]>;
  /** Version of the Palisade that computed what is shown. */
  readonly appVersion: ReadonlySignal<string>;
  analyze(options?: AnalyzeOptions): Promise<void>;
  /** True while a run is under way that was started here, and not one that is followed. */
  readonly isBusy: ReadonlySignal<boolean>;
  /** Shows a run that somebody else started on the slide, pixel size and model that are there. Leaving the slide leaves the run alone. */
  follow(live: LiveRun): Promise<void>;
  cancel(): void;
  /** Starts no further part of the run under way until it goes on; what is under way is finished, and the map stays. */
  setPaused(isPaused: boolean): void;
  /**
   * Shows a result that was kept, without a run; one under way is ended. It must belong to the slide and the pixel size that are there:
   * whoever asks has seen to that.
   */
  restore(kept: EarlierResult): void;
  /** Asks once which backend a run would use. */
  probe(): Promise<void>;
}

/**
 * One run at a time. What was found belongs to one slide, one pixel size and one pack: another of any of the three ends the
 * run and clears the map.
 */
export function createAnalysis(deps: AnalysisDeps): AnalysisCommands {
  const state = signal<AnalysisState>({ kind: "idle" });
  const grid = signal<ConfidenceGrid | null>(null);
  const region = signal<RunRegion | null>(null);
  const backend = signal<BackendInfo | null>(null);
  const earlier = signal<Omit<EarlierResult, "result">>({});
  let client: AnalysisClient | null = null;
  /** What is under way on the stage. */
  const run = signal<{ readonly live: LiveRun; readonly isOwn: boolean; readonly stop: () => void } | null>(null);

  // The same pack stays the same model, so that the start of a run leaves the threshold where it was put.
  const ownModel = computed(() => {
    const pack = deps.packs.pack.value;
    return pack.kind === "ready" ? resultModelOf(pack.loaded) : null;
  });
  const model = computed(() => earlier.value.model ?? ownModel.value);

  const blocker = computed(() => {
    const slide = deps.slide.open.value;
    if (!slide) return t`Open a slide first.`;
    if (slide.recorded) return t`This is a result without its slide: drop the slide on the page to analyze it.`;
    const channels = slide.info.channels.length;
    if (channels > 0) {
      return t`A fluorescence image with ${retell(channelWords(channels))}: models for stained slides cannot read it.`;
    }
    if (!deps.slide.pixelSize.value)
      return t`This file does not say its pixel size: give it under Slide, then analyze.`;
    const pack = deps.packs.pack.value;
    if (pack.kind === "loading") return t`The model is loading.`;
    if (pack.kind === "failed") return t`The model could not be loaded: choose another one, or reload the page.`;
    return state.value.kind === "running" ? t`A run is under way.` : null;
  });

  effect(() => {
    deps.slide.subject.value;
    deps.slide.pixelSize.value;
    deps.packs.selectedId.value;
    untracked(forget);
  });

  function forget(): void {
    batch(() => {
      leave();
      earlier.value = {};
      grid.value = null;
      region.value = null;
      state.value = { kind: "idle" };
    });
  }

  function liveClient(): AnalysisClient {
    client ??= deps.startClient();
    return client;
  }

  async function analyze(options: AnalyzeOptions = {}): Promise<void> {
    const { stride, region: box = null, extent = "whole", earlierTasks = null, isOverruled = false } = options;
    const slide = deps.slide.open.value;
    const pixelSize = deps.slide.pixelSize.value;
    const pack = deps.packs.pack.value;
    if (blocker.value !== null || !slide || !pixelSize || pack.kind !== "ready") return;
    deps.messages.dismiss();
    earlier.value = {};
    const looked = { slide, loaded: pack.loaded, pixelSize };
    const trust: RunJob["trust"] = async (ended, signal) => {
      const report = await deps.check.accompany(looked, ended, signal);
      return report && { ...report, isOverruled };
    };
    const job = {
      slide,
      pixelSize,
      loaded: pack.loaded,
      stride,
      region: box,
      extent,
      earlierTasks,
      trust,
      isBackground: false,
    };
    const live = startRun({ ...deps, client: liveClient() }, job);
    region.value = box && { box, isDone: false };
    await show(live, true);
  }

  /** Shows a run until it ends, or until what is shown is another slide, size or model: that ends a run of its own. */
  async function show(live: LiveRun, isOwn: boolean): Promise<void> {
    leave();
    let stop = (): void => {};
    // It may be paused from its first moment.
    run.value = { live, isOwn, stop: () => stop() };
    stop = effect(() => {
      const grown = live.grid.value;
      const progress = live.progress.value;
      const isCancelling = live.isCancelling.value;
      const isPaused = live.isPaused.value;
      const isRegionDone = progress?.region && progress.region.done === progress.region.total;
      const before = region.peek();
      if (before && isRegionDone && grown !== grid.peek()) region.value = { ...before, isDone: true };
      if (progress?.backend) backend.value = progress.backend;
      grid.value = grown;
      state.value = { kind: "running", progress, isCancelling, isPaused };
    });
    try {
      const { result } = await live.end;
      if (run.value?.live !== live) return;
      batch(() => {
        letGo();
        backend.value = result.backend;
        grid.value = isMapResult(result) ? result.grid : null;
        state.value = isMapResult(result) ? { kind: "done", result } : { kind: "classified", result };
      });
    } catch (error) {
      if (run.value?.live !== live) return;
      letGo();
      end(error);
    }
  }

  /** Follows a run no longer. */
  function letGo(): void {
    run.value?.stop();
    run.value = null;
  }

  function leave(): void {
    if (run.value?.isOwn) run.value.live.cancel();
    letGo();
  }

  function end(error: unknown): void {
    if (isAbortError(error)) {
      state.value = { kind: "cancelled", fraction: fractionDone(state.value) };
      return;
    }
    if (isAppError(error, "slide/unreadable")) {
      state.value = { kind: "interrupted", fraction: fractionDone(state.value) };
      deps.slide.fail(error);
      return;
    }
    grid.value = null;
    state.value = { kind: "failed" };
    deps.messages.report(error);
  }

  return {
    state,
    grid,
    region,
    backend,
    blocker,
    model,
    task: computed(() => model.value?.task ?? "segmentation"),
    appVersion: computed(() => earlier.value.appVersion ?? APP_VERSION),
    analyze,
    isBusy: computed(() => run.value?.isOwn === true),
    async follow(live) {
      earlier.value = {};
      region.value = null;
      await show(live, false);
    },
    cancel() {
      if (state.value.kind !== "running") return;
      run.value?.live.cancel();
    },
    setPaused(isPaused) {
      run.value?.live.setPaused(isPaused);
    },
    restore({ result, ...rest }) {
      batch(() => {
        leave();
        earlier.value = rest;
        region.value = null;
        grid.value = isMapResult(result) ? result.grid : null;
        state.value = isMapResult(result) ? { kind: "done", result } : { kind: "classified", result };
      });
    },
    async probe() {
      try {
        const info = await liveClient().probeBackend("auto");
        backend.value ??= info;
      } catch (error) {
        deps.messages.report(error);
      }
    },
  };
}

/** 0 to 1; what is not counted yet is 0. */
export function fractionDone(state: AnalysisState): number {
  if (state.kind === "done" || state.kind === "classified") return 1;
  if (state.kind === "cancelled" || state.kind === "interrupted") return state.fraction;
  if (state.kind !== "running" || !state.progress) return 0;
  const { phase, done, total } = state.progress;
  const isCounting = phase === "coarse" || phase === "fine";
  return isCounting && total > 0 ? Math.min(1, done / total) : 0;
}
