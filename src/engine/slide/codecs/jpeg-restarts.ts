import { listSegments } from "./jpeg-stream.ts";

/** What the header of a JPEG stream says of how its one scan is cut (ITU T.81). */
export interface JpegScan {
  /** From the start marker to behind the scan's own header. */
  readonly header: Uint8Array<ArrayBuffer>;
  /** Where in `header` the frame's height stands; its width follows. */
  readonly sizeAt: number;
  /** As the frame says; NDPI writes 0 for what its two bytes cannot hold. */
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Pixels of a minimum coded unit. */
  readonly unitWidth: number;
  readonly unitHeight: number;
  /** Units between two restart markers; 0 where there are none. */
  readonly restartInterval: number;
  /** Baseline or extended Huffman coding with 8 bits, all components in one scan: its intervals decode alone. */
  readonly isSequential: boolean;
}

/** Pieces between restart markers laid over the picture, row by row. */
export interface IntervalGrid {
  /** Pixels of a piece; those at the right and lower edge hold padding. */
  readonly width: number;
  readonly height: number;
  readonly cols: number;
  readonly rows: number;
}

const SOS = 0xda;
const DRI = 0xdd;
const BASELINE = 0xc0;
const EXTENDED = 0xc1;

/** Null where the bytes do not reach from the start of a stream to behind the header of its first scan. */
export function parseJpegScan(bytes: Uint8Array<ArrayBuffer>): JpegScan | null {
  let restartInterval = 0;
  let frame: Pick<JpegScan, "sizeAt" | "width" | "height" | "components" | "unitWidth" | "unitHeight"> | null = null;
  let isSimple = false;
  for (const { marker, start, end } of listSegments(bytes)) {
    if (marker === DRI && end - start >= 6) restartInterval = word(bytes, start + 4);
    if (marker >= BASELINE && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      frame = parseFrame(bytes, start, end);
      isSimple = (marker === BASELINE || marker === EXTENDED) && bytes[start + 4] === 8;
    }
    if (marker !== SOS) continue;
    if (!frame) return null;
    const isSequential = isSimple && bytes[start + 4] === frame.components;
    return { ...frame, header: bytes.slice(0, end), restartInterval, isSequential };
  }
  return null;
}

function parseFrame(bytes: Uint8Array<ArrayBuffer>, start: number, end: number) {
  const components = bytes[start + 9] ?? 0;
  if (components === 0 || end - start < 10 + components * 3) return null;
  const sampling = Array.from({ length: components }, (_, c) => bytes[start + 11 + c * 3] ?? 0);
  // A scan of one component is not interleaved: its units are blocks, whatever its sampling factors (T.81 A.2.2).
  const most = (shift: number) => (components === 1 ? 1 : Math.max(...sampling.map((value) => (value >> shift) & 15)));
  if (most(4) === 0 || most(0) === 0) return null;
  return {
    sizeAt: start + 5,
    height: word(bytes, start + 5),
    width: word(bytes, start + 7),
    components,
    unitWidth: most(4) * 8,
    unitHeight: most(0) * 8,
  };
}

/**
 * How the restart markers of `scan` cut a picture of the given size. Null where they do not cut it into rectangles: there
 * are none, or they stand astride the end of a row.
 */
export function intervalGrid(scan: JpegScan, width: number, height: number): IntervalGrid | null {
  const { restartInterval, unitWidth, unitHeight } = scan;
  const unitsPerRow = Math.ceil(width / unitWidth);
  const unitRows = Math.ceil(height / unitHeight);
  if (!scan.isSequential || restartInterval === 0 || restartInterval >= unitsPerRow * unitRows) return null;
  if (unitsPerRow % restartInterval === 0) {
    const cols = unitsPerRow / restartInterval;
    return { width: restartInterval * unitWidth, height: unitHeight, cols, rows: unitRows };
  }
  if (restartInterval % unitsPerRow !== 0) return null;
  const rowsEach = restartInterval / unitsPerRow;
  return {
    width: unitsPerRow * unitWidth,
    height: rowsEach * unitHeight,
    cols: 1,
    rows: Math.ceil(unitRows / rowsEach),
  };
}

/** A stream of its own of the given size: the scan's header with its pieces, whose markers count from 0 again. */
export function assembleJpeg(
  scan: JpegScan,
  size: { readonly width: number; readonly height: number },
  intervals: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const bytes = intervals.reduce((sum, { length }) => sum + length + 2, scan.header.length);
  const joined = new Uint8Array(bytes);
  joined.set(scan.header);
  joined.set([size.height >> 8, size.height & 255, size.width >> 8, size.width & 255], scan.sizeAt);
  let at = scan.header.length;
  for (const [index, interval] of intervals.entries()) {
    joined.set(interval, at);
    at += interval.length;
    const isLast = index === intervals.length - 1;
    joined.set([0xff, isLast ? 0xd9 : 0xd0 | (index & 7)], at);
    at += 2;
  }
  return joined;
}

/**
 * Cuts entropy-coded data at its restart markers, which must be those numbered `first`, `first + 1`, ... (modulo 8); ends
 * at the end marker, or else with the data. Null where another marker stands in it or the count is not `count`.
 */
export function splitIntervals(
  bytes: Uint8Array<ArrayBuffer>,
  first: number,
  count: number,
): Uint8Array<ArrayBuffer>[] | null {
  const intervals: Uint8Array<ArrayBuffer>[] = [];
  let start = 0;
  let end = bytes.length;
  for (const { at, marker } of listMarkers(bytes)) {
    if (marker === 0xd9) {
      end = at;
      break;
    }
    if (marker !== (0xd0 | ((first + intervals.length) & 7))) return null;
    intervals.push(bytes.subarray(start, at));
    start = at + 2;
  }
  intervals.push(bytes.subarray(start, end));
  return intervals.length === count && intervals.every(({ length }) => length > 0) ? intervals : null;
}

/** Markers in entropy-coded data, stuffed zeros and fill bytes left out (T.81 B.1.1.5); a lone last 0xff is none. */
export function* listMarkers(bytes: Uint8Array<ArrayBuffer>): Generator<{ at: number; marker: number }> {
  for (let at = bytes.indexOf(0xff); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker !== 0 && marker !== 0xff) yield { at, marker };
    at += marker === 0xff ? 1 : 2;
  }
}

function word(bytes: Uint8Array<ArrayBuffer>, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
