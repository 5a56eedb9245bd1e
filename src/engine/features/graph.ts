import {
  ATTRIBUTE,
  DIM,
  ENTRY,
  GRAPH,
  MODEL,
  NODE,
  OPSET,
  SHAPE,
  TENSOR,
  TENSOR_TYPE,
  TYPE,
  VALUE,
} from "./onnx-fields.ts";
import { bodies, numberOf, type ProtobufField, readFields, textOf } from "./protobuf-reader.ts";

/** An input or output as the file declares it. */
export interface GraphValue {
  readonly name: string;
  /** TensorProto.DataType; null when not declared. */
  readonly element: number | null;
  /** Null when no shape is declared; a size is null when it is free or only named. */
  readonly dims: readonly (number | null)[] | null;
}

export interface GraphNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** An `If` or `Loop`, whose inside may use any tensor of the graph. */
  readonly hasSubgraph: boolean;
  /** As in the file. */
  readonly whole: Uint8Array<ArrayBuffer>;
}

/** What an ONNX file says of itself, weights left aside. */
export interface Graph {
  readonly irVersion: number;
  /** Of the standard operators; 0 when not declared. */
  readonly opset: number;
  /** Without those that are weights (before IR version 4 weights are listed as inputs too). */
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  /** Tensors inside that the file describes; most exporters leave this out. */
  readonly inside: readonly GraphValue[];
  readonly nodes: readonly GraphNode[];
  /** First file beside the model that weights lie in, or null. */
  readonly externalFile: string | null;
  /** Fields of the model and, together, of its graph messages. */
  readonly modelFields: readonly ProtobufField[];
  readonly graphFields: readonly ProtobufField[];
}

/** Null when the bytes are no ONNX model with operators in it. Complexity: one pass; weights are skipped. */
export function readGraph(model: Uint8Array<ArrayBuffer>): Graph | null {
  try {
    const modelFields = readFields(model);
    const graphFields = bodies(modelFields, MODEL.graph).flatMap(readFields);
    const tensors = bodies(graphFields, GRAPH.initializer).map(readFields);
    const weights = new Set(tensors.map((tensor) => textOf(tensor, TENSOR.name)));
    const nodes = graphFields.filter(({ field }) => field === GRAPH.node).map(readNode);
    if (nodes.length === 0) return null;
    return {
      irVersion: numberOf(modelFields, MODEL.irVersion) ?? 0,
      opset: standardOpset(modelFields),
      inputs: bodies(graphFields, GRAPH.input)
        .map(readValueInfo)
        .filter(({ name }) => !weights.has(name)),
      outputs: bodies(graphFields, GRAPH.output).map(readValueInfo),
      inside: bodies(graphFields, GRAPH.valueInfo).map(readValueInfo),
      nodes,
      externalFile: findExternal(tensors),
      modelFields,
      graphFields,
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function standardOpset(modelFields: readonly ProtobufField[]): number {
  const opsets = bodies(modelFields, MODEL.opsets).map(readFields);
  const standard = opsets.find((opset) => ["", "ai.onnx"].includes(textOf(opset, OPSET.domain)));
  return (standard && numberOf(standard, OPSET.version)) ?? 0;
}

function readNode({ bytes, whole }: ProtobufField): GraphNode {
  const fields = readFields(bytes);
  const names = (field: number) => bodies(fields, field).map((name) => new TextDecoder().decode(name));
  return {
    operator: textOf(fields, NODE.operator),
    inputs: names(NODE.input),
    outputs: names(NODE.output),
    hasSubgraph: bodies(fields, NODE.attribute).some((attribute) =>
      readFields(attribute).some(({ field }) => field === ATTRIBUTE.graph || field === ATTRIBUTE.graphs),
    ),
    whole,
  };
}

function readValueInfo(bytes: Uint8Array<ArrayBuffer>): GraphValue {
  const fields = readFields(bytes);
  const type = bodies(fields, VALUE.type).flatMap(readFields);
  const tensor = bodies(type, TYPE.tensor).flatMap(readFields);
  const shapes = bodies(tensor, TENSOR_TYPE.shape);
  const sizes = shapes.flatMap((shape) => bodies(readFields(shape), SHAPE.dim)).map((dim) => sizeOf(readFields(dim)));
  return {
    name: textOf(fields, VALUE.name),
    element: numberOf(tensor, TENSOR_TYPE.element),
    dims: shapes.length > 0 ? sizes : null,
  };
}

/** Some exporters write a free size as 0 or -1. */
function sizeOf(dim: readonly ProtobufField[]): number | null {
  const size = numberOf(dim, DIM.value);
  return size !== null && size > 0 && size < 2 ** 31 ? size : null;
}

/** `data_location` is 1 for weights beside the model. */
function findExternal(tensors: readonly (readonly ProtobufField[])[]): string | null {
  const tensor = tensors.find((fields) => numberOf(fields, TENSOR.dataLocation) === 1);
  if (!tensor) return null;
  const entries = bodies(tensor, TENSOR.externalData).map(readFields);
  const location = entries.find((entry) => textOf(entry, ENTRY.key) === "location");
  return location ? textOf(location, ENTRY.value) : "another file";
}
