import { type Bytes, readUint } from "./bytes.ts";

/** One field of a directory by where its parts lie; positions are bytes of the file. */
export interface TiffField {
  readonly directory: number;
  readonly entryAt: number;
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Bytes of one value. */
  readonly valueBytes: number;
  /** The word that holds the value or its offset. */
  readonly wordAt: number;
  /** Where the values lie: `wordAt` itself for a short field. */
  readonly dataAt: number;
}

/** Where a well-formed TIFF file keeps what. */
export interface TiffMap {
  readonly isLittleEndian: boolean;
  readonly isBig: boolean;
  /** Bytes of an offset, and of a count. */
  readonly word: 4 | 8;
  readonly directories: readonly TiffDirectoryMap[];
  readonly fields: readonly TiffField[];
  /** Compressed tiles and strips. */
  readonly segments: readonly { readonly from: number; readonly to: number }[];
}

export interface TiffDirectoryMap {
  readonly at: number;
  readonly fieldCount: number;
  /** Where the pointer lies that leads to this directory. */
  readonly pointerAt: number;
  /** Where the pointer to the next one lies. */
  readonly nextAt: number;
}

const TYPE_BYTES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};
const SUB_DIRECTORIES = 330;
const OFFSETS_AND_LENGTHS: readonly (readonly [number, number])[] = [
  [273, 279],
  [324, 325],
];
const MOST_DIRECTORIES = 64;

/** The map of a file that is well-formed (a fixture, before it is damaged); null for anything else than TIFF. */
export function mapTiff(bytes: Bytes): TiffMap | null {
  const isLittleEndian = bytes[0] === 0x49 && bytes[1] === 0x49;
  if (bytes.length < 16 || (!isLittleEndian && !(bytes[0] === 0x4d && bytes[1] === 0x4d))) return null;
  const number = (at: number, size: number) => Number(readUint(bytes, at, size, isLittleEndian));
  const version = number(2, 2);
  if (version !== 42 && version !== 43) return null;
  const isBig = version === 43;
  const word = isBig ? 8 : 4;
  const directories: TiffDirectoryMap[] = [];
  const fields: TiffField[] = [];
  const pointers = [isBig ? 8 : 4];
  const visited = new Set<number>();
  for (let pointerAt = pointers.shift(); pointerAt !== undefined; pointerAt = pointers.shift()) {
    const at = number(pointerAt, word);
    if (at === 0 || at >= bytes.length || visited.has(at) || directories.length >= MOST_DIRECTORIES) continue;
    visited.add(at);
    const fieldCount = number(at, isBig ? 8 : 2);
    const entryBytes = isBig ? 20 : 12;
    const firstAt = at + (isBig ? 8 : 2);
    for (let i = 0; i < fieldCount; i++) {
      const entryAt = firstAt + i * entryBytes;
      const type = number(entryAt + 2, 2);
      const valueBytes = TYPE_BYTES[type] ?? 1;
      const count = number(entryAt + 4, word);
      const wordAt = entryAt + 4 + word;
      const dataAt = count * valueBytes <= word ? wordAt : number(wordAt, word);
      const field = { directory: at, entryAt, tag: number(entryAt, 2), type, count, valueBytes, wordAt, dataAt };
      fields.push(field);
      if (field.tag === SUB_DIRECTORIES) {
        for (let k = 0; k < count; k++) pointers.push(dataAt + k * valueBytes);
      }
    }
    const nextAt = firstAt + fieldCount * entryBytes;
    directories.push({ at, fieldCount, pointerAt, nextAt });
    pointers.push(nextAt);
  }
  const valuesOf = (field: TiffField) =>
    Array.from({ length: field.count }, (_, i) => number(field.dataAt + i * field.valueBytes, field.valueBytes));
  const segments = directories.flatMap(({ at }) => {
    const inside = fields.filter(({ directory }) => directory === at);
    return OFFSETS_AND_LENGTHS.flatMap(([offsetTag, lengthTag]) => {
      const offsets = inside.find(({ tag }) => tag === offsetTag);
      const lengths = inside.find(({ tag }) => tag === lengthTag);
      if (!offsets || !lengths) return [];
      const sizes = valuesOf(lengths);
      return valuesOf(offsets).map((from, i) => ({ from, to: from + (sizes[i] ?? 0) }));
    });
  });
  return { isLittleEndian, isBig, word, directories, fields, segments };
}
