import { joinBytes } from "../../src/engine/base/bytes.ts";
import {
  ATTRIBUTE,
  DIM,
  ENTRY,
  FLOAT,
  FLOAT16,
  GRAPH,
  MODEL,
  NODE,
  OPSET,
  SHAPE,
  TENSOR,
  TENSOR_TYPE,
  TYPE,
  VALUE,
} from "../../src/engine/features/onnx-fields.ts";
import { bytesField, fieldOf, numberField, stringField } from "../../src/engine/features/protobuf.ts";
import { halfArray } from "./half.ts";

type Bytes = Uint8Array;

export interface MadeNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** Whole numbers, or lists of them. */
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

export interface MadeWeights {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: Float32Array;
  /** Default: float32. */
  readonly element?: number;
  /** Name of a file beside the model that is said to hold the values. */
  readonly beside?: string;
}

export interface MadeValue {
  readonly name: string;
  /** Default: float32. */
  readonly element?: number;
  /** A word is a free size; null leaves the shape out. */
  readonly dims: readonly (number | string)[] | null;
}

export interface MadeGraph {
  readonly nodes: readonly MadeNode[];
  readonly weights: readonly MadeWeights[];
  readonly inputs: readonly MadeValue[];
  readonly outputs: readonly MadeValue[];
  /** Default: 17. */
  readonly opset?: number;
  /** Default: 8. Before 4, weights are inputs too. */
  readonly irVersion?: number;
}

const DIM_NAME = 2;
const INT = 2;
const INTS = 7;

/** An ONNX file as an exporter writes it. */
export function onnxModel({
  nodes,
  weights,
  inputs,
  outputs,
  opset = 17,
  irVersion = 8,
}: MadeGraph): Uint8Array<ArrayBuffer> {
  const listed = irVersion < 4 ? [...inputs, ...weights] : inputs;
  const graph = fieldOf(MODEL.graph, [
    ...nodes.map(nodeField),
    ...weights.flatMap(weightsField),
    ...listed.map((value) => valueField(GRAPH.input, value)),
    ...outputs.map((value) => valueField(GRAPH.output, value)),
  ]);
  const opsets = bytesField(MODEL.opsets, numberField(OPSET.version, opset));
  return joinBytes([numberField(MODEL.irVersion, irVersion), opsets, ...graph]);
}

function nodeField({ operator, inputs, output, attributes = {} }: MadeNode): Bytes {
  return bytesField(
    GRAPH.node,
    ...inputs.map((name) => stringField(NODE.input, name)),
    stringField(NODE.output, output),
    stringField(NODE.operator, operator),
    ...Object.entries(attributes).map(([name, value]) => attributeField(name, value)),
  );
}

function attributeField(name: string, value: number | readonly number[]): Bytes {
  const values =
    typeof value === "number"
      ? [numberField(ATTRIBUTE.integer, value), numberField(ATTRIBUTE.type, INT)]
      : [...value.map((one) => numberField(ATTRIBUTE.integers, one)), numberField(ATTRIBUTE.type, INTS)];
  return bytesField(NODE.attribute, stringField(ATTRIBUTE.name, name), ...values);
}

/** In pieces, so that large weights are copied once. */
function weightsField({ name, dims, values, element = FLOAT, beside }: MadeWeights): Bytes[] {
  const raw = element === FLOAT16 ? new Uint8Array(halfArray(values).buffer) : viewOf(values);
  const entry = (key: string, value: string) =>
    bytesField(TENSOR.externalData, stringField(ENTRY.key, key), stringField(ENTRY.value, value));
  return fieldOf(GRAPH.initializer, [
    ...dims.map((size) => numberField(TENSOR.dims, size)),
    numberField(TENSOR.dataType, element),
    stringField(TENSOR.name, name),
    ...(beside === undefined
      ? fieldOf(TENSOR.rawData, [raw])
      : [entry("location", beside), entry("offset", "0"), numberField(TENSOR.dataLocation, 1)]),
  ]);
}

/** Tests run on little-endian machines, as ONNX stores numbers. */
function viewOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function valueField(field: number, { name, element = FLOAT, dims }: MadeValue): Bytes {
  const sizes = dims?.map((size) =>
    bytesField(SHAPE.dim, typeof size === "number" ? numberField(DIM.value, size) : stringField(DIM_NAME, size)),
  );
  const shape = sizes ? [bytesField(TENSOR_TYPE.shape, ...sizes)] : [];
  const type = bytesField(VALUE.type, bytesField(TYPE.tensor, numberField(TENSOR_TYPE.element, element), ...shape));
  return bytesField(field, stringField(VALUE.name, name), type);
}
