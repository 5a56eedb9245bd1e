import { connectedRuns } from "../base/components.ts";

/** Size of a row-major plane in cells. */
export interface PlaneSize {
  readonly cols: number;
  readonly rows: number;
}

/**
 * Mean over the square of (2 reach + 1) cells a side around every cell, as far as it lies in the plane; `channels` values per
 * cell. Running sums in float64, along the rows and then for whole rows at once, in the order of memory.
 */
export function boxBlur(
  plane: Float32Array,
  size: PlaneSize,
  channels: number,
  reach: number,
): Float32Array<ArrayBuffer> {
  const { cols, rows } = size;
  const width = cols * channels;
  const along = new Float32Array(plane.length);
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < channels; channel++) {
      blurLine(plane, along, { start: row * width + channel, step: channels, length: cols, reach });
    }
  }
  const both = new Float32Array(plane.length);
  const sums = new Float64Array(width);
  for (let row = -reach; row < rows; row++) {
    const entering = (row + reach) * width;
    if (row + reach < rows) for (let i = 0; i < width; i++) sums[i]! += along[entering + i]!;
    const leaving = (row - reach - 1) * width;
    if (row > reach) for (let i = 0; i < width; i++) sums[i]! -= along[leaving + i]!;
    if (row < 0) continue;
    const share = 1 / (Math.min(rows - 1, row + reach) - Math.max(0, row - reach) + 1);
    for (let i = 0; i < width; i++) both[row * width + i] = sums[i]! * share;
  }
  return both;
}

/** Cells within `reach` columns and rows of a marked cell, itself included. */
export function dilated(marks: Uint8Array, size: PlaneSize, reach: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(boxBlur(Float32Array.from(marks), size, 1, reach), (mean) => (mean > 0 ? 1 : 0));
}

/** In place: gives every 4-connected component of cells equal to `value` that has fewer than `minCells` the other value. */
export function dropSmallComponents(marks: Uint8Array, size: PlaneSize, value: 0 | 1, minCells: number): void {
  const runs = connectedRuns(marks, size, value);
  const cells = new Int32Array(runs.count);
  for (let run = 0; run < runs.row.length; run++) cells[runs.label[run]!]! += runs.end[run]! - runs.start[run]!;
  for (let run = 0; run < runs.row.length; run++) {
    if (cells[runs.label[run]!]! >= minCells) continue;
    const offset = runs.row[run]! * size.cols;
    marks.fill(1 - value, offset + runs.start[run]!, offset + runs.end[run]!);
  }
}

interface Line {
  readonly start: number;
  readonly step: number;
  readonly length: number;
  readonly reach: number;
}

function blurLine(from: Float32Array, to: Float32Array, line: Line): void {
  const { start, step, length, reach } = line;
  let sum = 0;
  for (let i = 0; i < Math.min(reach, length); i++) sum += from[start + i * step]!;
  for (let i = 0; i < length; i++) {
    if (i + reach < length) sum += from[start + (i + reach) * step]!;
    if (i - reach > 0) sum -= from[start + (i - reach - 1) * step]!;
    const count = Math.min(length - 1, i + reach) - Math.max(0, i - reach) + 1;
    to[start + i * step] = sum / count;
  }
}
