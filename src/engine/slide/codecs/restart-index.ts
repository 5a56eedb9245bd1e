import { AppError, isAppError } from "../../base/errors.ts";
import type { ByteSource } from "../types.ts";
import { listMarkers, splitIntervals } from "./jpeg-restarts.ts";
import { readRanges } from "./read-ranges.ts";

/** Where the entropy-coded data of a JPEG stream lies in the file; `end` lies behind its last byte. */
export interface EntropyRange {
  readonly start: number;
  readonly end: number;
  /** Pieces between restart markers. */
  readonly intervals: number;
}

/** Position in the file of the first byte of a piece, as a table says it. */
export type IntervalTable = (interval: number) => Promise<number>;

/** Pieces that follow one another. */
export interface IntervalRun {
  readonly first: number;
  readonly count: number;
}

/** Bytes of the pieces of one tile at most; a tile of a million pixels that does not compress at all has fewer. */
const MAX_TILE_BYTES = 32 << 20;
/** Bytes read at once when markers are sought. */
const SCAN_BYTES = 256 * 1024;
/** Positions of pieces kept at most: every n-th of a larger number. */
const MAX_ANCHORS = 65536;

/**
 * Reads pieces between restart markers. The table is checked by the markers that stand around and between the pieces;
 * where there is none or it lies, the markers are sought from the start on, as far as needed and once.
 */
export class RestartIndex {
  readonly #source: ByteSource;
  readonly #range: EntropyRange;
  readonly #table: IntervalTable | null;
  #isTableRight: Promise<boolean> | null = null;
  /** Position of each piece whose number is a multiple of `#step`, as far as sought. */
  readonly #anchors: number[];
  readonly #step: number;
  #search: Promise<unknown> = Promise.resolve();

  constructor(source: ByteSource, range: EntropyRange, table: IntervalTable | null) {
    this.#source = source;
    this.#range = range;
    this.#table = table;
    this.#anchors = [range.start];
    this.#step = Math.ceil(range.intervals / MAX_ANCHORS);
  }

  /** The pieces of all runs, one after another. Throws `slide/decode-failed` where the markers are not there. */
  async read(runs: readonly IntervalRun[]): Promise<Uint8Array<ArrayBuffer>[]> {
    // Its first and last piece tell whether a table is shifted by eight, which the markers between others cannot.
    const ends = [0, this.#range.intervals - 1].map((first) => ({ first, count: 1 }));
    this.#isTableRight ??= this.#readByTable(ends).then((found) => found !== null);
    const byTable = (await this.#isTableRight) ? await this.#readByTable(runs) : null;
    if (byTable) return byTable;
    this.#isTableRight = Promise.resolve(false);
    const found = await this.#readBy((interval) => this.#seek(interval), runs);
    if (!found) throw damaged();
    return found;
  }

  async #readByTable(runs: readonly IntervalRun[]): Promise<Uint8Array<ArrayBuffer>[] | null> {
    if (!this.#table) return null;
    return await this.#readBy(this.#table, runs).catch((error: unknown) => {
      if (isAppError(error, "slide/malformed", "slide/truncated")) return null;
      throw error;
    });
  }

  async #readBy(table: IntervalTable, runs: readonly IntervalRun[]): Promise<Uint8Array<ArrayBuffer>[] | null> {
    const { start, end, intervals } = this.#range;
    const position = async (interval: number) => {
      if (interval === 0) return start;
      return interval >= intervals ? end : await table(interval);
    };
    // From the marker before the first piece to behind the one after the last.
    const ranges = await Promise.all(
      runs.map(async ({ first, count }) => {
        const from = (await position(first)) - (first === 0 ? 0 : 2);
        return { from, to: await position(first + count) };
      }),
    );
    if (ranges.some(({ from, to }) => !(from >= start && to > from && to <= end))) return null;
    if (ranges.reduce((sum, { from, to }) => sum + to - from, 0) > MAX_TILE_BYTES) return null;
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for (const [i, bytes] of (await readRanges(this.#source, ranges)).entries()) {
      const { first, count } = runs[i] ?? { first: 0, count: 0 };
      const split = splitRun(bytes, first, count, first + count >= intervals);
      if (!split) return null;
      pieces.push(...split);
    }
    return pieces;
  }

  /** Position of a piece by its markers; one search at a time, since each goes on where the last one ended. */
  async #seek(interval: number): Promise<number> {
    const search = this.#search.then(() => this.#seekFromAnchor(interval));
    this.#search = search.catch(() => {});
    return await search;
  }

  async #seekFromAnchor(interval: number): Promise<number> {
    const anchor = Math.min(Math.floor(interval / this.#step), this.#anchors.length - 1);
    let reached = anchor * this.#step;
    let at = this.#anchors[anchor] ?? this.#range.start;
    if (reached === interval) return at;
    let found: number | null = null;
    while (found === null) {
      const length = Math.min(SCAN_BYTES, this.#range.end - at);
      if (length < 2) throw damaged();
      const bytes = await this.#source.read(at, length);
      // The rest of what was read is looked through too: the next piece is likely asked for soon.
      for (const { at: place, marker } of listMarkers(bytes)) {
        if (marker !== (0xd0 | (reached & 7))) {
          if (found === null) throw damaged();
          return found;
        }
        reached++;
        const position = at + place + 2;
        if (reached === this.#anchors.length * this.#step) this.#anchors.push(position);
        if (reached === interval) found = position;
      }
      at += bytes[length - 1] === 0xff ? length - 1 : length;
    }
    return found;
  }
}

/** The pieces of a run with the markers on both sides, where it has them; null where they are not the right ones. */
function splitRun(
  bytes: Uint8Array<ArrayBuffer>,
  first: number,
  count: number,
  isLast: boolean,
): Uint8Array<ArrayBuffer>[] | null {
  const start = first === 0 ? 0 : 2;
  const end = isLast ? bytes.length : bytes.length - 2;
  if (start > 0 && !isMarker(bytes, 0, first - 1)) return null;
  if (!isLast && !isMarker(bytes, end, first + count - 1)) return null;
  return splitIntervals(bytes.subarray(start, end), first, count);
}

function isMarker(bytes: Uint8Array<ArrayBuffer>, at: number, number: number): boolean {
  return bytes[at] === 0xff && bytes[at + 1] === (0xd0 | (number & 7));
}

function damaged(): AppError {
  return new AppError(
    "slide/decode-failed",
    "Expected the restart markers of the slide's JPEG in their order, found data without them. Copy or download the file again.",
  );
}
