import type { BackendInfo } from "../features/types.ts";
import type { ConfidenceGrid } from "../heatmap/types.ts";
import type { SamplingMode } from "../modelpack/types.ts";
import type { PixelSize, SlideColour } from "../slide/types.ts";
import type { TrustReport } from "../trust/types.ts";
import type { ResumeOptions } from "./earlier-work.ts";
import type { PauseGate } from "./pause-gate.ts";

export interface AnalysisOptions extends ResumeOptions {
  /** Pixel size to use where the file has none (or a wrong one); `assumed` marks every output. */
  readonly pixelSize?: PixelSize;
  /** Must equal the pack's mode; a pack trained for the other is refused with a sentence. */
  readonly mode?: SamplingMode;
  /** Source pixels between patches; a multiple or a divisor of the pack's. Default: the pack's. */
  readonly stride?: number;
  readonly signal?: AbortSignal;
  /** Pauses the run while it is shut. */
  readonly gate?: PauseGate;
  readonly onProgress?: (progress: AnalysisProgress) => void;
}

/** At most ten a second. */
export interface AnalysisProgress {
  readonly phase: "opening" | "tissue" | "warming-up" | "coarse" | "fine";
  readonly done: number;
  readonly total: number;
  /** Estimate, or null before there is a basis for one. */
  readonly secondsLeft: number | null;
  readonly backend: BackendInfo | null;
  /** The map so far, when it has changed since the last report. */
  readonly grid: ConfidenceGrid | null;
}

export interface AnalysisResult {
  readonly grid: ConfidenceGrid;
  readonly pixelSize: PixelSize;
  readonly backend: BackendInfo;
  readonly packId: string;
  readonly packSha256: string;
  readonly mode: SamplingMode;
  /** Source pixels. */
  readonly stride: number;
  /** What the network saw. */
  readonly colour: SlideColour;
  readonly startedAt: string;
  /** Without pauses; where the run went on with an earlier one, that one's included. */
  readonly seconds: number;
  /** Sentences a reader must see beside the numbers (assumed scale, mpp out of the pack's range, ...). */
  readonly notes: readonly string[];
  /** Whether the slide is like what the pack was trained on; null or left out where nobody looked. */
  readonly trust?: TrustReport | null;
}
