import type { ByteSource } from "../../../src/engine/slide/types.ts";

/** Bytes of a file at a place; between the parts lie zeros. */
export interface FilePart {
  readonly offset: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface SparseFile {
  readonly size: number;
  /** In the order of their places. */
  readonly parts: readonly FilePart[];
  /** Tiles of level 0 that hold a picture. */
  readonly tiles: readonly { readonly col: number; readonly row: number }[];
}

export interface GiantOptions {
  /** Levels of 1/4, 1/16, 1/64 and 1/256 beside the whole one. */
  readonly hasPyramid: boolean;
  /** JPEG streams of 256 x 256 pixels, YCbCr with chroma halved both ways; each tile that holds a picture has one of them. */
  readonly streams: readonly Uint8Array[];
}

export const GIANT_EDGE = 200_000;
const TILE = 256;
/** Where the first picture lies: beyond what 32 bits address. The next ones follow at steps of a gigabyte. */
const FIRST_PICTURE = 5 * 2 ** 30;
const STEP = 2 ** 30;

/**
 * A BigTIFF of 200,000 x 200,000 pixels in 611,524 tiles, all but some 120 of which are left out (byte count 0), as a scanner leaves out
 * glass: three pieces of tissue, single tiles between them, and the four corners. Its size is that of a hundred
 * gigabytes, its bytes are a few megabytes.
 */
export function giantSparse({ hasPyramid, streams }: GiantOptions): SparseFile {
  const tiles = tissueTiles();
  const edges = hasPyramid ? [1, 4, 16, 64, 256].map((by) => Math.ceil(GIANT_EDGE / by)) : [GIANT_EDGE];
  const parts: FilePart[] = [];
  let directoryAt = 16;
  let pictures = 0;
  for (const [level, edge] of edges.entries()) {
    const cols = Math.ceil(edge / TILE);
    const tablesAt = directoryAt + 4096;
    const count = cols * cols;
    const tables = new DataView(new ArrayBuffer(count * 12));
    for (const index of new Set(tiles.map(({ col, row }) => (row >> (2 * level)) * cols + (col >> (2 * level))))) {
      const stream = streams[pictures % streams.length] ?? new Uint8Array();
      const offset = FIRST_PICTURE + pictures++ * STEP;
      parts.push({ offset, bytes: new Uint8Array(stream) });
      tables.setBigUint64(index * 8, BigInt(offset), true);
      tables.setUint32(count * 8 + index * 4, stream.length, true);
    }
    const next = level + 1 < edges.length ? tablesAt + tables.byteLength : 0;
    parts.push({ offset: directoryAt, bytes: directory(edge, level, tablesAt, count, next) });
    parts.push({ offset: tablesAt, bytes: new Uint8Array(tables.buffer) });
    directoryAt = next;
  }
  parts.push({ offset: 0, bytes: header() });
  parts.sort((a, b) => a.offset - b.offset);
  const last = parts.at(-1);
  return { size: last ? last.offset + last.bytes.length : 0, parts, tiles };
}

/** A file of parts, read as if it lay on a disk, with the reads that it saw. */
export class SparseSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly #parts: readonly FilePart[];
  bytesRead = 0;
  reads = 0;

  constructor(file: SparseFile, name: string) {
    this.name = name;
    this.size = file.size;
    this.#parts = file.parts;
  }

  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    this.bytesRead += length;
    this.reads += 1;
    const bytes = new Uint8Array(length);
    for (const part of this.#parts) {
      const from = Math.max(offset, part.offset);
      const to = Math.min(offset + length, part.offset + part.bytes.length);
      if (from < to) bytes.set(part.bytes.subarray(from - part.offset, to - part.offset), from - offset);
    }
    return bytes;
  }
}

function tissueTiles(): { col: number; row: number }[] {
  const last = Math.ceil(GIANT_EDGE / TILE) - 1;
  const tiles = [0, last].flatMap((col) => [0, last].map((row) => ({ col, row })));
  for (const [left, top] of [
    [120, 200],
    [400, 380],
    [600, 90],
  ] as const) {
    for (let i = 0; i < 36; i++) tiles.push({ col: left + (i % 6), row: top + Math.floor(i / 6) });
  }
  for (let i = 1; i < 9; i++) tiles.push({ col: i * 83, row: (i * 211) % last });
  return tiles;
}

function header(): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(16));
  view.setUint16(0, 0x4949);
  view.setUint16(2, 43, true);
  view.setUint16(4, 8, true);
  view.setBigUint64(8, 16n, true);
  return new Uint8Array(view.buffer);
}

/** Fields as [tag, type, values]: 3 short, 4 long, 5 rational (numerator, denominator), 16 a place of 64 bits. */
function directory(
  edge: number,
  level: number,
  tablesAt: number,
  count: number,
  next: number,
): Uint8Array<ArrayBuffer> {
  const [SHORT, LONG, RATIONAL, PLACE] = [3, 4, 5, 16] as const;
  const perCm = [10_000_000, 250 * 4 ** level];
  const fields: readonly (readonly [tag: number, type: number, count: number, value: readonly number[]])[] = [
    [254, LONG, 1, [level === 0 ? 0 : 1]],
    [256, LONG, 1, [edge]],
    [257, LONG, 1, [edge]],
    [258, SHORT, 3, [8, 8, 8]],
    [259, SHORT, 1, [7]],
    [262, SHORT, 1, [6]],
    [277, SHORT, 1, [3]],
    [282, RATIONAL, 1, perCm],
    [283, RATIONAL, 1, perCm],
    [296, SHORT, 1, [3]],
    [322, LONG, 1, [TILE]],
    [323, LONG, 1, [TILE]],
    [324, PLACE, count, [tablesAt]],
    [325, LONG, count, [tablesAt + count * 8]],
    [530, SHORT, 2, [2, 2]],
  ];
  const view = new DataView(new ArrayBuffer(8 + fields.length * 20 + 8));
  view.setBigUint64(0, BigInt(fields.length), true);
  for (const [i, [tag, type, valueCount, values]] of fields.entries()) {
    const at = 8 + i * 20;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setBigUint64(at + 4, BigInt(valueCount), true);
    const isPlace = valueCount > 3;
    for (const [k, value] of values.entries()) {
      if (isPlace) view.setBigUint64(at + 12, BigInt(value), true);
      else if (type === SHORT) view.setUint16(at + 12 + k * 2, value, true);
      else view.setUint32(at + 12 + k * 4, value, true);
    }
  }
  view.setBigUint64(8 + fields.length * 20, BigInt(next), true);
  return new Uint8Array(view.buffer);
}
