import { expect, it } from "vitest";
import { webBackend } from "../../src/engine/features/backend-web.ts";
import { webGpuBuild } from "../../src/engine/features/runtime-files.ts";
import { goldenDifference } from "./golden-difference.ts";

/** A page of its own: onnxruntime runs one build in a thread. */
const runtimeBase = new URL("/ort/", location.href).href;

function fetched(): string[] {
  return performance
    .getEntriesByType("resource")
    .map(({ name }) => name.split("/ort/")[1])
    .filter((name) => name !== undefined);
}

it("computes PyTorch's features on WebGPU where wasm cannot wait for a promise, with the packed build", async () => {
  expect(webGpuBuild()).toBe("jspi");
  const backend = await webBackend({ kind: "webgpu", runtimeBase, build: "asyncify" });
  const { difference, tolerance } = await goldenDifference(backend, "lowpower-64x64");
  expect(difference).toBeLessThan(tolerance);
  expect(fetched().sort()).toEqual(["ort-wasm-simd-threaded.asyncify.js", "ort-wasm-simd-threaded.asyncify.wasm.bin"]);
});

it("refuses in a sentence when the build is not there", async () => {
  const nowhere = new URL("/nowhere/", location.href).href;
  const { useRuntimeFiles } = await import("../../src/engine/features/runtime-files.ts");
  const ort = await import("onnxruntime-web/wasm");
  ort.env.wasm.wasmBinary = undefined as never;
  await expect(useRuntimeFiles(ort.env, nowhere, "asyncify")).rejects.toMatchObject({
    code: "features/no-backend",
    message: expect.stringMatching(/go on with wasm/),
  });
});
