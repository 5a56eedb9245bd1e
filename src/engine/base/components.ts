import { type BitPlane, bitAt, nextChange, packBits } from "./bit-plane.ts";

/**
 * The 4-connected components of the cells with one value, as runs along the rows: run i covers columns start[i] to end[i] - 1 of
 * row[i] and belongs to component label[i]. Runs are in row-major order, labels count from 0 in the order of first runs.
 */
export interface ComponentRuns {
  /** Components. */
  readonly count: number;
  readonly row: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly label: Int32Array;
}

/** Components of the cells that equal `value`; `data` is row-major and holds zeros and ones alone. O(cells). */
export function connectedRuns(
  data: Uint8Array,
  size: { readonly cols: number; readonly rows: number },
  value: 0 | 1,
): ComponentRuns {
  return connectedPlaneRuns(packBits(data), size, value);
}

/**
 * The same of a plane of bits. Union-find over runs instead of a flood over cells, because masks of tissue have
 * few, long runs and a slider moves over millions of cells. O(cells / 32 + runs).
 */
export function connectedPlaneRuns(
  plane: BitPlane,
  size: { readonly cols: number; readonly rows: number },
  value: 0 | 1,
): ComponentRuns {
  const { row, start, end, firstOfRow } = findRuns(plane, size, value);
  const parent = new Int32Array(row.length);
  for (let run = 0; run < parent.length; run++) parent[run] = run;
  for (let r = 1; r < size.rows; r++) {
    let above = firstOfRow[r - 1]!;
    const aboveEnd = firstOfRow[r]!;
    for (let run = firstOfRow[r]!; run < firstOfRow[r + 1]!; run++) {
      while (above < aboveEnd && end[above]! <= start[run]!) above++;
      for (let other = above; other < aboveEnd && start[other]! < end[run]!; other++) join(parent, other, run);
    }
  }
  const label = new Int32Array(row.length);
  let count = 0;
  for (let run = 0; run < label.length; run++) {
    const root = rootOf(parent, run);
    label[run] = root === run ? count++ : label[root]!;
  }
  return { count, row, start, end, label };
}

function findRuns(plane: BitPlane, size: { readonly cols: number; readonly rows: number }, value: 0 | 1) {
  const { cols, rows } = size;
  const firstOfRow = new Int32Array(rows + 1);
  let start = new Int32Array(1024);
  let end = new Int32Array(1024);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    firstOfRow[row] = count;
    const offset = row * cols;
    const limit = offset + cols;
    let at = offset;
    if (cols > 0 && bitAt(plane, at) !== value) at = nextChange(plane, at, limit);
    while (at < limit) {
      const next = nextChange(plane, at, limit);
      if (count === start.length) {
        start = doubled(start);
        end = doubled(end);
      }
      start[count] = at - offset;
      end[count++] = next - offset;
      at = next < limit ? nextChange(plane, next, limit) : limit;
    }
  }
  firstOfRow[rows] = count;
  const rowOf = new Int32Array(count);
  for (let row = 0; row < rows; row++) rowOf.fill(row, firstOfRow[row]!, firstOfRow[row + 1]!);
  return { row: rowOf, start: start.subarray(0, count), end: end.subarray(0, count), firstOfRow };
}

function doubled(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const twice = new Int32Array(2 * values.length);
  twice.set(values);
  return twice;
}

/** The smaller root wins, so that a root is always the first run of its component. */
function join(parent: Int32Array, a: number, b: number): void {
  const rootA = rootOf(parent, a);
  const rootB = rootOf(parent, b);
  if (rootA < rootB) parent[rootB] = rootA;
  else parent[rootA] = rootB;
}

function rootOf(parent: Int32Array, run: number): number {
  let root = run;
  while (parent[root] !== root) {
    parent[root] = parent[parent[root]!]!;
    root = parent[root]!;
  }
  return root;
}
