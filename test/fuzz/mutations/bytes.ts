import type { Random } from "../../../src/engine/base/random.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

/** A whole number in [0, below). */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

export function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[below(random, values.length)];
  if (value === undefined) throw new RangeError("a choice from nothing");
  return value;
}

/** Unsigned integer of 1, 2, 4 or 8 bytes. */
export function readUint(bytes: Bytes, at: number, size: number, isLittleEndian: boolean): bigint {
  let value = 0n;
  for (let i = 0; i < size; i++) {
    const from = isLittleEndian ? size - 1 - i : i;
    value = (value << 8n) | BigInt(bytes[at + from] ?? 0);
  }
  return value;
}

/** The lowest `size` bytes of `value`; what would lie behind the end is dropped. */
export function writeUint(bytes: Bytes, at: number, size: number, value: bigint, isLittleEndian: boolean): void {
  for (let i = 0; i < size; i++) {
    const to = isLittleEndian ? at + i : at + size - 1 - i;
    if (to < bytes.length) bytes[to] = Number((value >> BigInt(8 * i)) & 255n);
  }
}

export function concatBytes(parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function asciiBytes(text: string): Bytes {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 255);
}
