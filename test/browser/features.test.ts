import { beforeAll, describe, expect, it } from "vitest";
import { probeWebGpu, webBackend } from "../../src/engine/features/backend-web.ts";
import { appendHead } from "../../src/engine/features/head.ts";
import { FLOAT } from "../../src/engine/features/onnx-fields.ts";
import { runSelfTest, selfTestDecisions } from "../../src/engine/features/self-test.ts";
import type { Backend } from "../../src/engine/features/types.ts";
import { SQUEEZE_CHANNELS, type SqueezeNetOptions, squeezeNet } from "../support/made-networks.ts";
import { LOW_POWER_BACKBONE, PATCHWISE_SAMPLING, smallPack } from "../support/small-packs.ts";
import { fetchBytes, goldenDifference, NAMES } from "./golden-difference.ts";

/** A self-made network with the pack's head on it, as `openExtractor` opens it; its decisions on a test picture. */
async function decisionsOf(backend: Backend, options: SqueezeNetOptions): Promise<readonly number[]> {
  const backbone = { ...LOW_POWER_BACKBONE, input: "pixels", output: "fire", channels: SQUEEZE_CHANNELS, halo: 16 };
  const loaded = await smallPack(squeezeNet(options), { backbone, sampling: PATCHWISE_SAMPLING });
  return selfTestDecisions(backend, loaded, { seed: 3, width: 64, height: 64 });
}

const runtimeBase = new URL("/ort/", location.href).href;
const LOW_POWER = "necrosis-lowpower/backbone.onnx";

describe.each([
  {
    kind: "wasm",
    name: "WASM",
    cases: ["last-64x64", "last-96x128", "lowpower-64x64", "lowpower-96x128"],
    modes: ["dense", "patchwise"],
  },
  { kind: "webgpu", name: "WebGPU", cases: ["lowpower-64x64"], modes: ["dense"] },
] as const)("the $name backend in Chromium", ({ kind, name, cases, modes }) => {
  let backend: Backend;

  beforeAll(async () => {
    backend = await webBackend({ kind, runtimeBase });
  });

  it("says what it is and why", () => {
    expect(backend.info).toMatchObject({ name, runtime: expect.stringMatching(/^onnxruntime-web \d/) });
    expect(backend.info.reason).toMatch(/\w/);
  });

  it.each(cases)("computes PyTorch's features for %s", async (golden) => {
    const { difference, tolerance } = await goldenDifference(backend, golden);
    expect(difference).toBeLessThan(tolerance);
  });

  it.each([
    { what: "float16 inside and float32 at its ends", options: { edge: FLOAT } },
    { what: "float16 from end to end", options: {} },
    { what: "channels last, one at a time", options: { element: FLOAT, channelsLast: true, input: [1, 64, 64, 3] } },
  ] as const)("takes a network of $what, or says why not", async ({ options }) => {
    const plain = await decisionsOf(backend, { element: FLOAT });
    const found = await decisionsOf(backend, options).catch((error: unknown) => error);
    // A GPU without half precision refuses float16, and the page goes on with wasm.
    if (name === "WebGPU" && !Array.isArray(found)) {
      expect(found).toMatchObject({ name: "AppError", code: expect.stringMatching(/^features\//) });
      return;
    }
    expect(found).toEqual(plain.map((value) => expect.closeTo(value, 1.5)));
  });

  it("computes an appended head as the projection of the map", async () => {
    const model = await fetchBytes(`/models/${LOW_POWER}`);
    const weights = Float32Array.from({ length: 384 }, (_, i) => Math.sin(i));
    const headed = appendHead(model, { output: "cells", channels: 384, planes: 1, weights }, "score");
    const input = { data: Float32Array.from({ length: 3 * 64 * 64 }, (_, i) => Math.cos(i * i)), dims: [1, 3, 64, 64] };
    const plain = await backend.openSession(model, NAMES);
    const { data: map } = await plain.run(input);
    await plain.close();
    const scoring = await backend.openSession(headed, { input: "image", output: "score" });
    const scores = await scoring.run(input);
    await scoring.close();
    expect(scores.dims).toEqual([1, 1, 8, 8]);
    for (let cell = 0; cell < 64; cell++) {
      const expected = weights.reduce((sum, weight, c) => sum + weight * map[c * 64 + cell]!, 0);
      expect(Math.abs(scores.data[cell]! - expected)).toBeLessThan(1e-3);
    }
  });

  it.each(modes)("passes the self-test of a %s pack", async (mode) => {
    const bytes = await fetchBytes(`/models/${LOW_POWER}`);
    // A picture of 16 x 16 with its halo is 64 x 64 again: a GPU compiles its shaders anew for every size.
    const dense = { backbone: { ...LOW_POWER_BACKBONE, halo: 24 } };
    const loaded = await smallPack(bytes, mode === "patchwise" ? { sampling: PATCHWISE_SAMPLING } : dense);
    const question = mode === "dense" ? { seed: 4, width: 16, height: 16 } : { seed: 4, width: 64, height: 32 };
    const decisions = await selfTestDecisions(await webBackend({ kind: "wasm", runtimeBase }), loaded, question);
    const selfTest = { cases: [{ ...question, decisions }], tolerance: 1e-3 };
    const result = await runSelfTest(backend, { ...loaded, pack: { ...loaded.pack, selfTest } });
    expect(result).toMatchObject({ passed: true });
  });

  it("refuses what is no network in a sentence, and works on", async () => {
    const text = new TextEncoder().encode("no network");
    await expect(backend.openSession(text, NAMES)).rejects.toMatchObject({
      code: "features/bad-model",
      message: expect.stringContaining("found text of 10 bytes"),
    });
    const { difference, tolerance } = await goldenDifference(backend, "lowpower-64x64");
    expect(difference).toBeLessThan(tolerance);
  });
});

describe("WebGPU", () => {
  it("is found, and the software adapter of the tests is named as such", async () => {
    expect(await probeWebGpu()).toMatchObject({ ok: true, device: expect.stringMatching(/swiftshader|software/i) });
  });

  it("tells runs that the browser took the GPU away, those under way and later ones", async () => {
    const devices: GPUDevice[] = [];
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor?: GPUDeviceDescriptor) {
      const device = await requestDevice.call(this, descriptor);
      devices.push(device);
      return device;
    };
    const backend = await webBackend({ kind: "webgpu", runtimeBase }).finally(() => {
      GPUAdapter.prototype.requestDevice = requestDevice;
    });
    const session = await backend.openSession(await fetchBytes(`/models/${LOW_POWER}`), NAMES);
    const input = { data: new Float32Array(3 * 64 * 64), dims: [1, 3, 64, 64] };
    const underWay = session.run(input);
    for (const device of devices) device.destroy();
    await expect(underWay).rejects.toMatchObject({ code: "features/device-lost" });
    await expect(session.run(input)).rejects.toMatchObject({ code: "features/device-lost" });
  });
});
