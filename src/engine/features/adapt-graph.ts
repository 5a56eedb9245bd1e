import { joinBytes } from "../base/bytes.ts";
import type { Backbone } from "../modelpack/types.ts";
import type { GraphFit } from "./fit-graph.ts";
import type { Graph, GraphNode } from "./graph.ts";
import { ATTRIBUTE, DIM, FLOAT, GRAPH, MODEL, NODE, SHAPE, TENSOR_TYPE, TYPE, VALUE } from "./onnx-fields.ts";
import { bytesField, fieldOf, numberField, stringField } from "./protobuf.ts";
import { readFields, textOf } from "./protobuf-reader.ts";

/** A graph of which the named input is float32 [N, 3, height, width] and the output float32 [N, channels, ...]. */
export interface AdaptedGraph {
  readonly model: Uint8Array<ArrayBuffer>;
  readonly input: string;
  readonly output: string;
}

const INPUT = "palisade_image";
const OUTPUT = "palisade_features";

/**
 * Puts operators before and behind a graph where its types or the order of its axes differ, and takes out those that only
 * other outputs need. A graph that fits as it is stays the same bytes. The weights are copied once.
 */
export function adaptGraph(
  model: Uint8Array<ArrayBuffer>,
  graph: Graph,
  backbone: Pick<Backbone, "input" | "output">,
  fit: GraphFit,
): AdaptedGraph {
  const before = [
    ...(fit.inputLayout === "NHWC" ? [transpose([0, 2, 3, 1])] : []),
    ...(fit.inputElement === FLOAT ? [] : [cast(fit.inputElement)]),
  ];
  const behind = [
    ...(fit.needsCast ? [cast(FLOAT)] : []),
    ...(fit.outputLayout === "NHWC" ? [transpose([0, 3, 1, 2])] : []),
    ...(fit.needsFlatten ? [FLATTEN] : []),
  ];
  const input = before.length > 0 ? INPUT : backbone.input;
  const output = behind.length > 0 ? OUTPUT : backbone.output;
  if (before.length === 0 && behind.length === 0 && graph.outputs.length === 1) return { model, input, output };
  const kept = keptFields(graph, backbone, { input: before.length === 0, output: behind.length === 0 });
  const pieces = [
    ...chain(before, INPUT, backbone.input),
    ...kept,
    ...chain(behind, backbone.output, OUTPUT),
    ...(before.length > 0 ? [declare(GRAPH.input, INPUT, [fit.batch, 3, null, null])] : []),
    ...(behind.length > 0 ? [declare(GRAPH.output, OUTPUT, null)] : []),
  ];
  const rest = graph.modelFields.filter(({ field }) => field !== MODEL.graph).map(({ whole }) => whole);
  return { model: joinBytes([...rest, ...fieldOf(MODEL.graph, pieces)]), input, output };
}

/** The graph's own fields, less the input or output that is replaced, other outputs and what only they need. */
function keptFields(
  graph: Graph,
  backbone: Pick<Backbone, "input" | "output">,
  keeps: { readonly input: boolean; readonly output: boolean },
): Uint8Array<ArrayBuffer>[] {
  const unneeded = new Set(unneededNodes(graph.nodes, backbone.output).map(({ whole }) => whole.byteOffset));
  return graph.graphFields
    .filter(({ field, bytes, whole }) => {
      if (field === GRAPH.node) return !unneeded.has(whole.byteOffset);
      if (field !== GRAPH.input && field !== GRAPH.output) return true;
      const name = textOf(readFields(bytes), VALUE.name);
      if (field === GRAPH.input) return keeps.input || name !== backbone.input;
      return keeps.output && name === backbone.output;
    })
    .map(({ whole }) => whole);
}

/** Nodes on which the output does not depend. Nodes come in topological order (ONNX IR specification). */
function unneededNodes(nodes: readonly GraphNode[], output: string): GraphNode[] {
  if (nodes.some(({ hasSubgraph }) => hasSubgraph)) return [];
  const wanted = new Set([output]);
  return nodes.toReversed().filter(({ inputs, outputs }) => {
    const isWanted = outputs.some((name) => wanted.has(name));
    if (isWanted) for (const name of inputs) wanted.add(name);
    return !isWanted;
  });
}

/** An operator of one input and one output, without their names. */
interface Operator {
  readonly name: string;
  readonly attribute: Uint8Array<ArrayBuffer>;
}

// AttributeProto.AttributeType.
const INT = 2;
const INTS = 7;

const FLATTEN: Operator = { name: "Flatten", attribute: integerAttribute("axis", 1) };

function cast(element: number): Operator {
  return { name: "Cast", attribute: integerAttribute("to", element) };
}

function transpose(order: readonly number[]): Operator {
  const integers = order.map((axis) => numberField(ATTRIBUTE.integers, axis));
  const type = numberField(ATTRIBUTE.type, INTS);
  return {
    name: "Transpose",
    attribute: bytesField(NODE.attribute, stringField(ATTRIBUTE.name, "perm"), ...integers, type),
  };
}

function integerAttribute(name: string, value: number): Uint8Array<ArrayBuffer> {
  return bytesField(
    NODE.attribute,
    stringField(ATTRIBUTE.name, name),
    numberField(ATTRIBUTE.integer, value),
    numberField(ATTRIBUTE.type, INT),
  );
}

/** The operators one after another, from tensor `from` to tensor `to`. */
function chain(operators: readonly Operator[], from: string, to: string): Uint8Array<ArrayBuffer>[] {
  const between = (index: number) => (index === operators.length ? to : index === 0 ? from : `${to}_${from}_${index}`);
  return operators.map(({ name, attribute }, index) =>
    bytesField(
      GRAPH.node,
      stringField(NODE.input, between(index)),
      stringField(NODE.output, between(index + 1)),
      stringField(NODE.operator, name),
      attribute,
    ),
  );
}

function declare(field: number, name: string, dims: readonly (number | null)[] | null): Uint8Array<ArrayBuffer> {
  const sizes = dims?.map((size) => bytesField(SHAPE.dim, ...(size === null ? [] : [numberField(DIM.value, size)])));
  const shape = sizes ? [bytesField(TENSOR_TYPE.shape, ...sizes)] : [];
  const type = bytesField(VALUE.type, bytesField(TYPE.tensor, numberField(TENSOR_TYPE.element, FLOAT), ...shape));
  return bytesField(field, stringField(VALUE.name, name), type);
}
