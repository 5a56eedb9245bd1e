import type { Env, InferenceSession } from "onnxruntime-web";
import { DeviceWatch } from "./device-watch.ts";
import { type OrtRuntime, openOrtSession } from "./ort-session.ts";
import { useRuntimeFiles, type WebGpuBuild, webGpuBuild } from "./runtime-files.ts";
import { serialQueue } from "./serial-queue.ts";
import type { Backend } from "./types.ts";
import { openGpuDevice } from "./web-gpu.ts";

export { probeWebGpu, type WebGpuProbe } from "./web-gpu.ts";

export interface WebBackendOptions {
  readonly kind: "webgpu" | "wasm";
  /** Address of the folder with onnxruntime's files, absolute, with a closing slash. */
  readonly runtimeBase: string;
  /** Sentence for `Backend.info.reason`. Default: what was found. */
  readonly reason?: string;
  /** Which build of onnxruntime computes on WebGPU. Default: the one for this browser. */
  readonly build?: WebGpuBuild;
}

/** onnxruntime's wasm is one per thread and does one thing at a time, whoever asks. */
const enqueue = serialQueue();

type WebRuntime = OrtRuntime & { readonly env: Env };

/**
 * onnxruntime inside a worker (or a page, or Node for `wasm`): the WebGPU build only where an adapter exists, one thread,
 * no proxy. One backend of one kind per thread. Throws `features/no-backend` when there is no adapter.
 */
export async function webBackend(options: WebBackendOptions): Promise<Backend> {
  return options.kind === "webgpu" ? openWebGpu(options) : openWasm(options);
}

async function openWasm(options: WebBackendOptions): Promise<Backend> {
  const ort: WebRuntime = await import("onnxruntime-web/wasm");
  await useRuntimeFiles(ort.env, options.runtimeBase, "wasm");
  return {
    info: {
      name: "WASM",
      reason: options.reason ?? "WebAssembly on the processor was asked for",
      device: "CPU",
      runtime: describeRuntime(ort.env),
    },
    openSession: (model, names) =>
      openOrtSession(ort, model, names, sessionOptions("wasm"), {
        enqueue,
        device: null,
        release: (session) => session.release(),
      }),
  };
}

async function openWebGpu(options: WebBackendOptions): Promise<Backend> {
  const { device, probe } = await openGpuDevice();
  const ort: WebRuntime = await import("onnxruntime-web/webgpu");
  await useRuntimeFiles(ort.env, options.runtimeBase, options.build ?? webGpuBuild());
  const hooks = { enqueue, device: new DeviceWatch(device.lost), release: lingeringRelease() };
  return {
    info: {
      name: "WebGPU",
      reason: options.reason ?? probe.reason,
      device: probe.device,
      runtime: describeRuntime(ort.env),
    },
    openSession: (model, names) => openOrtSession(ort, model, names, sessionOptions({ name: "webgpu", device }), hooks),
  };
}

function sessionOptions(provider: InferenceSession.ExecutionProviderConfig): InferenceSession.SessionOptions {
  return { executionProviders: [provider], graphOptimizationLevel: "all", logSeverityLevel: 3 };
}

function describeRuntime(env: Env): string {
  return `onnxruntime-web ${env.versions.web ?? env.versions.common}`;
}

/**
 * Releases a session when the next one is given back: with its last session onnxruntime drops every shader that it has
 * compiled, and the session after the self-test needs the same ones.
 */
function lingeringRelease(): (session: InferenceSession) => Promise<void> {
  let lingering: InferenceSession | null = null;
  return async (session) => {
    const previous = lingering;
    lingering = session;
    await previous?.release();
  };
}
