import { bytesField, numberField, stringField } from "../../../src/engine/features/protobuf.ts";
import type { LoadedPack, ModelPack, Sampling } from "../../../src/engine/modelpack/types.ts";

/** Network pixels per cell. */
const CELL = 8;

/** Field numbers of onnx.proto3. */
const MODEL = { irVersion: 1, opsets: 8, graph: 7 } as const;
const OPSET = { version: 2 } as const;
const GRAPH = { node: 1, name: 2, input: 11, output: 12 } as const;
const NODE = { input: 1, output: 2, name: 3, operator: 4, attribute: 5 } as const;
const ATTRIBUTE = { name: 1, ints: 8, type: 20 } as const;
const INTS = 7;

/** A network whose feature map is the mean colour of each square of `cell` pixels: [N, 3, height / cell, width / cell]. */
export function meanColourModel(cell: number): Uint8Array<ArrayBuffer> {
  const squares = (name: string): Uint8Array =>
    bytesField(
      NODE.attribute,
      stringField(ATTRIBUTE.name, name),
      numberField(ATTRIBUTE.ints, cell),
      numberField(ATTRIBUTE.ints, cell),
      numberField(ATTRIBUTE.type, INTS),
    );
  const node = bytesField(
    GRAPH.node,
    stringField(NODE.input, "pixels"),
    stringField(NODE.output, "cells"),
    stringField(NODE.name, "cells"),
    stringField(NODE.operator, "AveragePool"),
    squares("kernel_shape"),
    squares("strides"),
  );
  return Uint8Array.from([
    ...numberField(MODEL.irVersion, 8),
    ...bytesField(
      MODEL.graph,
      node,
      stringField(GRAPH.name, "mean-colour"),
      valueInfo(GRAPH.input, "pixels"),
      valueInfo(GRAPH.output, "cells"),
    ),
    ...bytesField(MODEL.opsets, numberField(OPSET.version, 13)),
  ]);
}

/** A float32 tensor of rank 4 with 3 channels, its other sizes open. */
function valueInfo(field: number, name: string): Uint8Array {
  const open = bytesField(1);
  const shape = bytesField(2, open, bytesField(1, numberField(1, 3)), open, open);
  return bytesField(field, stringField(1, name), bytesField(2, bytesField(1, numberField(1, 1), shape)));
}

export interface DarknessOptions {
  readonly sampling?: Partial<Sampling>;
  readonly id?: string;
}

/**
 * A pack whose confidence grows with the darkness of the patch: decision = -(sum of channels, -1 to 1 each) / 3 per window, the
 * wider windows with a fifth of the weight. Cells of 8 pixels, patches of 16, stride 8, 4 µm a pixel.
 */
export function darknessPack(options: DarknessOptions = {}): LoadedPack {
  const sampling: Sampling = {
    mpp: 4,
    mppRange: [1, 8],
    patch: 16,
    stride: 8,
    resizeTo: 16,
    mode: "dense",
    windows: [16],
    ...options.sampling,
  };
  const windows = sampling.mode === "dense" ? sampling.windows : [sampling.patch];
  const pack: ModelPack = {
    format: "palisade-pack",
    version: 1,
    id: options.id ?? "darkness",
    name: "Darkness",
    description: "For tests: dark is positive.",
    task: "segmentation",
    classes: ["other", "necrosis"],
    backbone: {
      file: "backbone.onnx",
      sha256: "0".repeat(64),
      input: "pixels",
      channelOrder: "RGB",
      mean: [127.5, 127.5, 127.5],
      std: [127.5, 127.5, 127.5],
      output: "cells",
      kind: "map",
      cell: CELL,
      halo: CELL,
      channels: 3,
      licence: "Apache-2.0",
      origin: "made by a test",
    },
    sampling,
    pooling: { kind: "mean" },
    selected: null,
    svms: [
      {
        positive: "necrosis",
        negative: "other",
        weights: Float32Array.from(windows.flatMap((_, index) => Array(3).fill((index === 0 ? -1 : -0.2) / 3))),
        bias: 0.1,
        calibration: { a: -4, b: 0 },
      },
    ],
    threshold: 0.5,
    postProcess: { minRegionUm2: 0, maxHoleUm2: 0 },
    training: { data: "none", groups: [], command: "", seed: 1, appVersion: "0", settings: {}, figures: {} },
    reference: null,
    selfTest: { cases: [], tolerance: 1e-3 },
  };
  return { pack, backboneBytes: meanColourModel(CELL), packSha256: "0".repeat(64) };
}
