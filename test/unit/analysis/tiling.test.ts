import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { nodeDecoders } from "../../../src/cli/open-slide.ts";
import { extractorExecutor } from "../../../src/engine/analysis/extractor-executor.ts";
import { runAnalysis } from "../../../src/engine/analysis/run.ts";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { openExtractor } from "../../../src/engine/features/extractor.ts";
import { selfTestPicture } from "../../../src/engine/features/self-test.ts";
import type { Backend } from "../../../src/engine/features/types.ts";
import type { ConfidenceGrid } from "../../../src/engine/heatmap/types.ts";
import type { LoadedPack } from "../../../src/engine/modelpack/types.ts";
import type { TaskShape } from "../../../src/engine/patches/plan.ts";
import { bytesSource } from "../../../src/engine/slide/blob-source.ts";
import { openSlide } from "../../../src/engine/slide/open.ts";
import { writeTiff } from "../../../src/engine/slide/tiff/write-tiff.ts";
import type { Slide } from "../../../src/engine/slide/types.ts";
import { LAST_LAYER_BACKBONE, LOW_POWER_BACKBONE, smallPack } from "../../support/small-packs.ts";

const MODELS = new URL("../../../public/models/", import.meta.url);

let backend: Backend;
beforeAll(async () => {
  backend = await nodeBackend();
});

function texturedSlide(width: number, height: number, mpp: number): Promise<Slide> {
  const { data } = selfTestPicture(9, width, height);
  const tiff = writeTiff([{ width, height, pixels: { kind: "rgba8", data }, mppX: mpp, mppY: mpp }]);
  return openSlide(bytesSource(tiff, "texture.tif"), nodeDecoders());
}

async function mapOf(slide: Slide, loaded: LoadedPack, maxPositions: number | TaskShape): Promise<ConfidenceGrid> {
  const { grid } = await runAnalysis({
    slide,
    loaded,
    maxPositions,
    openExecutor: async (lattice) =>
      extractorExecutor({
        slide,
        lattice,
        extractor: await openExtractor({ backend, loaded }),
        backend: backend.info,
      }),
  });
  return grid;
}

/** Largest difference of two maps, and how far the values of the first lie apart. */
function compare(a: ConfidenceGrid, b: ConfidenceGrid): { readonly difference: number; readonly range: number } {
  expect(a.tissue).toEqual(b.tissue);
  const known = [...a.values.keys()].filter((at) => a.tissue[at] === 1);
  const values = known.map((at) => a.values[at]!);
  const differences = known.map((at) => Math.abs(a.values[at]! - b.values[at]!));
  return { difference: Math.max(...differences), range: Math.max(...values) - Math.min(...values) };
}

async function packOf(path: string, parts: Parameters<typeof smallPack>[1], weightScale: number): Promise<LoadedPack> {
  const loaded = await smallPack(new Uint8Array(readFileSync(new URL(path, MODELS))), parts);
  const svms = loaded.pack.svms.map((svm) => ({ ...svm, weights: svm.weights.map((value) => value * weightScale) }));
  return { ...loaded, pack: { ...loaded.pack, svms } };
}

describe("a map does not depend on how the slide was cut", () => {
  it("with the bundled pack's network: equal to 1e-4", async () => {
    const loaded = await packOf(
      "necrosis-lowpower/backbone.onnx",
      {
        backbone: LOW_POWER_BACKBONE,
        sampling: {
          mpp: 10,
          mppRange: [7, 14],
          patch: 56,
          stride: 8,
          resizeTo: 56,
          mode: "dense",
          windows: [56, 152],
        },
      },
      0.4,
    );
    const slide = await texturedSlide(421, 307, 10);
    const expected = await mapOf(slide, loaded, 64);
    for (const maxPositions of [5, 16, { cols: 23, rows: 8 }]) {
      const { difference, range } = compare(expected, await mapOf(slide, loaded, maxPositions));
      expect(difference).toBeLessThan(1e-4);
      expect(range).toBeGreaterThan(0.02);
    }
  });

  it("with the last layer and its halo: equal to 0.05", async () => {
    const loaded = await packOf(
      "efficientnet-lite0/last.onnx",
      {
        backbone: LAST_LAYER_BACKBONE,
        sampling: {
          mpp: 10,
          mppRange: [7, 14],
          patch: 112,
          stride: 16,
          resizeTo: 224,
          mode: "dense",
          windows: [112],
        },
      },
      2,
    );
    const slide = await texturedSlide(400, 300, 10);
    const expected = await mapOf(slide, loaded, 32);
    const { difference, range } = compare(expected, await mapOf(slide, loaded, { cols: 11, rows: 9 }));
    expect(difference).toBeLessThan(0.05);
    expect(range).toBeGreaterThan(0.05);
  });
});
