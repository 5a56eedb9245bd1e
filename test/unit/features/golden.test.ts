import { describe, expect, it } from "vitest";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { webBackend } from "../../../src/engine/features/backend-web.ts";
import { goldenPixels, networkInput, relativeDifference } from "../../support/golden-features.ts";
import { readGoldenList, readGoldenValues, readModel, runtimeBase } from "./fixtures.ts";

const { cases, relativeTolerance } = readGoldenList();

describe.each([
  { runtime: "native onnxruntime", open: () => nodeBackend({ threads: 1 }) },
  { runtime: "onnxruntime's wasm", open: () => webBackend({ kind: "wasm", runtimeBase }) },
])("features of $runtime", ({ open }) => {
  it.each(cases)("equal those of PyTorch for $name", async (known) => {
    const backend = await open();
    const session = await backend.openSession(readModel(known.model), { input: "image", output: "cells" });
    const cells = await session.run(networkInput(goldenPixels(known), known));
    await session.close();
    expect(relativeDifference(cells, known, readGoldenValues(known.name))).toBeLessThan(relativeTolerance);
  });
});

describe("the golden inputs", () => {
  it.each(cases)("follow the formula for $name", (known) => {
    const pixels = goldenPixels(known);
    expect([...pixels.subarray(0, 12)]).toEqual(known.firstPixels);
    expect(pixels.reduce((sum, value) => sum + value, 0)).toBe(known.pixelSum);
  });
});
