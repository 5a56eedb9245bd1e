/** One field of a protobuf message. `whole` spans tag and value, for copying a field as it is. */
export interface ProtobufField {
  readonly field: number;
  /** Of a varint; 0 for other wire types. Exact up to 2^53. */
  readonly number: number;
  /** Of a length-delimited field (a message, a string, packed numbers), a view; empty for other wire types. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly whole: Uint8Array<ArrayBuffer>;
}

/**
 * The fields of a message in file order; bodies are views, so that the weights of a network are not copied.
 * Throws `RangeError` when the bytes are no protobuf message.
 */
export function readFields(message: Uint8Array<ArrayBuffer>): ProtobufField[] {
  const fields: ProtobufField[] = [];
  for (let start = 0; start < message.length; ) {
    const tag = readVarint(message, start);
    const { end, number, bytes } = readValue(message, tag.value % 8, tag.end);
    fields.push({ field: Math.floor(tag.value / 8), number, bytes, whole: message.subarray(start, end) });
    start = end;
  }
  return fields;
}

/** Bodies of the fields with this number. */
export function bodies(fields: readonly ProtobufField[], field: number): Uint8Array<ArrayBuffer>[] {
  return fields.filter((one) => one.field === field).map(({ bytes }) => bytes);
}

/** The last string with this number ("last one wins"), or "". */
export function textOf(fields: readonly ProtobufField[], field: number): string {
  const last = fields.findLast((one) => one.field === field);
  return last ? new TextDecoder().decode(last.bytes) : "";
}

/** The last number with this field number, or null. */
export function numberOf(fields: readonly ProtobufField[], field: number): number | null {
  return fields.findLast((one) => one.field === field)?.number ?? null;
}

/** Wire types 0 (varint), 1 (8 bytes), 2 (length-delimited) and 5 (4 bytes); groups are out of use. */
function readValue(message: Uint8Array<ArrayBuffer>, wire: number, start: number) {
  const empty = message.subarray(start, start);
  if (wire === 0) {
    const { value, end } = readVarint(message, start);
    return { end, number: value, bytes: empty };
  }
  const sized = wire === 2 ? readVarint(message, start) : { value: 0, end: start };
  const length = wire === 2 ? sized.value : wire === 1 ? 8 : wire === 5 ? 4 : Number.NaN;
  const end = sized.end + length;
  if (!(end <= message.length)) throw new RangeError(`No protobuf value of wire type ${wire} at byte ${start}.`);
  return { end, number: 0, bytes: wire === 2 ? message.subarray(sized.end, end) : empty };
}

function readVarint(message: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let at = start, scale = 1; at < Math.min(start + 10, message.length); at++, scale *= 128) {
    const byte = message[at]!;
    value += (byte % 128) * scale;
    if (byte < 128) return { value, end: at + 1 };
  }
  throw new RangeError(`No protobuf number at byte ${start}.`);
}
