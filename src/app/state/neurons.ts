import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { analysedView } from "../../engine/analysis/analysed-view.ts";
import { isAbortError } from "../../engine/base/errors.ts";
import type { ExcitedPatch } from "../../engine/pictures/top-patches.ts";
import type { AnalysisClient, NeuronFindings } from "../../workers/analysis.api.ts";
import { t } from "../words/words.ts";
import type { AnalysisCommands, AnalysisDeps } from "./analysis.ts";
import { inputOf } from "./slide.ts";

export type NeuronsState =
  | { readonly kind: "idle" }
  | { readonly kind: "searching"; readonly done: number; readonly total: number }
  | { readonly kind: "failed" }
  | { readonly kind: "found"; readonly findings: NeuronFindings };

export interface NeuronsDeps extends Omit<AnalysisDeps, "keeper"> {
  readonly analysis: AnalysisCommands;
}

export interface NeuronCommands {
  readonly state: ReadonlySignal<NeuronsState>;
  /** Why a search cannot start, as a sentence; null when it can. */
  readonly blocker: ReadonlySignal<string | null>;
  /** The patch that the reader went to, or null. */
  readonly visited: ReadonlySignal<ExcitedPatch | null>;
  search(): Promise<void>;
  stop(): void;
  /** Going to a patch again leaves it. */
  visit(patch: ExcitedPatch): void;
}

/** The paper's figure has rows of about ten. */
const ROWS = 8;
const COLUMNS = 10;
/** Parts of the slide: seconds on a GPU, well under a minute in wasm; a small slide is seen whole. */
const MAX_TASKS = 64;

/** One search at a time. What was found belongs to one slide, one pixel size and one pack, as a map does. */
export function createNeurons(deps: NeuronsDeps): NeuronCommands {
  const state = signal<NeuronsState>({ kind: "idle" });
  const visited = signal<ExcitedPatch | null>(null);
  let client: AnalysisClient | null = null;
  let controller: AbortController | null = null;

  effect(() => {
    deps.slide.subject.value;
    deps.slide.pixelSize.value;
    deps.packs.selectedId.value;
    untracked(forget);
  });

  function forget(): void {
    controller?.abort();
    controller = null;
    visited.value = null;
    state.value = { kind: "idle" };
  }

  async function search(): Promise<void> {
    const slide = deps.slide.open.value;
    const pixelSize = deps.slide.pixelSize.value;
    const pack = deps.packs.pack.value;
    if (deps.analysis.blocker.value !== null || !slide || !pixelSize || pack.kind !== "ready") return;
    forget();
    const run = new AbortController();
    controller = run;
    state.value = { kind: "searching", done: 0, total: 0 };
    client ??= deps.startClient();
    try {
      const findings = await client.exciteNeurons(
        {
          slide: inputOf(slide, analysedView(pack.loaded.pack, slide.view)),
          pack: pack.loaded,
          pixelSize: pixelSize.origin === "assumed" ? pixelSize : null,
          backend: "auto",
          runtimeBase: deps.runtimeBase,
          maxWorkers: Math.max(1, Math.floor(deps.hardwareThreads / 2)),
          rows: ROWS,
          columns: COLUMNS,
          maxTasks: MAX_TASKS,
        },
        {
          signal: run.signal,
          onProgress: ({ done, total }) => {
            if (controller === run) state.value = { kind: "searching", done, total };
          },
        },
      );
      if (controller === run) state.value = { kind: "found", findings };
    } catch (error) {
      if (controller !== run) return;
      state.value = { kind: isAbortError(error) ? "idle" : "failed" };
      deps.slide.fail(error);
    } finally {
      if (controller === run) controller = null;
    }
  }

  return {
    state,
    visited,
    blocker: computed(() =>
      state.value.kind === "searching" ? t`A search is under way.` : deps.analysis.blocker.value,
    ),
    search,
    stop: () => controller?.abort(),
    visit(patch) {
      visited.value = visited.value === patch ? null : patch;
    },
  };
}
