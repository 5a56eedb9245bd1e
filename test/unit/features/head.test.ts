import { describe, expect, it } from "vitest";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { webBackend } from "../../../src/engine/features/backend-web.ts";
import { appendHead } from "../../../src/engine/features/head.ts";
import type { FloatTensor } from "../../../src/engine/features/types.ts";
import { readModel, runtimeBase } from "./fixtures.ts";

const CHANNELS = 384;
const model = readModel("necrosis-lowpower/backbone.onnx");

/** weights · map, by hand. */
function project(map: FloatTensor, weights: Float32Array, planes: number): number[] {
  const area = map.data.length / CHANNELS;
  return Array.from({ length: planes * area }, (_, at) => {
    const plane = Math.floor(at / area);
    let sum = 0;
    for (let c = 0; c < CHANNELS; c++) sum += weights[plane * CHANNELS + c]! * map.data[c * area + (at % area)]!;
    return sum;
  });
}

describe.each([
  { runtime: "native onnxruntime", open: () => nodeBackend({ threads: 1 }) },
  { runtime: "onnxruntime's wasm", open: () => webBackend({ kind: "wasm", runtimeBase }) },
])("a head appended to a network, in $runtime", ({ open }) => {
  it("answers with the projection of the map, zero weights leaving channels out", async () => {
    const weights = Float32Array.from({ length: 2 * CHANNELS }, (_, i) => (i % 3 === 0 ? 0 : Math.sin(i)));
    const headed = appendHead(model, { output: "cells", channels: CHANNELS, planes: 2, weights }, "score");
    const backend = await open();
    const plain = await backend.openSession(model, { input: "image", output: "cells" });
    const scoring = await backend.openSession(headed, { input: "image", output: "score" });
    const input = { data: Float32Array.from({ length: 3 * 40 * 64 }, (_, i) => Math.cos(i * i)), dims: [1, 3, 40, 64] };
    const map = await plain.run(input);
    const scores = await scoring.run(input);
    expect(scores.dims).toEqual([1, 2, 5, 8]);
    project(map, weights, 2).forEach((expected, at) => {
      expect(Math.abs(scores.data[at]! - expected)).toBeLessThan(1e-4);
    });
    await plain.close();
    await scoring.close();
  });
});

describe("a head", () => {
  it("leaves the bytes of the network as they are", () => {
    const weights = new Float32Array(CHANNELS);
    const headed = appendHead(model, { output: "cells", channels: CHANNELS, planes: 1, weights }, "score");
    expect(Buffer.compare(headed.subarray(0, model.length), model)).toBe(0);
  });

  it("wants a weight for every plane and channel", () => {
    const head = { output: "cells", channels: CHANNELS, planes: 2, weights: new Float32Array(CHANNELS) };
    expect(() => appendHead(model, head, "score")).toThrow(/768|2 x 384/);
  });
});
