import type { BackendInfo } from "../engine/features/types.ts";
import type { SupertilePlanes, SupertileTask } from "../engine/patches/types.ts";
import type { InferenceApi, InferenceSetup } from "./inference.api.ts";
import { WorkerLink } from "./worker-link.ts";

/** What the pool decides for each worker; the rest of the setup is the same for all. */
export type InferenceRole = Pick<InferenceSetup, "kind" | "reason" | "selfTest">;

/** One inference worker as the pool sees it. Calls reject with `workers/crashed` when it dies, `workers/closed` when it is closed. */
export interface InferenceHandle {
  open(role: InferenceRole): Promise<BackendInfo>;
  run(task: SupertileTask): Promise<SupertilePlanes>;
  /** Ends the worker at once, whatever it is doing. */
  close(): void;
}

export function startInferenceWorker(setup: Omit<InferenceSetup, keyof InferenceRole>): InferenceHandle {
  const worker = new Worker(new URL("./inference.worker.ts", import.meta.url), { type: "module" });
  return inferenceHandle(worker, setup);
}

/** The handle of a worker that speaks `InferenceApi`. */
export function inferenceHandle(worker: Worker, setup: Omit<InferenceSetup, keyof InferenceRole>): InferenceHandle {
  const link = new WorkerLink<InferenceApi>(worker, { name: "the analysis worker" });
  return {
    open: (role) => link.call((remote) => remote.open({ ...setup, ...role })),
    run: (task) => link.call((remote) => remote.run(task)),
    close: () => link.close(),
  };
}
