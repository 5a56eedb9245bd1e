import { type Bytes, concatBytes, writeUint } from "./mutations/bytes.ts";

/** Tag, field type, values; or the offset of values that lie elsewhere, with their count. */
export type RawField =
  | readonly [tag: number, type: number, values: readonly number[]]
  | readonly [tag: number, type: number, elsewhere: { readonly offset: number; readonly count: number }];

export interface RawDirectory {
  readonly fields: readonly RawField[];
}

const TYPE_BYTES: Readonly<Record<number, 1 | 2 | 4 | 8>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 12: 8, 13: 4, 16: 8 };
const HEADER_BYTES = 16;

/** Where `data` of `rawTiff` starts in the file. */
export const DATA_AT = HEADER_BYTES;

/**
 * A little-endian BigTIFF whose directories say whatever they are told to: `data` first, then a chain of directories. Nothing is
 * checked, that being the point.
 */
export function rawTiff(data: Uint8Array, directories: readonly RawDirectory[]): Bytes {
  const header = new Uint8Array(HEADER_BYTES);
  header.set([0x49, 0x49, 43, 0, 8]);
  const parts: Uint8Array[] = [header, data];
  let at = HEADER_BYTES + data.length;
  let pointer = { part: header, at: 8 };
  for (const { fields } of directories) {
    writeUint(pointer.part as Bytes, pointer.at, 8, BigInt(at), true);
    const body = new Uint8Array(8 + fields.length * 20 + 8);
    writeUint(body, 0, 8, BigInt(fields.length), true);
    const tails: Uint8Array[] = [];
    let tailAt = at + body.length;
    for (const [i, [tag, type, values]] of [...fields].sort((a, b) => a[0] - b[0]).entries()) {
      const entryAt = 8 + i * 20;
      writeUint(body, entryAt, 2, BigInt(tag), true);
      writeUint(body, entryAt + 2, 2, BigInt(type), true);
      if ("offset" in values) {
        writeUint(body, entryAt + 4, 8, BigInt(values.count), true);
        writeUint(body, entryAt + 12, 8, BigInt(values.offset), true);
        continue;
      }
      const bytes = valueBytes(type, values);
      writeUint(body, entryAt + 4, 8, BigInt(values.length), true);
      if (bytes.length <= 8) body.set(bytes, entryAt + 12);
      else {
        writeUint(body, entryAt + 12, 8, BigInt(tailAt), true);
        tails.push(bytes);
        tailAt += bytes.length;
      }
    }
    parts.push(body, ...tails);
    pointer = { part: body, at: body.length - 8 };
    at = tailAt;
  }
  return concatBytes(parts);
}

function valueBytes(type: number, values: readonly number[]): Bytes {
  const size = TYPE_BYTES[type] ?? 1;
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) {
    if (type === 12) view.setFloat64(i * size, value, true);
    else writeUint(bytes, i * size, size, BigInt(value), true);
  }
  return bytes;
}
