import { FLOAT, FLOAT16 } from "../../src/engine/features/onnx-fields.ts";
import { type MadeNode, type MadeValue, type MadeWeights, onnxModel } from "./onnx-graph.ts";

/** Layers one after another with seeded random weights, biases of zero. */
class Layers {
  readonly nodes: MadeNode[] = [];
  readonly weights: MadeWeights[] = [];
  readonly #element: number;
  #state: number;

  constructor(seed: number, element: number) {
    this.#state = seed;
    this.#element = element;
  }

  node(operator: string, inputs: readonly string[], attributes: MadeNode["attributes"] = {}): string {
    const output = `${operator.toLowerCase()}_${this.nodes.length}`;
    this.nodes.push({ operator, inputs, output, attributes });
    return output;
  }

  /** A convolution of square kernels and a ReLU. */
  conv(from: string, shape: { out: number; in: number; side: number; stride?: number; pad?: number }): string {
    const { out, side, stride = 1, pad = 0 } = shape;
    const weight = this.#draw([out, shape.in, side, side], shape.in * side * side);
    const map = this.node("Conv", [from, weight], {
      kernel_shape: [side, side],
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
    });
    return this.node("Relu", [map]);
  }

  pool(from: string, side: number, stride: number): string {
    return this.node("MaxPool", [from], { kernel_shape: [side, side], strides: [stride, stride] });
  }

  /** A fully connected layer and a ReLU. */
  dense(from: string, out: number, inputs: number): string {
    return this.node("Relu", [this.node("Gemm", [from, this.#draw([out, inputs], inputs)], { transB: 1 })]);
  }

  /** Evenly within +-sqrt(6 / inputs) (He et al. 2015: the variance stays over layers of ReLU); xorshift32. */
  #draw(dims: readonly number[], inputs: number): string {
    const values = new Float32Array(dims.reduce((all, size) => all * size, 1));
    const scale = Math.sqrt(6 / inputs) / 2 ** 31;
    let state = this.#state;
    for (let i = 0; i < values.length; i++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      values[i] = state * scale;
    }
    this.#state = state;
    const name = `weight_${this.weights.length}`;
    this.weights.push({ name, dims, values, element: this.#element });
    return name;
  }
}

/**
 * AlexNet as torchvision cuts it (Krizhevsky 2014, "One weird trick"): 224 x 224 in, the second layer of 4096 out; 57 million weights
 * without biases. Input "image", output "features".
 */
export function alexNet(seed: number): Uint8Array<ArrayBuffer> {
  const net = new Layers(seed, FLOAT);
  let at = net.pool(net.conv("image", { out: 64, in: 3, side: 11, stride: 4, pad: 2 }), 3, 2);
  at = net.pool(net.conv(at, { out: 192, in: 64, side: 5, pad: 2 }), 3, 2);
  at = net.conv(at, { out: 384, in: 192, side: 3, pad: 1 });
  at = net.conv(at, { out: 256, in: 384, side: 3, pad: 1 });
  at = net.pool(net.conv(at, { out: 256, in: 256, side: 3, pad: 1 }), 3, 2);
  at = net.dense(net.node("Flatten", [at], { axis: 1 }), 4096, 256 * 6 * 6);
  at = net.dense(at, 4096, 4096);
  return onnxModel({
    nodes: [...net.nodes, { operator: "Identity", inputs: [at], output: "features" }],
    weights: net.weights,
    inputs: [{ name: "image", dims: ["batch", 3, 224, 224] }],
    outputs: [{ name: "features", dims: ["batch", 4096] }],
  });
}

export interface SqueezeNetOptions {
  /** Of weights and everything between; default float16. */
  readonly element?: number;
  /** Of input and outputs, with casts where they differ from `element`; default as `element`. */
  readonly edge?: number;
  /** Shape of the input in the order of its axes; default free but for the colours. */
  readonly input?: MadeValue["dims"];
  /** Shape of the map that is written down; default free but for the channels. */
  readonly map?: MadeValue["dims"];
  readonly opset?: number;
  readonly irVersion?: number;
  /** Axes of pictures and map with the channels last. */
  readonly channelsLast?: boolean;
  /** Says that the weights lie in this file. */
  readonly beside?: string;
  /** Leaves the map out of the outputs, so that it lies within the network. */
  readonly scoresOnly?: boolean;
}

export const SQUEEZE_CHANNELS = 24;

/** A small SqueezeNet with cells of 8 pixels: input "pixels", a map "fire" of 24 channels and ten "scores" [N, 10, 1, 1]. */
export function squeezeNet(options: SqueezeNetOptions = {}): Uint8Array<ArrayBuffer> {
  const { element = FLOAT16, edge = element, channelsLast = false, scoresOnly = false } = options;
  const net = new Layers(7, element);
  const cast = (from: string, to: number) => (edge === element ? from : net.node("Cast", [from], { to }));
  let at = cast("pixels", element);
  if (channelsLast) at = net.node("Transpose", [at], { perm: [0, 3, 1, 2] });
  at = net.pool(net.conv(at, { out: 8, in: 3, side: 3, stride: 2, pad: 1 }), 2, 2);
  at = net.conv(at, { out: 8, in: 8, side: 3, stride: 2, pad: 1 });
  const squeezed = net.conv(at, { out: 4, in: 8, side: 1 });
  const wide = net.conv(squeezed, { out: 12, in: 4, side: 1 });
  const fire = net.node("Concat", [wide, net.conv(squeezed, { out: 12, in: 4, side: 3, pad: 1 })], { axis: 1 });
  const scores = net.node("GlobalAveragePool", [net.conv(fire, { out: 10, in: SQUEEZE_CHANNELS, side: 1 })]);
  const map = cast(channelsLast ? net.node("Transpose", [fire], { perm: [0, 2, 3, 1] }) : fire, edge);
  const averages = cast(scores, edge);
  const named = (from: string, output: string): MadeNode => ({ operator: "Identity", inputs: [from], output });
  const free = (channels: number) => (channelsLast ? ["N", "h", "w", channels] : ["N", channels, "h", "w"]);
  const mapOutput = {
    name: "fire",
    element: edge,
    dims: options.map === undefined ? free(SQUEEZE_CHANNELS) : options.map,
  };
  return onnxModel({
    nodes: [...net.nodes, named(map, "fire"), named(averages, "scores")],
    weights: net.weights.map((one) => (options.beside === undefined ? one : { ...one, beside: options.beside })),
    inputs: [{ name: "pixels", element: edge, dims: options.input === undefined ? free(3) : options.input }],
    outputs: [...(scoresOnly ? [] : [mapOutput]), { name: "scores", element: edge, dims: ["N", 10, 1, 1] }],
    ...(options.opset === undefined ? {} : { opset: options.opset }),
    ...(options.irVersion === undefined ? {} : { irVersion: options.irVersion }),
  });
}
