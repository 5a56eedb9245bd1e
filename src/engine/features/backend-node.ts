import { AppError } from "../base/errors.ts";
import { openOrtSession } from "./ort-session.ts";
import { serialQueue } from "./serial-queue.ts";
import type { Backend } from "./types.ts";

export interface NodeBackendOptions {
  /** Threads within one run; 0 lets onnxruntime take one per core. Default: 0. */
  readonly threads?: number;
}

/** Native onnxruntime on the processor. Throws `features/no-backend` where it has no build for this platform. */
export async function nodeBackend(options: NodeBackendOptions = {}): Promise<Backend> {
  const ort = await loadNative();
  const threads = options.threads ?? 0;
  const enqueue = serialQueue();
  return {
    info: {
      name: "native",
      reason: "The command line runs onnxruntime natively on the processor.",
      device: "CPU",
      runtime: `onnxruntime-node ${ort.env.versions.node ?? ""}`.trim(),
    },
    openSession: (model, names) =>
      openOrtSession(
        ort,
        model,
        names,
        { executionProviders: ["cpu"], intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 3 },
        { enqueue, lost: null, release: (session) => session.release() },
      ),
  };
}

async function loadNative() {
  try {
    return await import("onnxruntime-node");
  } catch (error) {
    throw new AppError(
      "features/no-backend",
      "Expected a build of onnxruntime-node for this computer, found none; run the page instead, which brings its own.",
      {},
      { cause: error },
    );
  }
}
