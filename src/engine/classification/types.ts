import type { ResumeOptions } from "../analysis/earlier-work.ts";
import type { PauseGate } from "../analysis/pause-gate.ts";
import type { AnalysisProgress } from "../analysis/types.ts";
import type { BackendInfo } from "../features/types.ts";
import type { PixelSize, SlideColour } from "../slide/types.ts";
import type { TrustReport } from "../trust/types.ts";
import type { PatchGrid } from "./patch-grid.ts";
import type { PatchRows } from "./patch-task.ts";
import type { PairDecision } from "./predict.ts";

export interface ClassificationOptions extends ResumeOptions<PatchRows> {
  /** Pixel size to use where the file has none (or a wrong one); `assumed` marks every output. */
  readonly pixelSize?: PixelSize;
  readonly signal?: AbortSignal;
  /** Pauses the run while it is shut. */
  readonly gate?: PauseGate;
  /** At most ten a second; never a map. */
  readonly onProgress?: (progress: AnalysisProgress) => void;
}

/** The class of a slide and why. Structured-cloneable. */
export interface ClassificationResult {
  readonly classes: readonly string[];
  readonly predicted: string;
  /** One per class, sum 1. */
  readonly probabilities: readonly number[];
  readonly pairs: readonly PairDecision[];
  readonly grid: PatchGrid;
  /** Grid indices of the patches that were looked at, ascending; the others are blank. */
  readonly kept: Int32Array<ArrayBuffer>;
  /**
   * One per kept patch, in units of the decision: above 0 speaks for `predicted`, below against it. With two classes they add up to
   * the decision for it, with more to the mean of its decisions against the others.
   */
  readonly evidence: Float64Array<ArrayBuffer>;
  readonly pixelSize: PixelSize;
  /** What the network saw. */
  readonly colour: SlideColour;
  readonly backend: BackendInfo;
  readonly packId: string;
  readonly packSha256: string;
  readonly startedAt: string;
  /** Without pauses; where the run went on with an earlier one, that one's included. */
  readonly seconds: number;
  /** Sentences a reader must see beside the result. */
  readonly notes: readonly string[];
  /** Whether the slide is like what the pack was trained on; null or left out where nobody looked. */
  readonly trust?: TrustReport | null;
}
