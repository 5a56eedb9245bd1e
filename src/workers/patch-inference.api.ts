import type { PatchGrid } from "../engine/classification/patch-grid.ts";
import type { PatchRows, PatchTask } from "../engine/classification/patch-task.ts";
import type { BackendInfo } from "../engine/features/types.ts";
import type { InferenceSetup } from "./inference.api.ts";

/** All that a worker needs to compute any patch of a classification. Structured-cloneable. */
export interface PatchInferenceSetup extends Omit<InferenceSetup, "lattice" | "channels"> {
  readonly grid: PatchGrid;
}

/** As `InferenceApi`, for patches. Ended by terminating it. */
export interface PatchInferenceApi {
  open(setup: PatchInferenceSetup): Promise<BackendInfo>;
  /** Transferred. */
  run(task: PatchTask): Promise<PatchRows>;
}
