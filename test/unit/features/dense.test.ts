import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { type DensePlanes, denseFeatures } from "../../../src/engine/features/dense.ts";
import type { LatticeBlock } from "../../../src/engine/features/dense-geometry.ts";
import { selfTestPicture } from "../../../src/engine/features/self-test-picture.ts";
import type { Session } from "../../../src/engine/features/types.ts";
import type { Backbone, Sampling } from "../../../src/engine/modelpack/types.ts";
import { PictureSource } from "../../support/picture-source.ts";
import { DENSE_SAMPLING, LAST_LAYER_BACKBONE, LOW_POWER_BACKBONE } from "../../support/small-packs.ts";
import { readModel } from "./fixtures.ts";

let lowPower: Session;
let lastLayer: Session;

beforeAll(async () => {
  const backend = await nodeBackend({ threads: 2 });
  const names = { input: "image", output: "cells" };
  lowPower = await backend.openSession(readModel("necrosis-lowpower/backbone.onnx"), names);
  lastLayer = await backend.openSession(readModel("efficientnet-lite0/last.onnx"), names);
});

afterAll(async () => {
  await lowPower.close();
  await lastLayer.close();
});

function valueAt(block: DensePlanes, plane: number, row: number, col: number): number {
  return block.data[(plane * block.rows + row) * block.cols + col]!;
}

/** Largest difference between a block and the same positions out of smaller blocks. */
async function largestSeam(
  run: (block: LatticeBlock) => Promise<DensePlanes>,
  whole: LatticeBlock,
  size: { readonly cols: number; readonly rows: number },
): Promise<number> {
  const reference = await run(whole);
  let largest = 0;
  for (let top = 0; top < whole.rows; top += size.rows) {
    for (let left = 0; left < whole.cols; left += size.cols) {
      const { step } = whole;
      const part = await run({ col: whole.col + left * step, row: whole.row + top * step, step, ...size });
      for (let plane = 0; plane < part.planes; plane++) {
        for (let row = 0; row < size.rows && top + row < whole.rows; row++) {
          for (let col = 0; col < size.cols && left + col < whole.cols; col++) {
            const apart = valueAt(part, plane, row, col) - valueAt(reference, plane, top + row, left + col);
            largest = Math.max(largest, Math.abs(apart));
          }
        }
      }
    }
  }
  return largest;
}

describe("a dense pass", () => {
  const picture = selfTestPicture(3, 300, 220);
  const run = (session: Session, backbone: Backbone, sampling: Sampling) => (block: LatticeBlock) =>
    denseFeatures(session, backbone, sampling, new PictureSource(picture).read, block);

  it("gives the low-power features of a position whatever block it lies in, over the slide's edges too", async () => {
    const shifted = { ...DENSE_SAMPLING, stride: 4 };
    const whole = { col: -3, row: 5, step: 2, cols: 14, rows: 9 };
    const seam = await largestSeam(run(lowPower, LOW_POWER_BACKBONE, shifted), whole, { cols: 5, rows: 4 });
    expect(seam).toBeLessThan(1e-4);
  });

  it.each([
    { factor: "2", resizeTo: 96, cell: 4 },
    { factor: "4/3", resizeTo: 64, cell: 6 },
  ])("gives the same after an enlargement by $factor", async ({ resizeTo, cell }) => {
    const sampling = { ...DENSE_SAMPLING, resizeTo, stride: cell };
    const whole = { col: 2, row: 1, step: 1, cols: 8, rows: 6 };
    expect(await largestSeam(run(lowPower, LOW_POWER_BACKBONE, sampling), whole, { cols: 3, rows: 4 })).toBeLessThan(
      1e-4,
    );
  });

  it("keeps the last layer's seams below 0.6 of 6 with its halo of 256, where each cell still sees a little further", async () => {
    const sampling = { ...DENSE_SAMPLING, patch: 112, resizeTo: 224, stride: 16, windows: [112] };
    const whole = { col: 2, row: 2, step: 1, cols: 6, rows: 4 };
    const seam = await largestSeam(run(lastLayer, LAST_LAYER_BACKBONE, sampling), whole, { cols: 3, rows: 4 });
    expect(seam).toBeLessThan(0.6);
  });

  it("is exact for the last layer from a halo of 416 on", async () => {
    const sampling = { ...DENSE_SAMPLING, patch: 112, resizeTo: 224, stride: 16, windows: [112] };
    const whole = { col: 2, row: 2, step: 1, cols: 4, rows: 2 };
    const seam = await largestSeam(run(lastLayer, { ...LAST_LAYER_BACKBONE, halo: 416 }, sampling), whole, {
      cols: 2,
      rows: 2,
    });
    expect(seam).toBeLessThan(1e-3);
  });

  it("reads its block with the halo rounded up to whole cells", async () => {
    const source = new PictureSource(picture);
    const block = { col: 4, row: 2, step: 1, cols: 3, rows: 2 };
    await denseFeatures(lowPower, LOW_POWER_BACKBONE, DENSE_SAMPLING, source.read, block);
    expect(source.reads).toEqual([{ x: 32 - 40, y: 16 - 40, width: 24 + 80, height: 16 + 80 }]);
  });

  it("picks every second cell when positions lie two cells apart", async () => {
    const cells = await run(
      lowPower,
      LOW_POWER_BACKBONE,
      DENSE_SAMPLING,
    )({ col: 0, row: 0, step: 1, cols: 5, rows: 5 });
    const every = await run(
      lowPower,
      LOW_POWER_BACKBONE,
      DENSE_SAMPLING,
    )({ col: 0, row: 0, step: 2, cols: 3, rows: 3 });
    expect(Math.abs(valueAt(every, 7, 1, 2) - valueAt(cells, 7, 2, 4))).toBeLessThan(1e-5);
  });

  it("refuses positions that do not lie on the network's cells", async () => {
    const sampling = { ...DENSE_SAMPLING, stride: 6 };
    const block = { col: 0, row: 0, step: 1, cols: 2, rows: 2 };
    await expect(run(lowPower, LOW_POWER_BACKBONE, sampling)(block)).rejects.toMatchObject({
      code: "analysis/out-of-range",
    });
  });

  it("tells when the network's cells have another size than the pack says", async () => {
    const block = { col: 0, row: 0, step: 1, cols: 2, rows: 2 };
    const backbone = { ...LOW_POWER_BACKBONE, cell: 16 };
    const sampling = { ...DENSE_SAMPLING, stride: 16 };
    await expect(run(lowPower, backbone, sampling)(block)).rejects.toMatchObject({
      code: "features/bad-model",
      message: expect.stringContaining("backbone.cell"),
    });
  });

  it("stops between reading and running when the job is cancelled", async () => {
    const abort = new AbortController();
    abort.abort();
    const block = { col: 0, row: 0, step: 1, cols: 2, rows: 2 };
    const read = new PictureSource(picture).read;
    const pass = denseFeatures(lowPower, LOW_POWER_BACKBONE, DENSE_SAMPLING, read, block, { signal: abort.signal });
    await expect(pass).rejects.toMatchObject({ name: "AbortError" });
  });
});
