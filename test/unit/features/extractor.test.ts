import { describe, expect, it } from "vitest";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { denseFeatures } from "../../../src/engine/features/dense.ts";
import { openExtractor } from "../../../src/engine/features/extractor.ts";
import { patchwiseFeatures } from "../../../src/engine/features/patchwise.ts";
import { selfTestPicture } from "../../../src/engine/features/self-test-picture.ts";
import type { LoadedPack } from "../../../src/engine/modelpack/types.ts";
import { planLattice } from "../../../src/engine/patches/lattice.ts";
import { PictureSource } from "../../support/picture-source.ts";
import { PATCHWISE_SAMPLING, smallPack } from "../../support/small-packs.ts";
import { readModel } from "./fixtures.ts";

const bytes = readModel("necrosis-lowpower/backbone.onnx");
const NAMES = { input: "image", output: "cells" };
const SIZE = { width0: 120, height0: 90, pixelSize: { mppX: 10, mppY: 10 } };
const picture = selfTestPicture(9, SIZE.width0, SIZE.height0);

function dot(features: ArrayLike<number>, weights: Float32Array): number {
  return weights.reduce((sum, weight, index) => sum + weight * features[index]!, 0);
}

function latticeOf({ pack }: LoadedPack, stride = pack.sampling.stride) {
  return planLattice({ ...SIZE, pack, stride });
}

describe("an extractor", () => {
  it("projects dense cells onto each window's weights, selected channels alone", async () => {
    const selected = [3, 100, 383];
    const loaded = await smallPack(bytes, { selected });
    const lattice = latticeOf(loaded);
    const task = { id: 0, pass: 0, col: 1, row: 2, step: lattice.cellStrides, cols: 4, rows: 3 };
    const backend = await nodeBackend({ threads: 1 });
    const extractor = await openExtractor({ backend, loaded });
    const source = new PictureSource(picture);
    const planes = await extractor.run(task, lattice, source.read);
    await extractor.close();
    expect(planes).toMatchObject({ planes: 2, cols: 4, rows: 3 });
    const session = await backend.openSession(bytes, NAMES);
    const { backbone, sampling, svms } = loaded.pack;
    const features = await denseFeatures(session, backbone, sampling, source.read, task);
    await session.close();
    for (let at = 0; at < 12; at++) {
      const cell = selected.map((channel) => features.data[channel * 12 + at]!);
      for (const plane of [0, 1]) {
        const weights = svms[0]!.weights.subarray(plane * 3, plane * 3 + 3);
        expect(planes.data[plane * 12 + at]).toBeCloseTo(dot(cell, weights), 4);
      }
    }
  });

  it("decides patches one by one with the bias, and leaves out those beyond the lattice", async () => {
    const loaded = await smallPack(bytes, { sampling: PATCHWISE_SAMPLING });
    const lattice = latticeOf(loaded);
    const task = { id: 0, pass: 0, col: 8, row: 6, step: 2, cols: 4, rows: 2 };
    const backend = await nodeBackend({ threads: 1 });
    const extractor = await openExtractor({ backend, loaded });
    const source = new PictureSource(picture);
    const { planes, data } = await extractor.run(task, lattice, source.read);
    await extractor.close();
    // 15 x 12 cells, patches of 4: the last patch stands at 11, 8.
    expect(planes).toBe(1);
    expect(Array.from(data, (value) => value === 0)).toEqual([false, false, true, true, false, false, true, true]);
    // Nothing but numbers: the page's pool takes anything else for a broken device.
    expect(data.every(Number.isFinite)).toBe(true);
    const session = await backend.openSession(bytes, NAMES);
    const { backbone, sampling, svms } = loaded.pack;
    const rows = await patchwiseFeatures(session, backbone, sampling, source.read, [{ col: 10, row: 8 }]);
    await session.close();
    expect(data[5]).toBeCloseTo(dot(rows.data, svms[0]!.weights) + svms[0]!.bias, 4);
  });

  it("decides by p-norm features where the pack pools so", async () => {
    const pooling = { kind: "p-norm", p: 3 } as const;
    const loaded = await smallPack(bytes, { sampling: PATCHWISE_SAMPLING, pooling });
    const task = { id: 0, pass: 0, col: 1, row: 1, step: 1, cols: 1, rows: 1 };
    const backend = await nodeBackend({ threads: 1 });
    const extractor = await openExtractor({ backend, loaded });
    const source = new PictureSource(picture);
    const { data } = await extractor.run(task, latticeOf(loaded), source.read);
    await extractor.close();
    const session = await backend.openSession(bytes, NAMES);
    const { backbone, sampling, svms } = loaded.pack;
    const rows = await patchwiseFeatures(session, backbone, sampling, source.read, [task], { pooling });
    await session.close();
    expect(data[0]).toBeCloseTo(dot(rows.data, svms[0]!.weights) + svms[0]!.bias, 4);
  });

  it("refuses a lattice of the other mode in a sentence", async () => {
    const dense = await smallPack(bytes);
    const patchwise = await smallPack(bytes, { sampling: { ...PATCHWISE_SAMPLING, patch: 48, windows: [48] } });
    const extractor = await openExtractor({ backend: await nodeBackend({ threads: 1 }), loaded: dense });
    const task = { id: 0, pass: 0, col: 0, row: 0, step: 1, cols: 1, rows: 1 };
    const run = extractor.run(task, latticeOf(patchwise), new PictureSource(picture).read);
    await expect(run).rejects.toMatchObject({
      code: "analysis/mode-mismatch",
      message: expect.stringContaining('Expected a dense run for the pack "Small", found a patchwise one'),
    });
    await extractor.close();
  });

  it("refuses a classification pack in a sentence", async () => {
    const loaded = await smallPack(bytes, { task: "classification" });
    const open = openExtractor({ backend: await nodeBackend({ threads: 1 }), loaded });
    await expect(open).rejects.toMatchObject({ code: "analysis/mode-mismatch" });
  });
});
