import { describe, expect, it } from "vitest";
import { openTriedBackbone } from "../../../src/engine/features/backbone-session.ts";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { webBackend } from "../../../src/engine/features/backend-web.ts";
import { openExtractor } from "../../../src/engine/features/extractor.ts";
import { FLOAT, FLOAT16 } from "../../../src/engine/features/onnx-fields.ts";
import { resizePatch } from "../../../src/engine/features/patch-pixels.ts";
import { patchwiseFeatures } from "../../../src/engine/features/patchwise.ts";
import { poolMap } from "../../../src/engine/features/pool.ts";
import { runSelfTest, selfTestDecisions } from "../../../src/engine/features/self-test.ts";
import { selfTestPicture } from "../../../src/engine/features/self-test-picture.ts";
import type { Backend, FloatTensor } from "../../../src/engine/features/types.ts";
import type { Backbone, LoadedPack, Sampling } from "../../../src/engine/modelpack/types.ts";
import { cropImage } from "../../../src/engine/slide/pixels.ts";
import { SQUEEZE_CHANNELS, type SqueezeNetOptions, squeezeNet } from "../../support/made-networks.ts";
import { onnxModel } from "../../support/onnx-graph.ts";
import { PictureSource } from "../../support/picture-source.ts";
import { LOW_POWER_BACKBONE, PATCHWISE_SAMPLING, smallPack } from "../../support/small-packs.ts";
import { runtimeBase } from "./fixtures.ts";

const MAP: Backbone = {
  ...LOW_POWER_BACKBONE,
  input: "pixels",
  output: "fire",
  channels: SQUEEZE_CHANNELS,
  halo: 16,
  origin: "made",
};
const VECTOR: Backbone = { ...MAP, output: "scores", kind: "vector", cell: 64, channels: 10 };
const DENSE: Sampling = { ...PATCHWISE_SAMPLING, mode: "dense", patch: 32, resizeTo: 64, stride: 4, windows: [32] };

/** Weights in float16 keep 11 bits, and so do sums between layers where the processor computes in it. */
const HALF_TOLERANCE = 0.01;

const PICTURES: FloatTensor = {
  data: Float32Array.from({ length: 3 * 3 * 64 * 64 }, (_, i) => Math.sin(i * 0.7) * Math.cos(i * 0.013)),
  dims: [3, 3, 64, 64],
};

async function featuresOf(backend: Backend, model: Uint8Array<ArrayBuffer>, backbone: Backbone): Promise<FloatTensor> {
  const session = await openTriedBackbone(backend, model, backbone, PATCHWISE_SAMPLING);
  try {
    return await session.run(PICTURES);
  } finally {
    await session.close();
  }
}

function largestDifference(one: FloatTensor, other: FloatTensor): number {
  expect(one.dims).toEqual(other.dims);
  return one.data.reduce((largest, value, i) => Math.max(largest, Math.abs(value - other.data[i]!)), 0);
}

const VARIANTS: readonly { readonly what: string; readonly options: SqueezeNetOptions }[] = [
  { what: "in float16 from end to end", options: {} },
  { what: "in float16 with float32 at its ends", options: { edge: FLOAT } },
  { what: "in float32 with float16 at its ends", options: { element: FLOAT, edge: FLOAT16 } },
  { what: "of a batch fixed to 1", options: { input: [1, 3, 64, 64], map: [1, 24, 8, 8] } },
  { what: "of a batch fixed to 2", options: { element: FLOAT, input: [2, 3, 64, 64] } },
  { what: "without any shapes", options: { input: null, map: null } },
  { what: "with all sizes free but the batch", options: { element: FLOAT, input: [1, "c", "h", "w"] } },
  { what: "with channels last", options: { element: FLOAT, channelsLast: true } },
  { what: "in float16 with channels last, one at a time", options: { channelsLast: true, input: [1, 64, 64, 3] } },
  { what: "of IR version 3, weights among the inputs", options: { element: FLOAT, irVersion: 3, opset: 9 } },
  { what: "of opset 11 in float16", options: { opset: 11, irVersion: 6 } },
  { what: "of opset 21 in float16", options: { opset: 21, irVersion: 10 } },
  { what: "whose map is no output", options: { element: FLOAT, scoresOnly: true } },
  { what: "in float16 whose map is no output", options: { scoresOnly: true } },
];

