import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { runSelfTest } from "../../../src/engine/features/self-test.ts";
import { loadPack } from "../../../src/engine/modelpack/parse.ts";
import { writePack } from "../../../src/engine/modelpack/write.ts";
import { packCard } from "../../../src/engine/training/card.ts";
import { parseTrainingConfig } from "../../../src/engine/training/config.ts";
import { trainSegmentation } from "../../../src/engine/training/train-segmentation.ts";
import type { TrainingRequest } from "../../../src/engine/training/training-request.ts";
import { madeImage } from "./made-images.ts";

const backboneBytes = new Uint8Array(
  readFileSync(new URL("../../../public/models/necrosis-lowpower/backbone.onnx", import.meta.url)),
);

const config = parseTrainingConfig({
  id: "made",
  sampling: { patch: 24, windows: [24, 40] },
  windows: { perImage: 60 },
  views: [{}, { stain: { gain: [0.9, 1.1], offset: 0.01 }, scale: [0.8, 1.25] }],
  svm: { c: [1e-3, 1e-4] },
  folds: { count: 3, leaveOneGroupOut: true },
  threshold: { from: 0.1, to: 0.9, count: 9 },
  postProcess: { minRegionUm2: 0, maxHoleUm2: 0 },
});

async function request(): Promise<TrainingRequest> {
  return {
    images: Array.from({ length: 8 }, (_, index) => madeImage(index)),
    positive: [5, 5, 5],
    mpp: 10,
    config,
    backboneBytes,
    backend: await nodeBackend({ threads: 1 }),
    command: "palisade train segmentation --images made",
    appVersion: "0.0.0",
  };
}

test("a texture is learned, the pack holds what it promises, and training again gives the same bytes", async () => {
  const steps: string[] = [];
  const trained = await trainSegmentation(await request(), { onStep: (step) => steps.push(step) });
  expect(trained.figures.meanScore).toBeGreaterThan(0.8);
  expect(trained.figures.meanFalsePositiveFraction).toBeLessThan(0.05);
  expect(trained.figures.positiveImages + trained.figures.negativeImages).toBe(8);
  expect(trained.leaveOneGroupOut?.folds).toBe(4);
  const { intervals, reliability, meanScore } = trained.figures;
  expect(intervals).toMatchObject({ groups: 4, resamples: 2000, seed: 1, score: { value: meanScore } });
  expect(intervals.score.low).toBeLessThanOrEqual(meanScore ?? 0);
  expect(intervals.score.high).toBeGreaterThanOrEqual(meanScore ?? 1);
  expect(reliability.bins).toHaveLength(10);
  expect(reliability.expectedCalibrationError.value).toBeLessThan(0.2);
  expect(steps.at(-1)).toBe("training on all images");
  const foldOf = new Map<string, number>();
  for (const { group, fold } of trained.figures.images) {
    expect(foldOf.get(group) ?? fold).toBe(fold);
    foldOf.set(group, fold);
  }

  const files = await writePack(trained.pack, backboneBytes);
  const loaded = await loadPack(async (path) => files.get(path) ?? new Uint8Array());
  expect((await runSelfTest(await nodeBackend({ threads: 1 }), loaded)).passed).toBe(true);
  expect(packCard(trained, config)).toContain(`mean S`);
  expect(packCard(trained, config)).toContain("the 4 groups drawn with replacement 2000 times");

  const again = await writePack((await trainSegmentation(await request())).pack, backboneBytes);
  for (const [path, bytes] of files) expect(Buffer.compare(bytes, again.get(path) ?? new Uint8Array())).toBe(0);
});

test("images of fewer than three groups are refused with a sentence", async () => {
  const all = await request();
  const images = all.images.map((image) => ({ ...image, group: image.group === "block-0" ? "one" : "two" }));
  await expect(trainSegmentation({ ...all, images })).rejects.toThrow("at least three groups");
});

test("masks that are all background are refused with a sentence", async () => {
  const all = await request();
  const images = all.images.map((image) => ({
    ...image,
    readMask: async () => ({ width: 1, height: 1, data: new Uint8ClampedArray([255, 255, 255, 255]) }),
  }));
  await expect(trainSegmentation({ ...all, images })).rejects.toThrow("Expected tissue in the masks");
});

test("a signal stops the training", async () => {
  const controller = new AbortController();
  const run = trainSegmentation(await request(), { signal: controller.signal, onStep: () => controller.abort() });
  await expect(run).rejects.toMatchObject({ name: "AbortError" });
});
