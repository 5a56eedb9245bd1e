import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { analysedView } from "../../engine/analysis/analysed-view.ts";
import { channelWords } from "../../engine/analysis/settings.ts";
import type { AnalysisProgress, AnalysisResult } from "../../engine/analysis/types.ts";
import { isAbortError, isAppError } from "../../engine/base/errors.ts";
import type { ClassificationResult } from "../../engine/classification/types.ts";
import type { BackendInfo } from "../../engine/features/types.ts";
import type { ConfidenceGrid } from "../../engine/heatmap/types.ts";
import type { AnalysisClient, ClassifyRequest } from "../../workers/analysis.api.ts";
import type { MessagesState } from "./messages.ts";
import type { PacksState } from "./packs.ts";
import { inputOf, type SlideState } from "./slide.ts";

export type AnalysisState =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly progress: AnalysisProgress | null; readonly isCancelling: boolean }
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
}

export interface AnalysisCommands {
  readonly state: ReadonlySignal<AnalysisState>;
  /** The map: growing while a run is under way, whole when it is done, null without one. */
  readonly grid: ReadonlySignal<ConfidenceGrid | null>;
  /** What computes, or would; null until it is known. */
  readonly backend: ReadonlySignal<BackendInfo | null>;
  /** Why Analyze cannot start, as a sentence; null when it can. */
  readonly blocker: ReadonlySignal<string | null>;
  analyze(): Promise<void>;
  cancel(): void;
  /**
   * Shows a result that was kept, without a run; one under way is ended. It must belong to the slide, the pixel size and the pack that are
   * chosen: whoever asks has seen to that.
   */
  restore(kept: { readonly result: AnalysisResult | ClassificationResult }): void;
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
  let client: AnalysisClient | null = null;
  let controller: AbortController | null = null;

  const blocker = computed(() => {
    const slide = deps.slide.open.value;
    if (!slide) return "Open a slide first.";
    const channels = slide.info.channels.length;
    if (channels > 0) {
      return `A fluorescence image with ${channelWords(channels)}: models for stained slides cannot read it.`;
    }
    if (!deps.slide.pixelSize.value) return "This file does not say its pixel size: give it under Slide, then analyze.";
    const pack = deps.packs.pack.value;
    if (pack.kind === "loading") return "The model is loading.";
    if (pack.kind === "failed") return "The model could not be loaded: choose another one, or reload the page.";
    return state.value.kind === "running" ? "A run is under way." : null;
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
    grid.value = null;
    state.value = { kind: "idle" };
  }

  function liveClient(): AnalysisClient {
    client ??= deps.startClient();
    return client;
  }

  function onProgress(run: AbortController, progress: AnalysisProgress): void {
    if (controller !== run) return;
    if (progress.grid) grid.value = progress.grid;
    if (progress.backend) backend.value = progress.backend;
    const isCancelling = state.value.kind === "running" && state.value.isCancelling;
    state.value = { kind: "running", progress: { ...progress, grid: null }, isCancelling };
  }

  async function analyze(): Promise<void> {
    const slide = deps.slide.open.value;
    const pixelSize = deps.slide.pixelSize.value;
    const pack = deps.packs.pack.value;
    if (blocker.value !== null || !slide || !pixelSize || pack.kind !== "ready") return;
    const run = new AbortController();
    controller = run;
    grid.value = null;
    deps.messages.dismiss();
    state.value = { kind: "running", progress: null, isCancelling: false };
    try {
      const request: ClassifyRequest = {
        slide: inputOf(slide, analysedView(pack.loaded.pack, slide.view)),
        pack: pack.loaded,
        pixelSize: pixelSize.origin === "assumed" ? pixelSize : null,
        backend: "auto",
        runtimeBase: deps.runtimeBase,
        maxWorkers: Math.max(1, Math.floor(deps.hardwareThreads / 2)),
      };
      const ended = await runTask(request, {
        signal: run.signal,
        onProgress: (progress) => onProgress(run, progress),
      });
      if (controller !== run) return;
      batch(() => {
        backend.value = ended.result.backend;
        grid.value = ended.kind === "done" ? ended.result.grid : null;
        state.value = ended;
      });
    } catch (error) {
      if (controller !== run) return;
      end(error);
    } finally {
      if (controller === run) controller = null;
    }
  }

  /** The pack's task says what is run: a map, or a class for the whole slide. */
  async function runTask(
    request: ClassifyRequest,
    options: Parameters<AnalysisClient["classify"]>[1],
  ): Promise<Extract<AnalysisState, { readonly result: unknown }>> {
    if (request.pack.pack.task === "classification") {
      return { kind: "classified", result: await liveClient().classify(request, options) };
    }
    return { kind: "done", result: await liveClient().analyze({ ...request, stride: null }, options) };
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
    analyze,
    cancel() {
      if (state.value.kind !== "running") return;
      state.value = { ...state.value, isCancelling: true };
      controller?.abort();
    },
    restore({ result }) {
      controller?.abort();
      controller = null;
      batch(() => {
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

/** A map, and not the class of a whole slide. */
export function isMapResult(result: AnalysisResult | ClassificationResult): result is AnalysisResult {
  return "tissue" in result.grid;
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
