import type { ComponentGraph } from "./component-graph.ts";
import { NearestFirst } from "./nearest-first.ts";
import { RUN_FEATURES } from "./run-lengths.ts";

export interface GrowOptions {
  /** Features count as alike below this distance; in deviations, features being standardised. */
  readonly distance: number;
  /** Nodes that a seed has at least. */
  readonly minSeed: number;
}

/**
 * The region of each node, counted from 0. `features`: standardised, RUN_FEATURES a node.
 *
 * Seeds: connected groups of at least `minSeed` nodes with features like those of the group's first. They grow over edges to all other
 * nodes, at each step by the node that is nearest to the mean of the seed beside it; then, nearest first, adjacent regions whose means are
 * alike become one. Without any seed the whole graph is one region.
 */
export function growRegions(graph: ComponentGraph, features: Float64Array, options: GrowOptions): Int32Array {
  const regions = seedRegions(graph, features, options);
  const count = regions.reduce((most, region) => Math.max(most, region + 1), 0);
  if (count === 0) return new Int32Array(graph.kind.length);
  growSeeds(graph, features, regions, regionMeans(features, regions, count).means);
  // Equal centres leave nodes without an edge; they belong anywhere.
  for (let node = 0; node < regions.length; node++) if (regions[node] === -1) regions[node] = 0;
  return mergeAlike(graph, features, regions, count, options.distance);
}

/**
 * Groups are gathered breadth first from the nodes in whose neighbourhood features change least on: a node joins when its features are
 * like those of the group's first node. (Joined by likeness along each edge alone, groups would chain over the whole image, because
 * windows of neighbours overlap.) A node of a group that came out too small may join a later one.
 */
function seedRegions(graph: ComponentGraph, features: Float64Array, { distance, minSeed }: GrowOptions): Int32Array {
  const { first, targets } = graph;
  const regions = new Int32Array(graph.kind.length).fill(-1);
  const visitedBy = new Int32Array(regions.length).fill(-1);
  let count = 0;
  for (const start of calmestFirst(graph, features)) {
    if (regions[start] !== -1) continue;
    visitedBy[start] = start;
    const group = [start];
    for (const node of group) {
      for (let edge = first[node]!; edge < first[node + 1]!; edge++) {
        const target = targets[edge]!;
        if (visitedBy[target] === start || regions[target] !== -1) continue;
        if (between(features, start, features, target) >= distance) continue;
        visitedBy[target] = start;
        group.push(target);
      }
    }
    if (group.length < minSeed) continue;
    for (const node of group) regions[node] = count;
    count++;
  }
  return regions;
}

/** Nodes by the mean distance of their features to those of their neighbours, smallest first, of equal ones the lower. */
function calmestFirst({ first, targets }: ComponentGraph, features: Float64Array): Int32Array {
  const unrest = Float64Array.from({ length: first.length - 1 }, (_, node) => {
    let sum = 0;
    for (let edge = first[node]!; edge < first[node + 1]!; edge++)
      sum += between(features, node, features, targets[edge]!);
    return sum / Math.max(1, first[node + 1]! - first[node]!);
  });
  return Int32Array.from(unrest.keys()).sort((a, b) => unrest[a]! - unrest[b]! || a - b);
}

function growSeeds(graph: ComponentGraph, features: Float64Array, regions: Int32Array, means: Float64Array): void {
  const { first, targets } = graph;
  const heap = new NearestFirst();
  const offer = (node: number) => {
    for (let edge = first[node]!; edge < first[node + 1]!; edge++) {
      const target = targets[edge]!;
      const region = regions[node]!;
      if (regions[target] === -1)
        heap.push({ node: target, region, distance: between(features, target, means, region) });
    }
  };
  for (let node = 0; node < regions.length; node++) if (regions[node]! >= 0) offer(node);
  for (let next = heap.pop(); next; next = heap.pop()) {
    if (regions[next.node] !== -1) continue;
    regions[next.node] = next.region;
    offer(next.node);
  }
}

function mergeAlike(
  graph: ComponentGraph,
  features: Float64Array,
  regions: Int32Array,
  count: number,
  distance: number,
): Int32Array {
  const { means, sizes } = regionMeans(features, regions, count);
  const adjacent = adjacentRegions(graph, regions, count);
  const into = Int32Array.from({ length: count }, (_, region) => region);
  for (;;) {
    let least = distance;
    let pair: [number, number] | null = null;
    for (const [one, others] of adjacent.entries()) {
      for (const other of others) {
        if (other <= one) continue;
        const apart = between(means, one, means, other);
        if (apart < least) {
          least = apart;
          pair = [one, other];
        }
      }
    }
    if (!pair) break;
    const [kept, gone] = pair;
    const size = sizes[kept]! + sizes[gone]!;
    for (let j = 0; j < RUN_FEATURES; j++) {
      const sum = means[kept * RUN_FEATURES + j]! * sizes[kept]! + means[gone * RUN_FEATURES + j]! * sizes[gone]!;
      means[kept * RUN_FEATURES + j] = sum / size;
    }
    sizes[kept] = size;
    for (const other of adjacent[gone]!) {
      adjacent[other]!.delete(gone);
      if (other !== kept) {
        adjacent[other]!.add(kept);
        adjacent[kept]!.add(other);
      }
    }
    adjacent[gone]!.clear();
    for (let region = 0; region < count; region++) if (into[region] === gone) into[region] = kept;
  }
  const names = [...new Set(into)].sort((a, b) => a - b);
  return regions.map((region) => names.indexOf(into[region]!));
}

function adjacentRegions({ first, targets }: ComponentGraph, regions: Int32Array, count: number): Set<number>[] {
  const adjacent = Array.from({ length: count }, () => new Set<number>());
  for (let node = 0; node < regions.length; node++) {
    for (let edge = first[node]!; edge < first[node + 1]!; edge++) {
      const other = regions[targets[edge]!]!;
      if (other !== regions[node]) adjacent[regions[node]!]!.add(other);
    }
  }
  return adjacent;
}

/** Mean features and number of nodes of each region; nodes of region -1 count nowhere. */
export function regionMeans(
  features: Float64Array,
  regions: Int32Array,
  count: number,
): { readonly means: Float64Array; readonly sizes: Float64Array } {
  const means = new Float64Array(count * RUN_FEATURES);
  const sizes = new Float64Array(count);
  regions.forEach((region, node) => {
    if (region < 0) return;
    sizes[region]!++;
    for (let j = 0; j < RUN_FEATURES; j++) means[region * RUN_FEATURES + j]! += features[node * RUN_FEATURES + j]!;
  });
  for (let i = 0; i < means.length; i++) means[i]! /= Math.max(1, sizes[Math.floor(i / RUN_FEATURES)]!);
  return { means, sizes };
}

function between(one: Float64Array, i: number, other: Float64Array, k: number): number {
  let squares = 0;
  for (let j = 0; j < RUN_FEATURES; j++) squares += (one[i * RUN_FEATURES + j]! - other[k * RUN_FEATURES + j]!) ** 2;
  return Math.sqrt(squares);
}
