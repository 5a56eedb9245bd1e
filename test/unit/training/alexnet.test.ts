import { beforeAll, describe, expect, it } from "vitest";
import { extractorExecutor } from "../../../src/engine/analysis/extractor-executor.ts";
import { runAnalysis } from "../../../src/engine/analysis/run.ts";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { openExtractor } from "../../../src/engine/features/extractor.ts";
import { runSelfTest } from "../../../src/engine/features/self-test.ts";
import type { Backend } from "../../../src/engine/features/types.ts";
import { loadPack } from "../../../src/engine/modelpack/parse.ts";
import type { LoadedPack } from "../../../src/engine/modelpack/types.ts";
import { writePack } from "../../../src/engine/modelpack/write.ts";
import { parseTrainingConfig } from "../../../src/engine/training/config.ts";
import { trainSegmentation } from "../../../src/engine/training/train-segmentation.ts";
import { alexNet } from "../../support/made-networks.ts";
import { madeImage } from "./made-images.ts";

/** As in docs/packs.md, for pictures of 160 x 160 pixels. */
const TRAINING = {
  id: "paper-alexnet",
  backbone: {
    path: "alexnet.onnx",
    file: "alexnet.onnx",
    input: "image",
    output: "features",
    kind: "vector",
    channelOrder: "RGB",
    mean: [123.675, 116.28, 103.53],
    std: [58.395, 57.12, 57.375],
    cell: 224,
    halo: 0,
    channels: 4096,
    licence: "none",
    origin: "random weights, seed 1",
  },
  sampling: { patch: 32, stride: 16, resizeTo: 224, mode: "patchwise", windows: [32] },
  windows: { perImage: 16 },
  views: [{}],
  svm: { c: [1e-4] },
  folds: { count: 3, stride: 32 },
  threshold: { from: 0.1, to: 0.9, count: 9, smooth: 1 },
  postProcess: { minRegionUm2: 0, maxHoleUm2: 0 },
};

describe("the paper's network: AlexNet to its second layer of 4096 values, patch by patch", () => {
  let backend: Backend;
  let loaded: LoadedPack;
  let cases: number;

  beforeAll(async () => {
    backend = await nodeBackend();
    const backboneBytes = alexNet(1);
    const config = parseTrainingConfig(TRAINING);
    const trained = await trainSegmentation({
      images: Array.from({ length: 6 }, (_, index) => madeImage(index)),
      positive: [5, 5, 5],
      mpp: 10,
      config,
      backboneBytes,
      backend,
      command: "palisade train segmentation --images made",
      appVersion: "0.0.0",
    });
    expect(trained.figures.meanScore).toBeGreaterThan(0.6);
    const files = await writePack(trained.pack, backboneBytes);
    loaded = await loadPack(async (path) => files.get(path) ?? new Uint8Array());
    cases = trained.pack.selfTest.cases.length;
  }, 300_000);

  it("becomes a pack of one weight per value that passes its self-test after loading", async () => {
    expect(loaded.backboneBytes.length).toBeGreaterThan(220e6);
    expect(loaded.pack.backbone).toMatchObject({ kind: "vector", channels: 4096, file: "alexnet.onnx" });
    expect(loaded.pack.svms[0]?.weights).toHaveLength(4096);
    expect(loaded.pack.reference?.featureMean).toHaveLength(4096);
    expect(cases).toBeGreaterThan(0);
    expect(await runSelfTest(backend, loaded)).toMatchObject({ passed: true });
  }, 120_000);

  it("analyses a slide that it has not seen", async () => {
    const slide = await madeImage(6).openSlide();
    const result = await runAnalysis({
      slide,
      loaded,
      openExecutor: async (lattice) =>
        extractorExecutor({
          slide,
          lattice,
          extractor: await openExtractor({ backend, loaded }),
          backend: backend.info,
        }),
      options: { pixelSize: { mppX: 10, mppY: 10, origin: "assumed" } },
    });
    const { cols, values, stride0X, stride0Y } = result.grid;
    const at = (x0: number, y0: number) => values[Math.floor(y0 / stride0Y) * cols + Math.floor(x0 / stride0X)]!;
    const centre = { x0: 55 + ((6 * 37) % 50), y0: 55 + ((6 * 53) % 50) };
    expect(at(centre.x0, centre.y0)).toBeGreaterThan(at(24, 24) + 0.2);
    expect(at(centre.x0, centre.y0)).toBeGreaterThan(at(136, 136) + 0.2);
    slide.close();
  }, 120_000);
});
