import { type ComponentGraph, EDGE_TYPES } from "./component-graph.ts";

/** Features of a node: emphasis of short and of long paths, non-uniformity of edge types and of path lengths. */
export const RUN_FEATURES = 4;

/** Lengths that a matrix tells apart; longer runs count as the longest. */
export const MAX_RUN = 32;

const MATRIX = EDGE_TYPES * MAX_RUN;

/**
 * The run-length matrix of each node, EDGE_TYPES x MAX_RUN, row-major, one after another; entry (type, length - 1) counts runs.
 *
 * A run: along edges of one type, breadth first from the node through nodes whose centres lie within the window of `window` pixels
 * a side around it, to a node from which no further one is found; its length is the number of edges. (Grey-level runs are maximal in
 * the same way: Galloway 1975.)
 */
export function runLengthMatrices(graph: ComponentGraph, window: number): Uint16Array {
  const nodes = graph.kind.length;
  const matrices = new Uint16Array(nodes * MATRIX);
  const visited = new Int32Array(nodes).fill(-1);
  for (let node = 0, visit = 0; node < nodes; node++) {
    for (let type = 0; type < EDGE_TYPES; type++, visit++) {
      countRuns(graph, { node, type, visit, half: window / 2 }, visited, matrices);
    }
  }
  return matrices;
}

interface RunSearch {
  readonly node: number;
  readonly type: number;
  /** A number that no other search has, to mark nodes with. */
  readonly visit: number;
  readonly half: number;
}

function countRuns(graph: ComponentGraph, search: RunSearch, visited: Int32Array, matrices: Uint16Array): void {
  const { node, type, visit, half } = search;
  const { x, y, first, targets, types } = graph;
  const offset = node * MATRIX + type * MAX_RUN;
  visited[node] = visit;
  let level = [node];
  for (let length = 0; level.length > 0; length++) {
    const next: number[] = [];
    for (const at of level) {
      const before = next.length;
      for (let edge = first[at]!; edge < first[at + 1]!; edge++) {
        const target = targets[edge]!;
        if (types[edge] !== type || visited[target] === visit) continue;
        if (Math.abs(x[target]! - x[node]!) > half || Math.abs(y[target]! - y[node]!) > half) continue;
        visited[target] = visit;
        next.push(target);
      }
      if (next.length === before && length > 0) matrices[offset + Math.min(length, MAX_RUN) - 1]!++;
    }
    level = next;
  }
}

/**
 * RUN_FEATURES of each node from the sum P of the matrices of all nodes within the window around it, n = sum of P:
 * short-path emphasis sum P / length^2 / n, long-path emphasis sum P length^2 / n, edge-type non-uniformity sum over types of
 * (sum over lengths of P)^2 / n, path-length non-uniformity sum over lengths of (sum over types of P)^2 / n. All 0 without runs.
 */
export function runFeatures(graph: ComponentGraph, matrices: Uint16Array, window: number): Float64Array {
  const nodes = graph.kind.length;
  const features = new Float64Array(nodes * RUN_FEATURES);
  const sum = new Float64Array(MATRIX);
  const near = neighbourhoods(graph, window);
  for (let node = 0; node < nodes; node++) {
    sum.fill(0);
    for (const other of near(node)) {
      for (let i = 0; i < MATRIX; i++) sum[i]! += matrices[other * MATRIX + i]!;
    }
    features.set(featuresOf(sum), node * RUN_FEATURES);
  }
  return features;
}

/** Of one matrix, EDGE_TYPES x MAX_RUN. */
export function featuresOf(matrix: ArrayLike<number>): [number, number, number, number] {
  const byType = new Float64Array(EDGE_TYPES);
  const byLength = new Float64Array(MAX_RUN);
  let total = 0;
  let short = 0;
  let long = 0;
  for (let type = 0; type < EDGE_TYPES; type++) {
    for (let length = 1; length <= MAX_RUN; length++) {
      const count = matrix[type * MAX_RUN + length - 1]!;
      total += count;
      short += count / length ** 2;
      long += count * length ** 2;
      byType[type]! += count;
      byLength[length - 1]! += count;
    }
  }
  if (total === 0) return [0, 0, 0, 0];
  const squares = (counts: Float64Array) => counts.reduce((sum, count) => sum + count * count, 0);
  return [short / total, long / total, squares(byType) / total, squares(byLength) / total];
}

/** Nodes within the window around a node, itself included, by way of cells half a window wide. */
function neighbourhoods({ x, y }: ComponentGraph, window: number): (node: number) => number[] {
  const half = window / 2;
  const key = (col: number, row: number) => row * 65_536 + col;
  const cells = new Map<number, number[]>();
  for (let node = 0; node < x.length; node++) {
    const at = key(Math.floor(x[node]! / half), Math.floor(y[node]! / half));
    const cell = cells.get(at);
    if (cell) cell.push(node);
    else cells.set(at, [node]);
  }
  return (node) => {
    const col = Math.floor(x[node]! / half);
    const row = Math.floor(y[node]! / half);
    const found: number[] = [];
    for (let r = row - 1; r <= row + 1; r++) {
      for (let c = col - 1; c <= col + 1; c++) {
        for (const other of cells.get(key(c, r)) ?? []) {
          if (Math.abs(x[other]! - x[node]!) <= half && Math.abs(y[other]! - y[node]!) <= half) found.push(other);
        }
      }
    }
    return found;
  };
}