describe.each([
  { runtime: "native onnxruntime", open: () => nodeBackend({ threads: 1 }) },
  { runtime: "onnxruntime's wasm", open: () => webBackend({ kind: "wasm", runtimeBase }) },
])("a small SqueezeNet in $runtime", ({ open }) => {
  it.each(VARIANTS)("$what gives the map of the plain one", async ({ options }) => {
    const backend = await open();
    const plain = await featuresOf(backend, squeezeNet({ element: FLOAT }), MAP);
    expect(plain.dims).toEqual([3, SQUEEZE_CHANNELS, 8, 8]);
    const found = await featuresOf(backend, squeezeNet(options), MAP);
    expect(largestDifference(found, plain)).toBeLessThan(HALF_TOLERANCE);
  });

  it.each(VARIANTS)("$what gives the vector of the plain one, sides of 1 or not", async ({ options }) => {
    const backend = await open();
    const plain = await featuresOf(backend, squeezeNet({ element: FLOAT }), VECTOR);
    expect(plain.dims).toEqual([3, 10]);
    const found = await featuresOf(backend, squeezeNet(options), VECTOR);
    expect(largestDifference(found, plain)).toBeLessThan(HALF_TOLERANCE);
  });

  it.each([
    { what: "float16", options: {} },
    { what: "float16 inside", options: { edge: FLOAT } },
    { what: "float16, batch of 1", options: { input: [1, 3, "h", "w"] } },
    { what: "float16, channels last", options: { channelsLast: true } },
    { what: "float16, map inside", options: { scoresOnly: true } },
  ] as const)("takes the SVM's head, patch by patch and dense: $what", async ({ options }) => {
    const backend = await open();
    for (const sampling of [PATCHWISE_SAMPLING, DENSE]) {
      const question = { seed: 3, width: 64, height: 96 };
      const plain = await packOf(squeezeNet({ element: FLOAT }), sampling);
      const decisions = await selfTestDecisions(backend, plain, question);
      const loaded = await packOf(squeezeNet(options), sampling);
      const selfTest = { cases: [{ ...question, decisions }], tolerance: HALF_TOLERANCE };
      const { passed, reason } = await runSelfTest(backend, { ...loaded, pack: { ...loaded.pack, selfTest } });
      expect(reason).toContain("passed");
      expect(passed).toBe(true);
      expect(new Set(decisions).size).toBeGreaterThan(1);
    }
  });
});

function packOf(model: Uint8Array<ArrayBuffer>, sampling: Sampling): Promise<LoadedPack> {
  return smallPack(model, { backbone: MAP, sampling });
}

/** A network that does not say that it takes one size only. */
function forPicturesOf(side: number): Uint8Array<ArrayBuffer> {
  const inputs = 3 * side * side;
  return onnxModel({
    nodes: [
      { operator: "Flatten", inputs: ["pixels"], output: "flat" },
      { operator: "MatMul", inputs: ["flat", "weight"], output: "features" },
    ],
    weights: [{ name: "weight", dims: [inputs, 4], values: new Float32Array(inputs * 4) }],
    inputs: [{ name: "pixels", dims: null }],
    outputs: [{ name: "features", dims: ["N", 4] }],
  });
}

const REFUSALS: readonly {
  readonly what: string;
  readonly options: SqueezeNetOptions;
  readonly backbone?: Partial<Backbone>;
  readonly sampling?: Sampling;
  readonly says: string;
}[] = [
  {
    what: "weights in another file",
    options: { beside: "squeezenet.onnx_data" },
    says: `Expected the network's weights inside its .onnx file, found them in "squeezenet.onnx_data" beside it; save it as one file`,
  },
  {
    what: "a fixed size that is not that of the patches",
    options: { input: [1, 3, 227, 227] },
    says: `Expected the input "pixels" to take patches of 64 x 64 pixels, to which sampling.resizeTo brings them, found [1, 3, 227, 227]; set sampling.resizeTo`,
  },
  {
    what: "a fixed size in a dense pack",
    options: { input: ["N", 3, 64, 64] },
    sampling: DENSE,
    says: `Expected the input "pixels" of a dense pack's network to leave height and width free, found [free, 3, 64, 64]`,
  },
  {
    what: "pictures of one colour",
    options: { input: [1, 1, 64, 64] },
    says: `Expected the input "pixels" to be [N, 3, height, width] or [N, height, width, 3], found [1, 1, 64, 64]`,
  },
  {
    what: "whole numbers as input",
    options: { element: FLOAT, edge: 2 },
    says: `Expected the input "pixels" to hold float32 or float16 values, found uint8`,
  },
  {
    what: "another number of channels",
    options: {},
    backbone: { channels: 512 },
    says: `Expected the output "fire" to be a map of 512 channels, [N, 512, rows, cols], found [free, 24, free, free]`,
  },
  {
    what: "a vector where the pack promises a map",
    options: { map: ["N", 24] },
    says: "found [free, 24], which is a vector; correct backbone.kind",
  },
  {
    what: "a map where the pack promises a vector",
    options: { map: ["N", 24, 8, 8] },
    backbone: { kind: "vector", cell: 64 },
    says: `Expected the output "fire" to be a vector of 24 values, [N, 24], found [free, 24, 8, 8]`,
  },
  {
    what: "another name of the input",
    options: {},
    backbone: { input: "image" },
    says: `Expected the network to have an input named "image", found "pixels"; correct backbone.input`,
  },
  {
    what: "another name of the output",
    options: {},
    backbone: { output: "fire9" },
    says: `Expected the network to have an output named "fire9", found "fire", "scores"; correct backbone.output`,
  },
];

