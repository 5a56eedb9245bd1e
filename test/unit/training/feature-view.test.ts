import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { selfTestPicture } from "../../../src/engine/features/self-test.ts";
import { patchPositions } from "../../../src/engine/heatmap/windows.ts";
import { planLattice } from "../../../src/engine/patches/lattice.ts";
import { decisionValues } from "../../../src/engine/svm/predict.ts";
import { featureView } from "../../../src/engine/training/feature-view.ts";
import { PictureSource } from "../../support/picture-source.ts";
import { DENSE_SAMPLING, LOW_POWER_BACKBONE, PATCHWISE_SAMPLING } from "../../support/small-packs.ts";

const bytes = new Uint8Array(
  readFileSync(new URL("../../../public/models/necrosis-lowpower/backbone.onnx", import.meta.url)),
);

describe.each([DENSE_SAMPLING, PATCHWISE_SAMPLING])("$mode views", (sampling) => {
  test("decide every patch as the model decides its row of features", async () => {
    const pack = { backbone: LOW_POWER_BACKBONE, sampling, pooling: { kind: "mean" } as const };
    const lattice = planLattice({ width0: 104, height0: 88, pixelSize: { mppX: 10, mppY: 10 }, pack });
    const backend = await nodeBackend({ threads: 1 });
    const session = await backend.openSession(bytes, { input: "image", output: "cells" });
    const readSource = new PictureSource(selfTestPicture(1, 104, 88)).read;
    const view = featureView({ session, pack, lattice, readSource });
    const weights = Float64Array.from({ length: view.featureCount }, (_, i) => Math.sin(i));
    const models = [
      { weights, bias: 0.5 },
      { weights: weights.map((weight) => -weight), bias: -0.5 },
    ];
    const tissue = new Uint8Array(lattice.cols * lattice.rows).fill(1);
    const [decisions, opposite] = await view.decisions(models, tissue);
    const { cols, rows } = patchPositions(lattice);
    expect(decisions).toHaveLength(cols * rows);
    const positions = Int32Array.of(0, 3, cols * rows - 1);
    const expected = decisionValues({ weights, bias: 0.5 }, await view.rowsAt(positions));
    // Float32 sums over 384 channels a window, in another order.
    positions.forEach((at, k) => {
      expect(decisions?.[at]).toBeCloseTo(expected[k] ?? NaN, 3);
      expect(opposite?.[at]).toBeCloseTo(-(expected[k] ?? NaN), 3);
    });
    await session.close();
  });
});

test("patch by patch only what tissue needs is computed", async () => {
  const pack = { backbone: LOW_POWER_BACKBONE, sampling: PATCHWISE_SAMPLING, pooling: { kind: "mean" } as const };
  const lattice = planLattice({ width0: 96, height0: 96, pixelSize: { mppX: 10, mppY: 10 }, pack });
  const backend = await nodeBackend({ threads: 1 });
  const session = await backend.openSession(bytes, { input: "image", output: "cells" });
  const readSource = new PictureSource(selfTestPicture(1, 96, 96)).read;
  const view = featureView({ session, pack, lattice, readSource });
  const tissue = new Uint8Array(lattice.cols * lattice.rows);
  tissue[0] = 1;
  const model = { weights: new Float64Array(view.featureCount), bias: 2 };
  const [decisions] = await view.decisions([model], tissue);
  expect(decisions?.[0]).toBe(2);
  expect(decisions?.filter((decision) => !Number.isNaN(decision))).toHaveLength(1);
  await session.close();
});

test("an image whose maps would not fit in memory is refused before anything is read", async () => {
  const pack = { backbone: LOW_POWER_BACKBONE, sampling: DENSE_SAMPLING, pooling: { kind: "mean" } as const };
  const lattice = planLattice({ width0: 40_000, height0: 40_000, pixelSize: { mppX: 10, mppY: 10 }, pack });
  const session = { run: () => Promise.reject(new Error("not asked for")), close: async () => {} };
  const source = new PictureSource(selfTestPicture(1, 8, 8));
  const view = featureView({ session, pack, lattice, readSource: source.read });
  await expect(view.rowsAt(Int32Array.of(0))).rejects.toThrow("found 40000 x 40000; cut them into pieces");
  expect(source.reads).toEqual([]);
});
