import { sha256Hex } from "../../src/engine/base/sha256.ts";
import type { Backbone, LoadedPack, ModelPack, Sampling } from "../../src/engine/modelpack/types.ts";

export const LOW_POWER_BACKBONE: Backbone = {
  file: "backbone.onnx",
  sha256: "",
  input: "image",
  channelOrder: "RGB",
  mean: [127, 127, 127],
  std: [128, 128, 128],
  output: "cells",
  kind: "map",
  cell: 8,
  halo: 33,
  channels: 384,
  licence: "Apache-2.0",
  origin: "EfficientNet-Lite0, ImageNet weights",
};

export const LAST_LAYER_BACKBONE: Backbone = { ...LOW_POWER_BACKBONE, cell: 32, halo: 256, channels: 1280 };

export const DENSE_SAMPLING: Sampling = {
  mpp: 10,
  mppRange: [7, 14],
  patch: 48,
  stride: 8,
  resizeTo: 48,
  mode: "dense",
  windows: [48, 80],
};

export const PATCHWISE_SAMPLING: Sampling = {
  mpp: 10,
  mppRange: [7, 14],
  patch: 32,
  stride: 8,
  resizeTo: 64,
  mode: "patchwise",
  windows: [32],
};

/** A segmentation pack whose weights are a fixed wave; its self-test has no answers that mean anything. */
export async function smallPack(
  backboneBytes: Uint8Array<ArrayBuffer>,
  parts: Partial<Omit<ModelPack, "backbone">> & { readonly backbone?: Backbone } = {},
): Promise<LoadedPack> {
  const backbone = { ...(parts.backbone ?? LOW_POWER_BACKBONE), sha256: await sha256Hex(backboneBytes) };
  const sampling = parts.sampling ?? DENSE_SAMPLING;
  const features = sampling.windows.length * (parts.selected?.length ?? backbone.channels);
  const pack: ModelPack = {
    format: "palisade-pack",
    version: 1,
    id: "small",
    name: "Small",
    description: "For tests.",
    task: "segmentation",
    classes: ["other", "necrosis"],
    pooling: { kind: "mean" },
    selected: null,
    svms: [
      {
        positive: "necrosis",
        negative: "other",
        weights: Float32Array.from({ length: features }, (_, i) => Math.sin(i) / 8),
        bias: -0.25,
        calibration: { a: -1.5, b: 0.1 },
      },
    ],
    threshold: 0.5,
    postProcess: { minRegionUm2: 1000, maxHoleUm2: 500 },
    training: { data: "none", groups: [], command: "", seed: 1, appVersion: "0.0.0", settings: {}, figures: {} },
    reference: null,
    selfTest: { cases: [], tolerance: 0.01 },
    ...parts,
    backbone,
    sampling,
  };
  return { pack, backboneBytes, packSha256: "" };
}
