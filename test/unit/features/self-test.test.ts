import { describe, expect, it } from "vitest";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { webBackend } from "../../../src/engine/features/backend-web.ts";
import { runSelfTest, selfTestDecisions, selfTestPicture } from "../../../src/engine/features/self-test.ts";
import type { Backend, FloatTensor, Session } from "../../../src/engine/features/types.ts";
import type { LoadedPack } from "../../../src/engine/modelpack/types.ts";
import { PATCHWISE_SAMPLING, smallPack } from "../../support/small-packs.ts";
import { readModel, runtimeBase } from "./fixtures.ts";

const bytes = readModel("necrosis-lowpower/backbone.onnx");
const QUESTION = { seed: 4, width: 90, height: 70 };

async function withAnswers(loaded: LoadedPack): Promise<LoadedPack> {
  const decisions = await selfTestDecisions(await nodeBackend({ threads: 1 }), loaded, QUESTION);
  return { ...loaded, pack: { ...loaded.pack, selfTest: { cases: [{ ...QUESTION, decisions }], tolerance: 1e-3 } } };
}

/** A backend that computes rightly but for what `spoil` does to an output. */
function spoilt(backend: Backend, spoil: (output: FloatTensor) => FloatTensor): Backend {
  return {
    info: backend.info,
    openSession: async (model, names) => {
      const session = await backend.openSession(model, names);
      const wrapped: Session = { run: async (input) => spoil(await session.run(input)), close: () => session.close() };
      return wrapped;
    },
  };
}

describe.each([
  { mode: "dense", count: 88, open: () => smallPack(bytes) },
  { mode: "patchwise", count: 4, open: () => smallPack(bytes, { sampling: PATCHWISE_SAMPLING }) },
])("the self-test of a $mode pack", ({ count, open }) => {
  it("passes on another backend than the one that answered", async () => {
    const loaded = await withAnswers(await open());
    expect(loaded.pack.selfTest.cases[0]?.decisions).toHaveLength(count);
    const result = await runSelfTest(await webBackend({ kind: "wasm", runtimeBase }), loaded);
    expect(result).toMatchObject({ passed: true, reason: expect.stringContaining("passed") });
    expect(result.largestDifference).toBeLessThan(1e-4);
  });

  it("fails when only the second picture of a batch comes out wrong", async () => {
    const loaded = await withAnswers(await open());
    const backend = spoilt(await nodeBackend({ threads: 1 }), ({ data, dims }) => {
      const each = data.length / dims[0]!;
      return { dims, data: data.map((value, at) => (at >= each ? 0 : value)) };
    });
    const result = await runSelfTest(backend, loaded);
    expect(result).toMatchObject({ passed: false, reason: expect.stringContaining("failed") });
  });

  it("fails on values that are no numbers", async () => {
    const loaded = await withAnswers(await open());
    const backend = spoilt(await nodeBackend({ threads: 1 }), ({ data, dims }) => ({
      dims,
      data: data.map(() => Number.NaN),
    }));
    expect((await runSelfTest(backend, loaded)).passed).toBe(false);
  });

  it("fails with the reason when the backend fails", async () => {
    const loaded = await withAnswers(await open());
    const backend = spoilt(await nodeBackend({ threads: 1 }), () => {
      throw new Error("out of memory");
    });
    const result = await runSelfTest(backend, loaded);
    expect(result).toMatchObject({ passed: false, reason: expect.stringContaining("out of memory") });
  });
});

describe("the self-test's picture", () => {
  it("is the same to the bit on every machine", () => {
    const { data, width, height } = selfTestPicture(1, 40, 24);
    expect([width, height, data.length]).toEqual([40, 24, 3840]);
    // FNV-1a over the bytes.
    const hash = data.reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
    expect([...data.subarray(0, 8), hash]).toMatchInlineSnapshot(`
      [
        207,
        87,
        163,
        255,
        199,
        85,
        153,
        255,
        4266542643,
      ]
    `);
  });

  it("does not depend on its size but for where it ends", () => {
    const small = selfTestPicture(2, 8, 8);
    const large = selfTestPicture(2, 64, 8);
    expect(large.data.subarray(0, 32)).toEqual(small.data.subarray(0, 32));
  });
});
