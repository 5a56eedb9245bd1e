import type { Random } from "../../../src/engine/base/random.ts";
import { type Bytes, below, concatBytes, pick, readUint, writeUint } from "./bytes.ts";
import { extremeNumber } from "./extremes.ts";
import type { Mutator } from "./mutator.ts";
import { mapTiff, type TiffField, type TiffMap } from "./tiff-map.ts";

/** Fields that a reader allocates, divides or branches by, with values worth trying beside the extremes. */
const TELLING: Readonly<Record<number, readonly number[]>> = {
  254: [0, 1, 2, 4, 9],
  256: [0, 1, 16, 65535, 1 << 22],
  257: [0, 1, 16, 65535, 1 << 22],
  258: [0, 1, 2, 4, 8, 10, 12, 16, 32, 64, 65535],
  259: [0, 1, 2, 4, 5, 6, 7, 8, 22610, 32773, 32946, 33003, 33005, 34712, 34887, 34925, 50000, 50001, 50002],
  262: [0, 1, 2, 3, 4, 5, 6, 8, 9, 32803, 32845],
  266: [0, 1, 2, 3],
  274: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  277: [0, 1, 2, 3, 4, 5, 8, 65535],
  278: [0, 1, 16, 65535, 0xffffffff],
  284: [0, 1, 2, 3],
  296: [0, 1, 2, 3, 4],
  317: [0, 1, 2, 3, 4, 34892],
  322: [0, 1, 15, 16, 256, 65535, 1 << 22],
  323: [0, 1, 15, 16, 256, 65535, 1 << 22],
  338: [0, 1, 2, 3, 65535],
  339: [0, 1, 2, 3, 4, 5, 6],
  530: [0, 1, 2, 3, 4, 8],
};
const KNOWN_TAGS = [...Object.keys(TELLING).map(Number), 270, 273, 279, 282, 283, 305, 320, 324, 325, 330, 347, 700];
const TYPES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 65535];

type Change = (changed: Bytes, map: TiffMap, random: Random) => Bytes | null;

function tiffMutator(kind: string, change: Change): Mutator {
  return {
    kind,
    apply(bytes, random) {
      const map = mapTiff(bytes);
      if (!map || map.fields.length === 0) return null;
      return change(bytes.slice(), map, random);
    },
  };
}

function writeExtreme(changed: Bytes, map: TiffMap, at: number, size: number, random: Random): Bytes {
  writeUint(changed, at, size, extremeNumber(random, { at, fileSize: changed.length }), map.isLittleEndian);
  return changed;
}

