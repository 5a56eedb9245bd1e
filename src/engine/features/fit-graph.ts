import { AppError } from "../base/errors.ts";
import type { Backbone, Sampling } from "../modelpack/types.ts";
import type { Graph, GraphValue } from "./graph.ts";
import { elementName, FLOAT, FLOAT16, FLOAT64 } from "./onnx-fields.ts";

/** Where the channels of pictures and maps lie: after the batch, or last. */
export type Layout = "NCHW" | "NHWC";

/** What of a graph differs from what the engine runs: float32 [N, 3, height, width] in, float32 [N, channels, ...] out. */
export interface GraphFit {
  readonly inputElement: typeof FLOAT | typeof FLOAT16;
  readonly inputLayout: Layout;
  readonly outputLayout: Layout;
  /** Pictures that the graph takes at a time, no more and no fewer; null when free. */
  readonly batch: number | null;
  /** The output, an output of the graph or a tensor inside it, must be made float32, or told to onnxruntime at all. */
  readonly needsCast: boolean;
  /** A vector of which it is not certain that it comes as [N, channels]. */
  readonly needsFlatten: boolean;
}

type Use = Pick<Sampling, "mode" | "resizeTo">;

/**
 * How to run the graph as the pack's backbone. Judges by what the file declares; what it leaves open is for a trial
 * (`backbone-trial.ts`). Throws `features/bad-model` with what was expected and what the file has.
 */
export function fitGraph(graph: Graph, backbone: Backbone, use: Use): GraphFit {
  if (graph.externalFile !== null) {
    throw misfit(
      "the network's weights inside its .onnx file",
      `them in "${graph.externalFile}" beside it`,
      "save it as one file (onnx.save without save_as_external_data)",
    );
  }
  const input = findInput(graph, backbone.input);
  const inputElement = elementOfInput(input);
  const inputLayout = layoutOfInput(input);
  checkSize(input, inputLayout, use);
  const isOutput = graph.outputs.some(({ name }) => name === backbone.output);
  const output = findOutput(graph, backbone.output);
  const element = output.element ?? FLOAT;
  if (![FLOAT, FLOAT16, FLOAT64].includes(element)) {
    throw misfit(
      `the output "${output.name}" to hold float32 or float16 values`,
      elementName(element),
      "name another output, or export the network without quantised outputs",
    );
  }
  return {
    inputElement,
    inputLayout,
    outputLayout: backbone.kind === "map" ? layoutOfMap(output, backbone, inputLayout) : vectorLayout(output, backbone),
    batch: input.dims?.[0] ?? output.dims?.[0] ?? null,
    needsCast: element !== FLOAT || !isOutput || output.element === null,
    needsFlatten: backbone.kind === "vector" && output.dims?.length !== 2,
  };
}

function findInput(graph: Graph, name: string): GraphValue {
  const input = graph.inputs.find((one) => one.name === name);
  if (!input) {
    throw misfit(`the network to have an input named "${name}"`, listed(graph.inputs), "correct backbone.input");
  }
  const others = graph.inputs.filter((one) => one !== input);
  if (others.length === 0) return input;
  throw misfit(`the network to take pictures alone`, `further inputs ${listed(others)}`, "export it without them");
}

/** An output, or any tensor that an operator yields, such as the last hidden layer of a network that goes on to classes. */
function findOutput(graph: Graph, name: string): GraphValue {
  const declared = [...graph.outputs, ...graph.inside].find((one) => one.name === name);
  if (declared) return declared;
  if (graph.nodes.some(({ outputs }) => outputs.includes(name))) return { name, element: null, dims: null };
  throw misfit(
    `the network to have an output named "${name}"`,
    listed(graph.outputs),
    "correct backbone.output, which may also name a tensor inside the network",
  );
}

function elementOfInput(input: GraphValue): typeof FLOAT | typeof FLOAT16 {
  const element = input.element ?? FLOAT;
  if (element === FLOAT || element === FLOAT16) return element;
  throw misfit(
    `the input "${input.name}" to hold float32 or float16 values`,
    elementName(element),
    "export the network with a floating-point input",
  );
}

function layoutOfInput({ name, dims }: GraphValue): Layout {
  if (dims === null) return "NCHW";
  if (dims.length === 4 && (dims[1] === 3 || (dims[1] === null && dims[3] !== 3))) return "NCHW";
  if (dims.length === 4 && dims[3] === 3) return "NHWC";
  throw misfit(
    `the input "${name}" to be [N, 3, height, width] or [N, height, width, 3]`,
    shape(dims),
    "export the network for pictures of three colours",
  );
}

function checkSize({ name, dims }: GraphValue, layout: Layout, { mode, resizeTo }: Use): void {
  const [height, width] = (layout === "NCHW" ? dims?.slice(2) : dims?.slice(1, 3)) ?? [];
  const fixed = [height, width].filter((size) => typeof size === "number");
  if (mode === "dense" && fixed.length > 0) {
    throw misfit(
      `the input "${name}" of a dense pack's network to leave height and width free`,
      shape(dims),
      "export it with dynamic height and width, or use it patch by patch",
    );
  }
  if (fixed.every((size) => size === resizeTo)) return;
  throw misfit(
    `the input "${name}" to take patches of ${resizeTo} x ${resizeTo} pixels, to which sampling.resizeTo brings them`,
    shape(dims),
    "set sampling.resizeTo to the network's size, or export it with dynamic height and width",
  );
}

/** Where the file does not say, a map lies as the input does. */
function layoutOfMap({ name, dims }: GraphValue, { channels }: Backbone, inputLayout: Layout): Layout {
  if (dims === null) return inputLayout;
  if (dims.length === 4 && dims[1] === channels) return "NCHW";
  if (dims.length === 4 && dims[3] === channels) return "NHWC";
  if (dims.length === 4 && dims[1] === null) return inputLayout;
  const found = dims.length === 2 ? `${shape(dims)}, which is a vector` : shape(dims);
  throw misfit(
    `the output "${name}" to be a map of ${channels} channels, [N, ${channels}, rows, cols]`,
    found,
    "correct backbone.kind, backbone.channels or backbone.output",
  );
}

/** [N, channels], with or without sides of 1 behind; always flattened in order. */
function vectorLayout({ name, dims }: GraphValue, { channels }: Backbone): Layout {
  if (dims === null) return "NCHW";
  const values = dims
    .slice(1)
    .reduce<number | null>((all, size) => (all === null || size === null ? null : all * size), 1);
  if (dims.length >= 2 && (values === null || values === channels)) return "NCHW";
  throw misfit(
    `the output "${name}" to be a vector of ${channels} values, [N, ${channels}]`,
    shape(dims),
    "correct backbone.kind, backbone.channels or backbone.output",
  );
}

function listed(values: readonly GraphValue[]): string {
  return values.map(({ name }) => `"${name}"`).join(", ") || "none";
}

function shape(dims: GraphValue["dims"] | undefined): string {
  return `[${(dims ?? []).map((size) => size ?? "free").join(", ")}]`;
}

function misfit(expected: string, found: string, next: string): AppError {
  return new AppError("features/bad-model", `Expected ${expected}, found ${found}; ${next}.`);
}
