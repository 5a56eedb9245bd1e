/**
 * For every output position along one axis, the first and the last input position of its box, both inclusive, both of
 * one residue modulo the spacing. A box with last < first is empty.
 */
export interface AxisBoxes {
  readonly first: Int32Array;
  readonly last: Int32Array;
}

export interface BoxMeansOptions {
  /**
   * What a missing value (NaN) in a box does. `false`, the default: the box's mean is NaN, so that a result never depends
   * on what happened to be computed. `true`: the mean of the known values, NaN only when there is none.
   */
  readonly partial?: boolean;
}

/** A row-major plane of cols x rows values, of which every `spacing`-th in each direction belongs to one box. */
export interface StridedPlane {
  readonly data: Float32Array;
  readonly cols: number;
  readonly rows: number;
  readonly spacing: number;
}

/**
 * Mean over every box, row-major, `columns.first.length` x `lines.first.length`. Summed-area tables in float64, one per
 * residue class of the spacing, interleaved in one array: S(c, r) = v(c, r) + S(c - s, r) + S(c, r - s) - S(c - s, r - s).
 * O(cells), 12 bytes a cell.
 */
export function boxMeans(
  plane: StridedPlane,
  columns: AxisBoxes,
  lines: AxisBoxes,
  options: BoxMeansOptions = {},
): Float32Array<ArrayBuffer> {
  const { cols, rows, spacing } = plane;
  if (plane.data.length !== cols * rows) {
    throw new RangeError(`boxMeans expects ${cols} x ${rows} values, got ${plane.data.length}`);
  }
  const { sums, missing, width } = summedArea(plane);
  const partial = options.partial ?? false;
  const outCols = columns.first.length;
  const outRows = lines.first.length;
  const means = new Float32Array(outCols * outRows);
  for (let row = 0; row < outRows; row++) {
    const top = lines.first[row]! * width;
    const bottom = (lines.last[row]! + spacing) * width;
    const high = boxCount(lines, row, spacing);
    for (let col = 0; col < outCols; col++) {
      const left = columns.first[col]!;
      const right = columns.last[col]! + spacing;
      const count = high * boxCount(columns, col, spacing);
      let unknown = 0;
      if (count > 0) {
        unknown = missing[bottom + right]! - missing[top + right]! - missing[bottom + left]! + missing[top + left]!;
      }
      const known = count - unknown;
      if (known === 0 || (unknown > 0 && !partial)) {
        means[row * outCols + col] = Number.NaN;
        continue;
      }
      const sum = sums[bottom + right]! - sums[top + right]! - sums[bottom + left]! + sums[top + left]!;
      means[row * outCols + col] = sum / known;
    }
  }
  return means;
}

/** Boxes of `count` positions `spacing` apart that start at output position + offset, cut to 0 ... size - 1. */
export function slidingBoxes(
  positions: number,
  box: { readonly offset: number; readonly count: number; readonly spacing: number; readonly size: number },
): AxisBoxes {
  const first = new Int32Array(positions);
  const last = new Int32Array(positions);
  for (let position = 0; position < positions; position++) {
    const start = position + box.offset;
    const skipped = start < 0 ? Math.ceil(-start / box.spacing) : 0;
    const reach = Math.min(box.count - 1, Math.floor((box.size - 1 - start) / box.spacing));
    first[position] = start + skipped * box.spacing;
    last[position] = start + reach * box.spacing;
  }
  return { first, last };
}

function boxCount(boxes: AxisBoxes, index: number, spacing: number): number {
  return Math.max(0, (boxes.last[index]! - boxes.first[index]!) / spacing + 1);
}

/** Tables with a margin of `spacing` zeros at the left and top: input (c, r) stands at (c + spacing, r + spacing). */
function summedArea(plane: StridedPlane) {
  const { data, cols, rows, spacing } = plane;
  const width = cols + spacing;
  const sums = new Float64Array(width * (rows + spacing));
  const missing = new Int32Array(width * (rows + spacing));
  const up = spacing * width;
  for (let row = 0; row < rows; row++) {
    let at = (row + spacing) * width + spacing;
    for (let index = row * cols; index < (row + 1) * cols; index++, at++) {
      const value = data[index]!;
      const isMissing = Number.isNaN(value);
      sums[at] = (isMissing ? 0 : value) + sums[at - spacing]! + sums[at - up]! - sums[at - up - spacing]!;
      missing[at] = (isMissing ? 1 : 0) + missing[at - spacing]! + missing[at - up]! - missing[at - up - spacing]!;
    }
  }
  return { sums, missing, width };
}
