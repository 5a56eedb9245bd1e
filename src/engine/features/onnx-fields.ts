/** Field numbers of onnx.proto3, as far as they are read or written here. */
export const MODEL = { irVersion: 1, graph: 7, opsets: 8 } as const;
export const OPSET = { domain: 1, version: 2 } as const;
export const GRAPH = { node: 1, initializer: 5, input: 11, output: 12, valueInfo: 13 } as const;
export const NODE = { input: 1, output: 2, name: 3, operator: 4, attribute: 5, domain: 7 } as const;
export const ATTRIBUTE = { name: 1, integer: 3, graph: 6, integers: 8, graphs: 11, type: 20 } as const;
export const TENSOR = { dims: 1, dataType: 2, name: 8, rawData: 9, externalData: 13, dataLocation: 14 } as const;
export const ENTRY = { key: 1, value: 2 } as const;
export const VALUE = { name: 1, type: 2 } as const;
export const TYPE = { tensor: 1 } as const;
export const TENSOR_TYPE = { element: 1, shape: 2 } as const;
export const SHAPE = { dim: 1 } as const;
export const DIM = { value: 1 } as const;

/** TensorProto.DataType. */
export const FLOAT = 1;
export const FLOAT16 = 10;
export const FLOAT64 = 11;
const ELEMENT_NAMES: Readonly<Record<number, string>> = {
  [FLOAT]: "float32",
  2: "uint8",
  3: "int8",
  6: "int32",
  7: "int64",
  [FLOAT16]: "float16",
  [FLOAT64]: "float64",
  16: "bfloat16",
};

export function elementName(element: number): string {
  return ELEMENT_NAMES[element] ?? `values of type ${element}`;
}
