import type { WebGpuProbe } from "../engine/features/web-gpu.ts";
import type { SupertilePlanes, SupertileTask } from "../engine/patches/types.ts";
import type { BackendChoice } from "./analysis.api.ts";
import type { InferenceHandle } from "./inference-handle.ts";

/** How long a worker may stay silent before it counts as hung. */
export interface PoolLimits {
  /** To answer the question for a WebGPU adapter. */
  readonly probeMs: number;
  /** To load the runtime, open the network and pass the self-test, on the GPU and in wasm. */
  readonly openGpuMs: number;
  readonly openWasmMs: number;
  /** For a task, at least; or `medianFactor` times the median of the tasks so far, whichever is more. */
  readonly taskMs: number;
  readonly medianFactor: number;
}

/** Generous: a slow laptop that loads 27 MB of runtime from a slow disk must not be taken for a hang. */
export const DEFAULT_POOL_LIMITS: PoolLimits = {
  probeMs: 10_000,
  openGpuMs: 60_000,
  openWasmMs: 120_000,
  taskMs: 60_000,
  medianFactor: 20,
};

export interface PoolOptions<Task = SupertileTask, Found = SupertilePlanes> {
  readonly choice: BackendChoice;
  /** Wasm workers at most, at least 1. */
  readonly maxWorkers: number;
  readonly startWorker: () => InferenceHandle<Task, Found>;
  readonly probe: () => Promise<WebGpuProbe>;
  readonly limits: PoolLimits;
  /** How often a task is tried again after its worker crashed or hung. */
  readonly redoAtMost: number;
  readonly signal?: AbortSignal;
}

export const REDO_AT_MOST = 3;
