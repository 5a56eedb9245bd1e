import type { EarlierWork } from "../engine/analysis/earlier-work.ts";
import type { SlidePlan } from "../engine/analysis/slide-plan.ts";
import type { SpeedMeasurement } from "../engine/analysis/speed.ts";
import type { AnalysisProgress, AnalysisResult, RunExtent } from "../engine/analysis/types.ts";
import type { PatchRows } from "../engine/classification/patch-task.ts";
import type { ClassificationResult } from "../engine/classification/types.ts";
import type { BackendInfo } from "../engine/features/types.ts";
import type { LoadedPack } from "../engine/modelpack/types.ts";
import type { Box0 } from "../engine/patches/region.ts";
import type { SupertilePlanes } from "../engine/patches/types.ts";
import type { Neuron } from "../engine/pictures/neurons.ts";
import type { ExcitedPatch } from "../engine/pictures/top-patches.ts";
import type { PixelSize } from "../engine/slide/types.ts";
import type { SlideInput } from "./slide-input.ts";
import type { OnTasks } from "./task-batches.ts";
import type { JobId } from "./wire.ts";

/** `auto`: WebGPU when an adapter exists and the pack's self-test passes on it, else wasm. */
export type BackendChoice = "auto" | "webgpu" | "wasm";

/** Cloneable part of `AnalysisOptions`, and what only the page decides. */
export interface AnalysisRequest {
  readonly slide: SlideInput;
  readonly pack: LoadedPack;
  readonly pixelSize: PixelSize | null;
  readonly stride: number | null;
  readonly backend: BackendChoice;
  /** Address of the folder with onnxruntime's files, absolute, with a closing slash. */
  readonly runtimeBase: string;
  /** Wasm workers at most; the page passes half the hardware threads, at least 1. */
  readonly maxWorkers: number;
  /** Computed first. Default: none. */
  readonly region?: Box0 | null;
  /** Default: whole. */
  readonly extent?: RunExtent;
  /** What an earlier run of the same finished. Default: nothing. */
  readonly earlier?: EarlierWork | null;
}

/** As `AnalysisRequest`; the grid of patches is the pack's own. */
export interface ClassifyRequest extends Omit<AnalysisRequest, "stride" | "earlier" | "region" | "extent"> {
  readonly earlier?: EarlierWork<PatchRows> | null;
}

/** As `AnalysisRequest`; looks at the places that excite the pack's strongest neurons. */
export interface NeuronRequest extends Omit<AnalysisRequest, "stride" | "earlier" | "region" | "extent"> {
  readonly rows: number;
  readonly columns: number;
  /** Parts of the slide to look at, at most. */
  readonly maxTasks: number;
}

/** As `AnalysisRequest`; what a run would have to do, at the pack's own stride. */
export interface PlanRequest extends Omit<AnalysisRequest, "stride" | "earlier" | "region" | "extent"> {
  /** Whether this computer's speed is measured too, for about five seconds. */
  readonly isMeasured: boolean;
}

export interface SlideForecast {
  readonly plan: SlidePlan;
  readonly speed: SpeedMeasurement | null;
}

/** The strongest neurons, a row each, with the places on the slide that excite them most. */
export interface NeuronFindings {
  readonly rows: readonly { readonly neuron: Neuron; readonly patches: readonly ExcitedPatch[] }[];
  /** Parts of the slide that were looked at, of how many. */
  readonly tasks: number;
  readonly tasksInAll: number;
}

/** What the run worker answers. It composes the run and owns the inference workers (nested); the page's thread only draws. */
export interface AnalysisApi {
  analyze(
    request: AnalysisRequest,
    job: JobId,
    onProgress: (progress: AnalysisProgress) => void,
    onTasks: OnTasks<SupertilePlanes> | null,
  ): Promise<AnalysisResult>;
  classify(
    request: ClassifyRequest,
    job: JobId,
    onProgress: (progress: AnalysisProgress) => void,
    onTasks: OnTasks<PatchRows> | null,
  ): Promise<ClassificationResult>;
  exciteNeurons(
    request: NeuronRequest,
    job: JobId,
    onProgress: (progress: AnalysisProgress) => void,
  ): Promise<NeuronFindings>;
  planSlide(request: PlanRequest, job: JobId): Promise<SlideForecast>;
  /** What a run would use, with the reason; cheap, without a self-test. */
  probeBackend(choice: BackendChoice): Promise<BackendInfo>;
  cancel(job: JobId): void;
  /** Starts no further task of a run until it goes on. */
  pause(job: JobId): void;
  goOn(job: JobId): void;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: AnalysisProgress) => void;
}

/** A run whose finished tasks are kept hears of them in batches. */
export interface KeptRunOptions<Found> extends RunOptions {
  readonly onTasks?: OnTasks<Found>;
}

/** The page's end of it. */
export interface AnalysisClient {
  analyze(request: AnalysisRequest, options?: KeptRunOptions<SupertilePlanes>): Promise<AnalysisResult>;
  classify(request: ClassifyRequest, options?: KeptRunOptions<PatchRows>): Promise<ClassificationResult>;
  exciteNeurons(request: NeuronRequest, options?: RunOptions): Promise<NeuronFindings>;
  planSlide(request: PlanRequest, options?: RunOptions): Promise<SlideForecast>;
  probeBackend(choice: BackendChoice): Promise<BackendInfo>;
  /** Holds for every run under way: those that paused go on, or the other way round. */
  setPaused(isPaused: boolean): void;
  close(): void;
}
