import type { Env } from "onnxruntime-web";
import { AppError } from "../base/errors.ts";

/**
 * The two builds of onnxruntime that compute on WebGPU: `jspi` for browsers whose wasm can wait for a promise, `asyncify`
 * for the others.
 */
export type WebGpuBuild = "jspi" | "asyncify";

const NAMES: Readonly<Record<WebGpuBuild | "wasm", string>> = {
  wasm: "ort-wasm-simd-threaded",
  jspi: "ort-wasm-simd-threaded.jspi",
  asyncify: "ort-wasm-simd-threaded.asyncify",
};

/** First bytes of any WebAssembly module. */
const WASM_MAGIC = [0x00, 0x61, 0x73, 0x6d];

/** The build that this browser can run, the smaller one where it can run both. */
export function webGpuBuild(): WebGpuBuild {
  return "Suspending" in WebAssembly ? "jspi" : "asyncify";
}

/**
 * Points onnxruntime to its files under `runtimeBase`. One thread: several need cross-origin isolation, and more workers do
 * the same without. The asyncify build is fetched and unpacked here, because as it is it passes the 25 MiB of some hosts;
 * throws `features/no-backend` when that fails.
 */
export async function useRuntimeFiles(env: Env, runtimeBase: string, build: WebGpuBuild | "wasm"): Promise<void> {
  const at = (ending: string) => new URL(NAMES[build] + ending, runtimeBase).href;
  // Not every server knows that .mjs is a script; Node, which reads the package itself, knows nothing else.
  const script = at(runtimeBase.startsWith("file:") ? ".mjs" : ".js");
  env.wasm.numThreads = 1;
  env.wasm.proxy = false;
  env.logLevel = "error";
  if (build === "asyncify") {
    env.wasm.wasmPaths = { mjs: script };
    env.wasm.wasmBinary ??= await unpack(at(".wasm.bin"));
    return;
  }
  env.wasm.wasmPaths = { mjs: script, wasm: at(".wasm") };
}

/** A gzip'd file, or what a server has already unpacked on the way. */
async function unpack(url: string): Promise<ArrayBuffer> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const file = await response.blob();
    const head = new Uint8Array(await file.slice(0, WASM_MAGIC.length).arrayBuffer());
    if (WASM_MAGIC.every((byte, index) => head[index] === byte)) return await file.arrayBuffer();
    return await new Response(file.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  } catch (cause) {
    throw new AppError(
      "features/no-backend",
      "Expected the page's own runtime for WebGPU, but it could not be loaded; reload the page, or go on with wasm.",
      { url },
      { cause },
    );
  }
}
