import type { BackendInfo } from "../engine/features/types.ts";
import type { LoadedPack } from "../engine/modelpack/types.ts";
import type { Lattice, SupertilePlanes, SupertileTask } from "../engine/patches/types.ts";
import type { SlideInput } from "./slide-input.ts";

/** All that an inference worker needs to compute any task of a run. Structured-cloneable. */
export interface InferenceSetup {
  readonly slide: SlideInput;
  readonly pack: LoadedPack;
  readonly lattice: Lattice;
  /** Answer with these channels of the network instead of with the SVM's projection. */
  readonly channels?: readonly number[];
  readonly kind: "webgpu" | "wasm";
  /** For `BackendInfo.reason`; null: what the backend found. */
  readonly reason: string | null;
  /** Absolute, with a closing slash. */
  readonly runtimeBase: string;
  /** Whether to prove the backend on the pack's self-test first. */
  readonly selfTest: boolean;
}

/** What an inference worker answers: its own reader on the file, its own session. Ended by terminating it. */
export interface InferenceApi {
  /** Throws `features/no-backend`, `features/self-test-failed`, `features/bad-model`, and what opening the slide throws. */
  open(setup: InferenceSetup): Promise<BackendInfo>;
  /** Transferred. Throws `features/run-failed`, `features/device-lost`, and what reading the slide throws. */
  run(task: SupertileTask): Promise<SupertilePlanes>;
}
