import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { runSelfTest } from "../../../src/engine/features/self-test.ts";
import { loadPack } from "../../../src/engine/modelpack/parse.ts";
import { writePack } from "../../../src/engine/modelpack/write.ts";
import { classCard } from "../../../src/engine/training/class-card.ts";
import { parseTrainingConfig } from "../../../src/engine/training/config.ts";
import { maskClasses } from "../../../src/engine/training/mask-classes.ts";
import { type ClassTrainingRequest, trainClasses } from "../../../src/engine/training/train-classes.ts";
import { madeImage } from "./made-images.ts";

const backboneBytes = new Uint8Array(
  readFileSync(new URL("../../../public/models/necrosis-lowpower/backbone.onnx", import.meta.url)),
);

const CONFIG = {
  id: "made-classes",
  sampling: { patch: 24, windows: [24, 40] },
  classes: { perClass: 25, priors: [0, 0.5] },
  views: [{}, { stain: { gain: [0.9, 1.1], offset: 0.01 } }],
  svm: { c: [1e-3, 1e-4] },
  folds: { count: 3 },
  threshold: { from: 0.1, to: 0.9, count: 9 },
  postProcess: { minRegionUm2: 0, maxHoleUm2: 0 },
};

const CLASSES = maskClasses([
  { name: "Necrosis", maskColour: [5, 5, 5], colour: "" },
  { name: "Tumour", maskColour: [5, 208, 4], colour: "" },
  { name: "Background", maskColour: [255, 255, 255], colour: "" },
]);

async function request(changes: object = {}): Promise<ClassTrainingRequest> {
  return {
    images: Array.from({ length: 6 }, (_, index) => madeImage(index)),
    classes: CLASSES,
    mpp: 10,
    config: parseTrainingConfig({ ...CONFIG, ...changes }),
    backboneBytes,
    backend: await nodeBackend({ threads: 1 }),
    command: "palisade train segmentation --classes made",
    appVersion: "0.0.0",
  };
}

test("three textures are told apart, the pack holds what it promises, and training again gives the same bytes", async () => {
  const asked = await request();
  const trained = await trainClasses(asked);
  const { figures, pack } = trained;
  expect(figures.folds).toBe(3);
  expect(figures.accuracy).toBeGreaterThan(0.85);
  expect(figures.classes.map(({ name, groups }) => [name, groups])).toEqual([
    ["Necrosis", 3],
    ["Tumour", 3],
    ["Background", 3],
  ]);
  for (const { dice } of figures.classes) expect(dice).toBeGreaterThan(0.7);
  for (const row of figures.confusion) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 3);
  const foldOf = new Map<string, number>();
  for (const { group, fold } of figures.images) {
    expect(foldOf.get(group) ?? fold).toBe(fold);
    foldOf.set(group, fold);
  }

  const files = await writePack(pack, backboneBytes);
  const loaded = await loadPack(async (path) => files.get(path) ?? new Uint8Array());
  expect(loaded.pack.svms.map(({ positive, negative }) => `${positive}/${negative}`)).toEqual([
    "Tumour/Necrosis",
    "Background/Necrosis",
    "Background/Tumour",
  ]);
  expect(loaded.pack.threshold).toBe(loaded.pack.classDetails?.[0]?.threshold);
  expect((await runSelfTest(asked.backend, loaded)).passed).toBe(true);
  const card = classCard(trained, asked.config);
  expect(card).toContain("### Confusion matrix");
  expect(card).toContain("| Tumour | 3 |");

  const again = await writePack((await trainClasses(await request())).pack, backboneBytes);
  for (const [path, bytes] of files) expect(Buffer.compare(bytes, again.get(path) ?? new Uint8Array())).toBe(0);
}, 120_000);

test("what belongs to a training on one class is refused by name", async () => {
  const settings = { folds: { count: 3, leaveOneGroupOut: true }, refinements: { hardRegions: {} } };
  await expect(trainClasses(await request(settings))).rejects.toThrow("found leaveOneGroupOut");
});

test("a class that no patch shows is named", async () => {
  const asked = await request();
  const classes = [...CLASSES, { name: "Vessel", maskColour: [255, 102, 0], colour: "#d55e00" }] as const;
  await expect(trainClasses({ ...asked, classes })).rejects.toThrow("found none that Vessel holds most of");
});

test("images of fewer than three groups are refused with a sentence", async () => {
  const asked = await request();
  const images = asked.images.map((image) => ({ ...image, group: image.group === "block-0" ? "one" : "two" }));
  await expect(trainClasses({ ...asked, images })).rejects.toThrow("at least three groups");
});

test("a signal stops the training", async () => {
  const controller = new AbortController();
  const run = trainClasses(await request(), { signal: controller.signal, onStep: () => controller.abort() });
  await expect(run).rejects.toMatchObject({ name: "AbortError" });
});
