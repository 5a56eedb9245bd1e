import { after, delaunay } from "./delaunay.ts";

/** Kinds of edge between three kinds of node: the unordered pair of kinds. */
export const EDGE_TYPES = 6;

/** Tissue components as a graph; neighbours of node i are targets[first[i]] to targets[first[i + 1] - 1]. */
export interface ComponentGraph {
  /** Centres, pixels. */
  readonly x: Int32Array;
  readonly y: Int32Array;
  /** Kind of each node, 0 to 2. */
  readonly kind: Uint8Array;
  readonly first: Int32Array;
  readonly targets: Int32Array;
  /** Type of the edge to each target, 0 to 5. */
  readonly types: Uint8Array;
}

export interface ComponentNode {
  readonly x: number;
  readonly y: number;
  readonly kind: number;
}

/** Joins nodes by a Delaunay triangulation of their centres. Neighbours are in ascending order. */
export function componentGraph(nodes: readonly ComponentNode[]): ComponentGraph {
  const x = Int32Array.from(nodes, (node) => node.x);
  const y = Int32Array.from(nodes, (node) => node.y);
  const kind = Uint8Array.from(nodes, (node) => node.kind);
  const neighbours = nodes.map(() => new Set<number>());
  const { from } = delaunay({ x, y });
  for (let e = 0; e < from.length; e++) {
    const a = from[e]!;
    const b = from[after(e)]!;
    neighbours[a]!.add(b);
    neighbours[b]!.add(a);
  }
  return graphOf({ x, y, kind }, neighbours);
}

/** A graph with the given neighbours of each node. */
export function graphOf(
  nodes: Pick<ComponentGraph, "x" | "y" | "kind">,
  neighbours: readonly ReadonlySet<number>[],
): ComponentGraph {
  const first = new Int32Array(neighbours.length + 1);
  const targets: number[] = [];
  for (const [node, around] of neighbours.entries()) {
    targets.push(...[...around].sort((a, b) => a - b));
    first[node + 1] = targets.length;
  }
  const types = new Uint8Array(targets.length);
  for (let node = 0; node < neighbours.length; node++) {
    for (let at = first[node]!; at < first[node + 1]!; at++) {
      types[at] = edgeType(nodes.kind[node]!, nodes.kind[targets[at]!]!);
    }
  }
  return { ...nodes, first, targets: Int32Array.from(targets), types };
}

/** Of the pairs 00, 01, 02, 11, 12, 22 the index. */
export function edgeType(one: number, other: number): number {
  const low = Math.min(one, other);
  const high = Math.max(one, other);
  return low === 0 ? high : low + high + 1;
}
