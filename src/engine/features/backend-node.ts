import { webBackend } from "./backend-web.ts";
import { openOrtSession } from "./ort-session.ts";
import { serialQueue } from "./serial-queue.ts";
import type { Backend } from "./types.ts";

export interface NodeBackendOptions {
  /** Threads within one run; 0 lets onnxruntime take one per core. Default: 0. */
  readonly threads?: number;
}

/** Native onnxruntime on the processor; the page's wasm where onnxruntime has no native build (macOS on Intel). */
export async function nodeBackend(options: NodeBackendOptions = {}): Promise<Backend> {
  const ort = await loadNative();
  if (!ort) return wasmBackendInNode("onnxruntime has no native build for this computer");
  const threads = options.threads ?? 0;
  const enqueue = serialQueue();
  return {
    info: {
      name: "native",
      reason: "The command line runs onnxruntime natively on the processor",
      device: "CPU",
      runtime: `onnxruntime-node ${ort.env.versions.node ?? ""}`.trim(),
    },
    openSession: (model, names) =>
      openOrtSession(
        ort,
        model,
        names,
        { executionProviders: ["cpu"], intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 3 },
        { enqueue, device: null, release: (session) => session.release() },
      ),
  };
}

/** The page's wasm backend, from the installed package. `reason`: sentence for `Backend.info.reason`. */
export function wasmBackendInNode(reason: string): Promise<Backend> {
  const file = import.meta.resolve("onnxruntime-web/ort-wasm-simd-threaded.wasm");
  return webBackend({ kind: "wasm", runtimeBase: new URL(".", file).href, reason });
}

async function loadNative(): Promise<typeof import("onnxruntime-node") | null> {
  try {
    return await import("onnxruntime-node");
  } catch {
    return null;
  }
}
