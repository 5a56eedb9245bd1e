import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { analysedView } from "../../engine/analysis/analysed-view.ts";
import { channelWords } from "../../engine/analysis/settings.ts";
import type { AnalysisProgress, AnalysisResult } from "../../engine/analysis/types.ts";
import { isAbortError, isAppError } from "../../engine/base/errors.ts";
import type { ClassificationResult } from "../../engine/classification/types.ts";
import type { BackendInfo } from "../../engine/features/types.ts";
import type { ConfidenceGrid } from "../../engine/heatmap/types.ts";
import { resultModelOf } from "../../engine/resultfile/model.ts";
import type { ResultModel } from "../../engine/resultfile/types.ts";
import type { AnalysisClient, ClassifyRequest, RunOptions } from "../../workers/analysis.api.ts";
import { APP_VERSION } from "../report/app-version.ts";
import { retell, t } from "../words/words.ts";
import { type EarlierTasks, isMapResult, type KeptBatch } from "./kept.ts";
import type { MessagesState } from "./messages.ts";
import type { PacksState } from "./packs.ts";
import type { RunKeeper } from "./run-keeper.ts";
import { openSubject } from "./run-subject.ts";
import { inputOf, type SlideState } from "./slide.ts";

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
  /** What an earlier run of the same finished. Default: nothing, and what that left behind is dropped. */
  readonly earlierTasks?: EarlierTasks | null;
}

export interface AnalysisCommands {
  readonly state: ReadonlySignal<AnalysisState>;
  /** The map: growing while a run is under way, whole when it is done, null without one. */
  readonly grid: ReadonlySignal<ConfidenceGrid | null>;
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
  const backend = signal<BackendInfo | null>(null);
  const earlier = signal<Omit<EarlierResult, "result">>({});
  let client: AnalysisClient | null = null;
  let controller: AbortController | null = null;

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
    controller?.abort();
    controller = null;
    batch(() => {
      earlier.value = {};
      grid.value = null;
      state.value = { kind: "idle" };
    });
  }

  function liveClient(): AnalysisClient {
    client ??= deps.startClient();
    return client;
  }

  function onProgress(run: AbortController, progress: AnalysisProgress): void {
    if (controller !== run) return;
    if (progress.grid) grid.value = progress.grid;
    if (progress.backend) backend.value = progress.backend;
    const { isCancelling, isPaused } = state.value.kind === "running" ? state.value : NOT_HELD;
    state.value = { kind: "running", progress: { ...progress, grid: null }, isCancelling, isPaused };
  }

  async function analyze({ stride, earlierTasks = null }: AnalyzeOptions = {}): Promise<void> {
    const slide = deps.slide.open.value;
    const pixelSize = deps.slide.pixelSize.value;
    const pack = deps.packs.pack.value;
    if (blocker.value !== null || !slide || !pixelSize || pack.kind !== "ready") return;
    const run = new AbortController();
    controller = run;
    deps.messages.dismiss();
    batch(() => {
      earlier.value = {};
      grid.value = null;
      state.value = { kind: "running", progress: null, ...NOT_HELD };
    });
    const subject = openSubject(slide, pixelSize, pack.loaded, stride);
    const journal = deps.keeper.begin(slide, subject, earlierTasks === null);
    try {
      const request: CommonRequest = {
        slide: inputOf(slide, analysedView(pack.loaded.pack, slide.view)),
        pack: pack.loaded,
        pixelSize: pixelSize.origin === "assumed" ? pixelSize : null,
        backend: "auto",
        runtimeBase: deps.runtimeBase,
        maxWorkers: Math.max(1, Math.floor(deps.hardwareThreads / 2)),
      };
      const running = runTask(
        request,
        { stride: stride ?? null, earlierTasks },
        {
          signal: run.signal,
          onProgress: (progress) => onProgress(run, progress),
          onTasks: (batch) => journal.keepTasks(batch),
        },
      );
      // It may have been paused before there was a run to tell of it.
      if (isPausedNow()) liveClient().setPaused(true);
      const ended = await running;
      if (controller !== run) return journal.end();
      batch(() => {
        backend.value = ended.result.backend;
        grid.value = ended.kind === "done" ? ended.result.grid : null;
        state.value = ended;
      });
      void journal.keepResult(ended.result);
    } catch (error) {
      journal.end();
      if (controller !== run) return;
      end(error);
    } finally {
      if (controller === run) controller = null;
    }
  }

  /** Asked anew: signals change while a run is being started. */
  function isPausedNow(): boolean {
    return state.value.kind === "running" && state.value.isPaused;
  }

  /** The pack's task says what is run: a map, or a class for the whole slide. */
  async function runTask(
    request: CommonRequest,
    { stride, earlierTasks }: { readonly stride: number | null; readonly earlierTasks: EarlierTasks | null },
    options: RunOptions & { readonly onTasks: (batch: KeptBatch) => Promise<void> },
  ): Promise<Extract<AnalysisState, { readonly result: unknown }>> {
    if (request.pack.pack.task === "classification") {
      const work = earlierTasks?.kind === "class" ? earlierTasks.work : null;
      return { kind: "classified", result: await liveClient().classify({ ...request, earlier: work }, options) };
    }
    const work = earlierTasks?.kind === "map" ? earlierTasks.work : null;
    return { kind: "done", result: await liveClient().analyze({ ...request, stride, earlier: work }, options) };
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
    backend,
    blocker,
    model,
    task: computed(() => model.value?.task ?? "segmentation"),
    appVersion: computed(() => earlier.value.appVersion ?? APP_VERSION),
    analyze,
    cancel() {
      if (state.value.kind !== "running") return;
      state.value = { ...state.value, isCancelling: true };
      controller?.abort();
    },
    setPaused(isPaused) {
      if (state.value.kind !== "running" || state.value.isPaused === isPaused) return;
      state.value = { ...state.value, isPaused };
      client?.setPaused(isPaused);
    },
    restore({ result, ...rest }) {
      controller?.abort();
      controller = null;
      batch(() => {
        earlier.value = rest;
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

const NOT_HELD = { isCancelling: false, isPaused: false } as const;

type CommonRequest = Omit<ClassifyRequest, "earlier">;

/** 0 to 1; what is not counted yet is 0. */
export function fractionDone(state: AnalysisState): number {
  if (state.kind === "done" || state.kind === "classified") return 1;
  if (state.kind === "cancelled" || state.kind === "interrupted") return state.fraction;
  if (state.kind !== "running" || !state.progress) return 0;
  const { phase, done, total } = state.progress;
  const isCounting = phase === "coarse" || phase === "fine";
  return isCounting && total > 0 ? Math.min(1, done / total) : 0;
}
