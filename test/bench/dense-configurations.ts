import { readFile } from "node:fs/promises";
import { openPack } from "../../src/cli/pack-files.ts";
import { seededRandom } from "../../src/engine/base/random.ts";
import { sha256Hex } from "../../src/engine/base/sha256.ts";
import type { LoadedPack, ModelPack } from "../../src/engine/modelpack/types.ts";

/** One way to compute the same field. */
export interface Configuration {
  readonly name: string;
  readonly loaded: LoadedPack;
  /** Tasks to time at most; the rest is scaled from them. Null: all. */
  readonly sampleTasks: number | null;
}

const LAST_LAYER = new URL("../../public/models/efficientnet-lite0/last.onnx", import.meta.url);

/** Patches that patch by patch is timed on: 16 a task. */
const SAMPLED_TASKS = 6;

/** The paper's configuration patch by patch and dense, and the bundled pack; all at the pixel size and stride of the bundled pack. */
export async function denseConfigurations(bundledPack: string): Promise<readonly Configuration[]> {
  const bundled = await openPack(bundledPack);
  const lastLayer = await lastLayerPack(bundled.pack);
  return [
    {
      name: "last layer, patch by patch",
      loaded: { ...lastLayer, pack: withMode(lastLayer.pack, "patchwise") },
      sampleTasks: SAMPLED_TASKS,
    },
    { name: "last layer, dense", loaded: lastLayer, sampleTasks: null },
    { name: `bundled pack ${bundled.pack.id}`, loaded: bundled, sampleTasks: null },
  ];
}

function withMode(pack: ModelPack, mode: ModelPack["sampling"]["mode"]): ModelPack {
  return { ...pack, sampling: { ...pack.sampling, mode } };
}

/** The whole network on patches of 112 pixels enlarged to 224. Its weights are random: they do not change the time. */
async function lastLayerPack(bundled: ModelPack): Promise<LoadedPack> {
  const backboneBytes = new Uint8Array(await readFile(LAST_LAYER));
  const channels = 1280;
  const random = seededRandom(1);
  const pack: ModelPack = {
    ...bundled,
    id: "last-layer",
    name: "Last layer",
    backbone: {
      ...bundled.backbone,
      file: "last.onnx",
      sha256: await sha256Hex(backboneBytes),
      kind: "map",
      cell: 32,
      halo: 256,
      channels,
    },
    sampling: { ...bundled.sampling, patch: 112, resizeTo: 224, stride: 8, windows: [112], mode: "dense" },
    pooling: { kind: "mean" },
    selected: null,
    svms: [
      {
        positive: "necrosis",
        negative: "other",
        weights: Float32Array.from({ length: channels }, () => random() / 100 - 0.005),
        bias: 0,
        calibration: { a: -1, b: 0 },
      },
    ],
  };
  return { pack, backboneBytes, packSha256: "" };
}