describe("A network is refused with the reason before anything is computed:", () => {
  it.each(REFUSALS)("$what", async ({ options, backbone, sampling = PATCHWISE_SAMPLING, says }) => {
    const backend = await nodeBackend({ threads: 1 });
    const model = squeezeNet(options);
    const asked = { ...MAP, ...backbone };
    const refusal = { code: "features/bad-model", message: expect.stringContaining(says) };
    await expect(openTriedBackbone(backend, model, asked, sampling)).rejects.toMatchObject(refusal);
    const loaded = await smallPack(model, { backbone: asked, sampling });
    await expect(openExtractor({ backend, loaded })).rejects.toMatchObject(refusal);
    await expect(
      runSelfTest(backend, { ...loaded, pack: { ...loaded.pack, selfTest: { cases: [CASE], tolerance: 1 } } }),
    ).rejects.toMatchObject(refusal);
  });

  const CASE = { seed: 1, width: 64, height: 32, decisions: [0, 0] };

  it("what only a trial shows: a size that fails, a shape that no file tells, values that are not finite", async () => {
    const backend = await nodeBackend({ threads: 1 });
    const fails = (model: Uint8Array<ArrayBuffer>, backbone: Partial<Backbone>, sampling = PATCHWISE_SAMPLING) =>
      expect(openTriedBackbone(backend, model, { ...MAP, ...backbone }, sampling)).rejects;
    await fails(squeezeNet({ input: null, map: null }), { channels: 25 }).toThrow(
      "a map of 25 channels, found the shape 2 x 24 x 8 x 8",
    );
    await fails(forPicturesOf(32), { kind: "vector", output: "features", channels: 4, cell: 64 }).toThrow(
      /take 2 pictures of 64 x 64 pixels at a time, found that it fails on them \(.+\); export it with a free batch/,
    );
    await fails(squeezeNet(), { std: [1e-3, 1e-3, 1e-3] }).toThrow("finite features, found NaN or infinity");
    await fails(squeezeNet({ element: FLOAT }), { cell: 16, halo: 0 }, DENSE).toThrow("a map of 4 x 5 cells");
  });

  it("an opset of the future, in onnxruntime's words", async () => {
    const backend = await nodeBackend({ threads: 1 });
    const model = squeezeNet({ opset: 99, irVersion: 10 });
    await expect(openTriedBackbone(backend, model, MAP, PATCHWISE_SAMPLING)).rejects.toMatchObject({
      code: "features/bad-model",
      message: expect.stringMatching(
        /found one of opset 99 \(IR version 10\) that it refuses with the words ".*opset.*"/i,
      ),
    });
  });
});

describe("A network of its own size and colours", () => {
  it("sees 227 x 227 pixels in BGR less Caffe's means, and its whole map is pooled", async () => {
    const backend = await nodeBackend({ threads: 1 });
    const scale = { channelOrder: "BGR", mean: [104.007, 116.669, 122.679], std: [1, 1, 1] } as const;
    const backbone = { ...MAP, ...scale };
    const sampling = { ...PATCHWISE_SAMPLING, patch: 40, resizeTo: 227 };
    const model = squeezeNet({ element: FLOAT, input: [1, 3, 227, 227] });
    const session = await openTriedBackbone(backend, model, backbone, sampling);
    const source = new PictureSource(selfTestPicture(4, 120, 80));
    const rows = await patchwiseFeatures(session, backbone, sampling, source.read, [{ col: 3, row: 2 }]);

    const patch = resizePatch(cropImage(selfTestPicture(4, 120, 80), { x: 24, y: 16, width: 40, height: 40 }), 227);
    const area = 227 * 227;
    const data = Float32Array.from({ length: 3 * area }, (_, at) => {
      const blueFirst = 2 - Math.floor(at / area);
      return patch.data[(at % area) * 4 + blueFirst]! - [122.679, 116.669, 104.007][blueFirst]!;
    });
    const map = await session.run({ data, dims: [1, 3, 227, 227] });
    expect(map.dims).toEqual([1, SQUEEZE_CHANNELS, 29, 29]);
    const pooled = poolMap(map.data, 29 * 29, { kind: "mean" });
    expect(Array.from(rows.data)).toEqual(Array.from(pooled, (value) => expect.closeTo(value, 3)));
    await session.close();
  });
});
