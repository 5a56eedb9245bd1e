import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { analysedView } from "../../engine/analysis/analysed-view.ts";
import type { AnalysisProgress, AnalysisResult, RunExtent } from "../../engine/analysis/types.ts";
import type { ClassificationResult } from "../../engine/classification/types.ts";
import type { ConfidenceGrid } from "../../engine/heatmap/types.ts";
import type { LoadedPack } from "../../engine/modelpack/types.ts";
import type { Box0 } from "../../engine/patches/region.ts";
import type { PixelSize } from "../../engine/slide/types.ts";
import type { TrustReport } from "../../engine/trust/types.ts";
import type { AnalysisClient, AnalysisRequest, ClassifyRequest, RunOptions } from "../../workers/analysis.api.ts";
import { type EarlierTasks, isMapResult, type KeptBatch, type KeptResultFacts } from "./kept.ts";
import type { RunKeeper } from "./run-keeper.ts";
import { openSubject, type SubjectSlide } from "./run-subject.ts";
import { inputOf, type OpenSlide } from "./slide.ts";

/** A slide as a run needs it: the run's worker opens a reader of its own, whatever is on the stage. */
export type RunnableSlide = SubjectSlide & Pick<OpenSlide, "files" | "link" | "view" | "fingerprint">;

export interface RunJob {
  readonly slide: RunnableSlide;
  readonly pixelSize: PixelSize;
  readonly loaded: LoadedPack;
  /** Source pixels between patches of a map. Default: the pack's. */
  readonly stride?: number | undefined;
  /** Of a map: computed first. Default: none. */
  readonly region?: Box0 | null;
  /** How much of a map is computed. Default: whole. */
  readonly extent?: RunExtent;
  /** What an earlier run of the same finished; null: nothing, and what that left behind is dropped. */
  readonly earlierTasks: EarlierTasks | null;
  /**
   * Looks at the slide beside the run: its report joins the result before that is kept. The promise settles with the run; null: there is none.
   * Never rejects.
   */
  readonly trust?: ((ended: Promise<unknown>, signal: AbortSignal) => Promise<TrustReport | null>) | undefined;
  /** True for a run that the reader may not be looking at. */
  readonly isBackground: boolean;
}

export interface RunSurroundings {
  readonly client: AnalysisClient;
  readonly keeper: Pick<RunKeeper, "begin">;
  /** Absolute address of onnxruntime's files, with a closing slash. */
  readonly runtimeBase: string;
  readonly hardwareThreads: number;
}

export interface RunEnd {
  readonly result: AnalysisResult | ClassificationResult;
  /** Resolves once the result is kept, to null where it is not. */
  readonly kept: Promise<KeptResultFacts | null>;
}

/** A run under way, for whoever shows or holds it. */
export interface LiveRun {
  /** As reported last, without its map. */
  readonly progress: ReadonlySignal<AnalysisProgress | null>;
  /** The map so far. */
  readonly grid: ReadonlySignal<ConfidenceGrid | null>;
  readonly isCancelling: ReadonlySignal<boolean>;
  readonly isPaused: ReadonlySignal<boolean>;
  /** Rejects with what ended the run, `AbortError` after `cancel`. */
  readonly end: Promise<RunEnd>;
  cancel(): void;
  setPaused(isPaused: boolean): void;
}

/** Starts a run of a pack on a slide; what it finishes is kept as it comes. The client must have no other run. */
export function startRun({ client, keeper, ...machine }: RunSurroundings, job: RunJob): LiveRun {
  const { slide, pixelSize, loaded, stride, region = null, extent = "whole", earlierTasks, isBackground } = job;
  const progress = signal<AnalysisProgress | null>(null);
  const grid = signal<ConfidenceGrid | null>(null);
  const isCancelling = signal(false);
  const isPaused = signal(false);
  const stop = new AbortController();
  const subject = openSubject(slide, pixelSize, loaded, stride);
  const journal = keeper.begin(slide, subject, { isNew: earlierTasks === null, isBackground });
  const request: CommonRequest = {
    slide: inputOf(slide, analysedView(loaded.pack, slide.view)),
    pack: loaded,
    pixelSize: pixelSize.origin === "assumed" ? pixelSize : null,
    backend: "auto",
    runtimeBase: machine.runtimeBase,
    maxWorkers: Math.max(1, Math.floor(machine.hardwareThreads / 2)),
  };
  const options = {
    signal: stop.signal,
    onProgress(report: AnalysisProgress) {
      if (stop.signal.aborted) return;
      batch(() => {
        if (report.grid) grid.value = report.grid;
        progress.value = { ...report, grid: null };
      });
    },
    onTasks: (batch: KeptBatch) => journal.keepTasks(batch),
  };
  const running = runTask(client, request, { stride: stride ?? null, region, extent, earlierTasks }, options);
  const result = job.trust ? withTrust(running, job.trust(running, stop.signal)) : running;
  const end = result.then(
    (found): RunEnd => {
      if (isWhole(found)) return { result: found, kept: journal.keepResult(found) };
      // What a part finished stays as an unfinished run, which can be gone on with.
      journal.end();
      return { result: found, kept: Promise.resolve(null) };
    },
    (error: unknown) => {
      journal.end();
      throw error;
    },
  );
  return {
    progress,
    grid,
    isCancelling,
    isPaused,
    end,
    cancel() {
      isCancelling.value = true;
      stop.abort();
    },
    setPaused(next) {
      if (isPaused.value === next) return;
      isPaused.value = next;
      client.setPaused(next);
    },
  };
}

async function withTrust(
  running: Promise<RunEnd["result"]>,
  looking: Promise<TrustReport | null>,
): Promise<RunEnd["result"]> {
  const found = await running;
  const trust = await looking;
  return trust ? { ...found, trust } : found;
}

type CommonRequest = Omit<ClassifyRequest, "earlier" | "region" | "extent">;

/** Not a map of which a part was left out by choice. */
function isWhole(result: AnalysisResult | ClassificationResult): boolean {
  return !isMapResult(result) || result.part === undefined;
}

type MapOptions = Pick<AnalysisRequest, "stride" | "region" | "extent">;

/** The pack's task says what is run: a map, or a class for the whole slide. */
async function runTask(
  client: AnalysisClient,
  request: CommonRequest,
  { earlierTasks, ...map }: MapOptions & { readonly earlierTasks: EarlierTasks | null },
  options: RunOptions & { readonly onTasks: (batch: KeptBatch) => Promise<void> },
): Promise<AnalysisResult | ClassificationResult> {
  if (request.pack.pack.task === "classification") {
    return await client.classify(
      { ...request, earlier: earlierTasks?.kind === "class" ? earlierTasks.work : null },
      options,
    );
  }
  const earlier = earlierTasks?.kind === "map" ? earlierTasks.work : null;
  return await client.analyze({ ...request, ...map, earlier }, options);
}
