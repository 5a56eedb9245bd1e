import { joinBytes } from "../base/bytes.ts";
import { DIM, FLOAT, GRAPH, MODEL, NODE, SHAPE, TENSOR, TENSOR_TYPE, TYPE, VALUE } from "./onnx-fields.ts";
import { bytesField, numberField, stringField } from "./protobuf.ts";

/** A linear projection of a feature map. */
export interface Head {
  /** Name of the map in the graph, [N, channels, rows, cols]. */
  readonly output: string;
  readonly channels: number;
  readonly planes: number;
  /** planes x channels, row-major; zero for channels that do not count. */
  readonly weights: Float32Array;
}

/**
 * The model with one more output, `headOutputName` [N, planes, rows, cols] = weights · map: a 1x1 convolution.
 *
 * Protobuf lets a message be cut in pieces: a second `graph` field is merged with the first, its nodes, initializers and
 * outputs appended (protobuf encoding guide, "Last One Wins"). So the head is appended as bytes and the model never parsed.
 */
export function appendHead(model: Uint8Array, head: Head, headOutputName: string): Uint8Array<ArrayBuffer> {
  const { output, channels, planes, weights } = head;
  if (weights.length !== planes * channels) {
    throw new RangeError(`Expected ${planes} x ${channels} weights, found ${weights.length}.`);
  }
  const weightName = `${headOutputName}.weight`;
  const node = bytesField(
    GRAPH.node,
    stringField(NODE.input, output),
    stringField(NODE.input, weightName),
    stringField(NODE.output, headOutputName),
    stringField(NODE.name, headOutputName),
    stringField(NODE.operator, "Conv"),
  );
  const initializer = bytesField(
    GRAPH.initializer,
    ...[planes, channels, 1, 1].map((size) => numberField(TENSOR.dims, size)),
    numberField(TENSOR.dataType, FLOAT),
    stringField(TENSOR.name, weightName),
    bytesField(TENSOR.rawData, littleEndianBytes(weights)),
  );
  const unknown = bytesField(SHAPE.dim);
  const shape = bytesField(
    TENSOR_TYPE.shape,
    unknown,
    bytesField(SHAPE.dim, numberField(DIM.value, planes)),
    unknown,
    unknown,
  );
  const type = bytesField(VALUE.type, bytesField(TYPE.tensor, numberField(TENSOR_TYPE.element, FLOAT), shape));
  const result = bytesField(GRAPH.output, stringField(VALUE.name, headOutputName), type);
  return joinBytes([model, bytesField(MODEL.graph, node, initializer, result)]);
}

function littleEndianBytes(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, index) => {
    view.setFloat32(index * 4, value, true);
  });
  return new Uint8Array(view.buffer);
}