/** Damage to the directories of a TIFF file, one thing at a time. */
export const TIFF_MUTATORS: readonly Mutator[] = [
  tiffMutator("field value or offset made extreme", (changed, map, random) => {
    const field = pick(random, map.fields);
    const isShort = field.dataAt === field.wordAt && field.valueBytes <= map.word;
    return writeExtreme(changed, map, field.wordAt, isShort ? field.valueBytes : map.word, random);
  }),
  tiffMutator("field count made extreme", (changed, map, random) =>
    writeExtreme(changed, map, pick(random, map.fields).entryAt + 4, map.word, random),
  ),
  tiffMutator("field type changed", (changed, map, random) => {
    writeUint(changed, pick(random, map.fields).entryAt + 2, 2, BigInt(pick(random, TYPES)), map.isLittleEndian);
    return changed;
  }),
  tiffMutator("field renamed", (changed, map, random) => {
    const tag = random() < 0.8 ? pick(random, KNOWN_TAGS) : below(random, 65536);
    writeUint(changed, pick(random, map.fields).entryAt, 2, BigInt(tag), map.isLittleEndian);
    return changed;
  }),
  tiffMutator("telling field changed", (changed, map, random) => {
    const field = pick(
      random,
      map.fields.filter(({ tag }) => TELLING[tag] !== undefined),
    );
    const value = BigInt(pick(random, TELLING[field.tag] ?? [0]));
    const index = below(random, Math.max(1, field.count));
    writeUint(changed, field.dataAt + index * field.valueBytes, field.valueBytes, value, map.isLittleEndian);
    return changed;
  }),
  tiffMutator("one value of a long field made extreme", (changed, map, random) => {
    const long = map.fields.filter(({ count, dataAt, wordAt }) => count > 1 && dataAt !== wordAt);
    if (long.length === 0) return null;
    const field = pick(random, long);
    const at = field.dataAt + below(random, field.count) * field.valueBytes;
    return writeExtreme(changed, map, at, field.valueBytes, random);
  }),
  tiffMutator("one tile laid over another", (changed, map, random) => {
    const tables = map.fields.filter(({ tag, count }) => [273, 279, 324, 325].includes(tag) && count > 1);
    if (tables.length === 0) return null;
    const { dataAt, count, valueBytes } = pick(random, tables);
    const from = dataAt + below(random, count) * valueBytes;
    const to = dataAt + below(random, count) * valueBytes;
    writeUint(changed, to, valueBytes, readUint(changed, from, valueBytes, map.isLittleEndian), map.isLittleEndian);
    return changed;
  }),
  tiffMutator("pointer to a directory changed", (changed, map, random) => {
    const directory = pick(random, map.directories);
    const at = pick(random, [directory.pointerAt, directory.nextAt]);
    if (random() < 0.5) return writeExtreme(changed, map, at, map.word, random);
    writeUint(changed, at, map.word, BigInt(pick(random, map.directories).at), map.isLittleEndian);
    return changed;
  }),
  tiffMutator("number of fields made extreme", (changed, map, random) =>
    writeExtreme(changed, map, pick(random, map.directories).at, map.isBig ? 8 : 2, random),
  ),
  tiffMutator("header changed", (changed, map, random) => {
    if (random() < 0.3) changed.set(random() < 0.5 ? [0x49, 0x49] : [0x4d, 0x4d], 0);
    else if (random() < 0.5) writeUint(changed, 2, 2, BigInt(pick(random, [0, 41, 42, 43, 44])), map.isLittleEndian);
    else writeExtreme(changed, map, pick(random, [4, 6, 8]), map.word, random);
    return changed;
  }),
  tiffMutator("directory rewritten, a field more or less", rewriteDirectory),
  tiffMutator("many directories in a chain", (changed, map, random) => {
    const directory = pick(random, map.directories);
    const copies = pick(random, [2, 30, 300, 3000]);
    const from = directory.at;
    const body = changed.slice(from, directory.nextAt + map.word);
    const start = changed.length + (changed.length & 1);
    const parts: Uint8Array[] = [changed, new Uint8Array(start - changed.length)];
    for (let i = 0; i < copies; i++) {
      const copy = body.slice();
      const next = i + 1 < copies ? start + (i + 1) * body.length : 0;
      writeUint(copy, copy.length - map.word, map.word, BigInt(next), map.isLittleEndian);
      parts.push(copy);
    }
    const joined = concatBytes(parts);
    writeUint(joined, directory.nextAt, map.word, BigInt(start), map.isLittleEndian);
    return joined;
  }),
];

/** The directory once more at the end of the file, one field more or less; what led to it leads there. */
function rewriteDirectory(changed: Bytes, map: TiffMap, random: Random): Bytes {
  const directory = pick(random, map.directories);
  const countBytes = map.isBig ? 8 : 2;
  const entryBytes = map.isBig ? 20 : 12;
  const entries = Array.from({ length: directory.fieldCount }, (_, i) =>
    changed.slice(directory.at + countBytes + i * entryBytes, directory.at + countBytes + (i + 1) * entryBytes),
  );
  if (random() < 0.5 && entries.length > 1) entries.splice(below(random, entries.length), 1);
  else entries.splice(below(random, entries.length + 1), 0, newEntry(changed, map, random));
  const head = new Uint8Array(countBytes);
  writeUint(head, 0, countBytes, BigInt(entries.length), map.isLittleEndian);
  const next = changed.slice(directory.nextAt, directory.nextAt + map.word);
  const at = changed.length + (changed.length & 1);
  const joined = concatBytes([changed, new Uint8Array(at - changed.length), head, ...entries, next]);
  writeUint(joined, directory.pointerAt, map.word, BigInt(at), map.isLittleEndian);
  return joined;
}

/** A field of a known tag whose values lie anywhere in the file. */
function newEntry(bytes: Bytes, map: TiffMap, random: Random): Bytes {
  const entry = new Uint8Array(4 + 2 * map.word);
  const tag = pick(random, KNOWN_TAGS);
  const telling = TELLING[tag];
  writeUint(entry, 0, 2, BigInt(tag), map.isLittleEndian);
  writeUint(entry, 2, 2, BigInt(pick(random, [1, 2, 3, 4, 7, 13, 16])), map.isLittleEndian);
  writeUint(entry, 4, map.word, BigInt(pick(random, [1, 1, 1, 3, 4, 100, 65536, 1 << 20])), map.isLittleEndian);
  const value = telling ? BigInt(pick(random, telling)) : BigInt(below(random, bytes.length));
  writeUint(entry, 4 + map.word, map.word, value, map.isLittleEndian);
  return entry;
}

/** Fields whose values are text: names, descriptions, XML. */
export function textFields(map: TiffMap): TiffField[] {
  return map.fields.filter(({ type, tag, count }) => (type === 2 || tag === 700) && count > 8);
}
