import type { PatchRows, PatchTask } from "../engine/classification/patch-task.ts";
import type { BackendInfo } from "../engine/features/types.ts";
import type { SupertilePlanes, SupertileTask } from "../engine/patches/types.ts";
import type { InferenceApi, InferenceSetup } from "./inference.api.ts";
import inferenceWorkerUrl from "./inference.worker.ts?worker&url";
import type { PatchInferenceApi, PatchInferenceSetup } from "./patch-inference.api.ts";
import patchWorkerUrl from "./patch-inference.worker.ts?worker&url";
import { spawnWorker } from "./spawn-worker.ts";
import { WorkerLink } from "./worker-link.ts";

/** What the pool decides for each worker; the rest of the setup is the same for all. */
export type InferenceRole = Pick<InferenceSetup, "kind" | "reason" | "selfTest">;

/** What a worker is opened for, beside its role. */
type Rest<Setup> = Omit<Setup, keyof InferenceRole>;

/** One inference worker as the pool sees it. Calls reject with `workers/crashed` when it dies, `workers/closed` when it is closed. */
export interface InferenceHandle<Task = SupertileTask, Found = SupertilePlanes> {
  open(role: InferenceRole): Promise<BackendInfo>;
  run(task: Task): Promise<Found>;
  /** Ends the worker at once, whatever it is doing. */
  close(): void;
}

export function startInferenceWorker(setup: Rest<InferenceSetup>): InferenceHandle {
  const worker = spawnWorker(inferenceWorkerUrl, "inference");
  return inferenceHandle(worker, setup);
}

/** The handle of a worker that speaks `InferenceApi`. */
export function inferenceHandle(worker: Worker, setup: Rest<InferenceSetup>): InferenceHandle {
  const link = new WorkerLink<InferenceApi>(worker, { name: "the analysis worker" });
  return {
    open: (role) => link.call((remote) => remote.open({ ...setup, ...role })),
    run: (task) => link.call((remote) => remote.run(task)),
    close: () => link.close(),
  };
}

/** A worker that takes the features of a classification's patches. */
export function startPatchWorker(setup: Rest<PatchInferenceSetup>): InferenceHandle<PatchTask, PatchRows> {
  const worker = spawnWorker(patchWorkerUrl, "patch-inference");
  const link = new WorkerLink<PatchInferenceApi>(worker, { name: "the analysis worker" });
  return {
    open: (role) => link.call((remote) => remote.open({ ...setup, ...role })),
    run: (task) => link.call((remote) => remote.run(task)),
    close: () => link.close(),
  };
}
