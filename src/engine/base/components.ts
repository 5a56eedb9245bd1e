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

/**
 * Components of the cells that equal `value`; `data` is row-major. Union-find over runs instead of a flood over cells, because
 * masks of tissue have few, long runs and a slider moves over millions of cells. O(cells).
 */
export function connectedRuns(
  data: Uint8Array,
  size: { readonly cols: number; readonly rows: number },
  value: 0 | 1,
): ComponentRuns {
  const { row, start, end, firstOfRow } = findRuns(data, size, value);
  const parent = Int32Array.from(row.keys());
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

function findRuns(data: Uint8Array, size: { readonly cols: number; readonly rows: number }, value: 0 | 1) {
  const { cols, rows } = size;
  let total = 0;
  for (let r = 0; r < rows; r++) {
    let before = -1;
    for (let i = r * cols; i < (r + 1) * cols; i++) {
      const found = data[i]!;
      if (found === value && before !== value) total++;
      before = found;
    }
  }
  const row = new Int32Array(total);
  const start = new Int32Array(total);
  const end = new Int32Array(total);
  const firstOfRow = new Int32Array(rows + 1);
  let run = 0;
  for (let r = 0; r < rows; r++) {
    firstOfRow[r] = run;
    const offset = r * cols;
    for (let c = 0; c < cols; c++) {
      if (data[offset + c] !== value) continue;
      row[run] = r;
      start[run] = c;
      while (c < cols && data[offset + c] === value) c++;
      end[run++] = c;
    }
  }
  firstOfRow[rows] = run;
  return { row, start, end, firstOfRow };
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
