import { describe, expect, it } from "vitest";
import { nodeBackend, wasmBackendInNode } from "../../../src/engine/features/backend-node.ts";
import { probeWebGpu, webBackend } from "../../../src/engine/features/backend-web.ts";
import { readModel, runtimeBase } from "./fixtures.ts";

const NAMES = { input: "image", output: "cells" };
const model = readModel("necrosis-lowpower/backbone.onnx");
const blank = (height: number, width: number, batch = 1) => ({
  data: new Float32Array(batch * 3 * height * width),
  dims: [batch, 3, height, width],
});

describe.each([
  { runtime: "native onnxruntime", open: () => nodeBackend({ threads: 1 }) },
  { runtime: "onnxruntime's wasm", open: () => webBackend({ kind: "wasm", runtimeBase }) },
])("$runtime", ({ open }) => {
  it.each([
    { what: "a text file", bytes: new TextEncoder().encode("not a network"), found: "text of 13 bytes" },
    { what: "a truncated network", bytes: model.slice(0, 100_000), found: "data of 100000 bytes" },
    { what: "an empty file", bytes: new Uint8Array(0), found: "an empty file" },
  ])("refuses $what in a sentence", async ({ bytes, found }) => {
    const backend = await open();
    await expect(backend.openSession(bytes, NAMES)).rejects.toMatchObject({
      code: "features/bad-model",
      message: `Expected an ONNX network, found ${found} that onnxruntime cannot open; export the network again.`,
    });
  });

  it("names the inputs and outputs that a network has when the pack names others", async () => {
    const backend = await open();
    await expect(backend.openSession(model, { ...NAMES, input: "pixels" })).rejects.toMatchObject({
      code: "features/bad-model",
      message: expect.stringContaining('an input named "pixels", found "image"'),
    });
    await expect(backend.openSession(model, { ...NAMES, output: "map" })).rejects.toMatchObject({
      message: expect.stringContaining('an output named "map", found "cells"'),
    });
  });

  it("takes any size that is a multiple of the cell, and batches", async () => {
    const session = await (await open()).openSession(model, NAMES);
    expect((await session.run(blank(8, 8))).dims).toEqual([1, 384, 1, 1]);
    expect((await session.run(blank(8, 72, 3))).dims).toEqual([3, 384, 1, 9]);
    await session.close();
  });

  it("tells of an input that the network does not take, and works on", async () => {
    const session = await (await open()).openSession(model, NAMES);
    const grey = { data: new Float32Array(64), dims: [1, 1, 8, 8] };
    await expect(session.run(grey)).rejects.toMatchObject({ code: "features/run-failed" });
    expect((await session.run(blank(8, 8))).dims).toEqual([1, 384, 1, 1]);
    await session.close();
    await session.close();
  });

  it("keeps sessions apart that are opened and run at the same time", async () => {
    const backend = await open();
    const sessions = await Promise.all([1, 2, 3].map(() => backend.openSession(model, NAMES)));
    const outputs = await Promise.all(sessions.map((session, i) => session.run(blank(8, 8 * (i + 1)))));
    expect(outputs.map((output) => output.dims[3])).toEqual([1, 2, 3]);
    await Promise.all(sessions.map((session) => session.close()));
  });
});

describe("the wasm that stands in for native onnxruntime in Node", () => {
  it("finds its own files and says why it runs", async () => {
    const backend = await wasmBackendInNode("There is no native build");
    expect(backend.info).toMatchObject({ name: "WASM", reason: "There is no native build" });
    const session = await backend.openSession(model, NAMES);
    expect((await session.run(blank(8, 16))).dims).toEqual([1, 384, 1, 2]);
    await session.close();
  });
});

describe("WebGPU outside a browser", () => {
  it("is found missing, with a reason", async () => {
    expect(await probeWebGpu()).toMatchObject({ ok: false, reason: expect.stringContaining("WebGPU") });
    const options = { kind: "webgpu", runtimeBase } as const;
    await expect(webBackend(options)).rejects.toMatchObject({ code: "features/no-backend" });
  });
});
