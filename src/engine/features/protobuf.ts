import { joinBytes } from "../base/bytes.ts";

/** The part of the protobuf wire format (varints and length-delimited fields) that an ONNX head needs. */

const WIRE_VARINT = 0;
const WIRE_BYTES = 2;

/** A length-delimited field: an embedded message or raw bytes. */
export function bytesField(field: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return joinBytes(fieldOf(field, parts));
}

/** The same in pieces, for `joinBytes`, so that a large body is copied once. */
export function fieldOf(field: number, parts: readonly Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return [varint(field * 8 + WIRE_BYTES), varint(length), ...parts];
}

export function stringField(field: number, value: string): Uint8Array<ArrayBuffer> {
  return bytesField(field, new TextEncoder().encode(value));
}

/** A field that holds a whole number from 0 to 2^53 - 1. */
export function numberField(field: number, value: number): Uint8Array<ArrayBuffer> {
  return joinBytes([varint(field * 8 + WIRE_VARINT), varint(value)]);
}

/** Base 128, lowest group first, the top bit set on all but the last. */
function varint(value: number): Uint8Array<ArrayBuffer> {
  const groups: number[] = [];
  let rest = value;
  while (rest >= 128) {
    groups.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  groups.push(rest);
  return Uint8Array.from(groups);
}
