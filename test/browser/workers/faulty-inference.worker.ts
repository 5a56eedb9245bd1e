import { expose } from "comlink";
import { AppError } from "../../../src/engine/base/errors.ts";
import type { InferenceApi } from "../../../src/workers/inference.api.ts";
import { carryErrors } from "../../../src/workers/wire.ts";

/** The worker's name says how it fails. */
export type Fault = "crash" | "hang" | "hang-at-open" | "lost";

/** A busy worker is heard here, so that a test can tell when it is gone. */
const heartbeat = new BroadcastChannel("faulty-inference");

const api: InferenceApi = {
  async open({ kind }) {
    if (self.name === "hang-at-open") stayBusy();
    const name = kind === "webgpu" ? "WebGPU" : "WASM";
    return { name, reason: "faulty on purpose", device: "none", runtime: "none" };
  },
  async run() {
    if (self.name === "lost") throw new AppError("features/device-lost", "The browser took the GPU away.");
    if (self.name === "hang") stayBusy();
    setTimeout(() => {
      throw new Error("a worker out of memory looks like this");
    });
    return new Promise(() => {});
  },
};

function stayBusy(): never {
  for (let nextMs = 0; ; ) {
    if (performance.now() < nextMs) continue;
    heartbeat.postMessage("busy");
    nextMs = performance.now() + 20;
  }
}

carryErrors();
expose(api);
