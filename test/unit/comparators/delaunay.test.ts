import { expect, test } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { after, delaunay, type PointSet, type Triangulation } from "../../../src/engine/comparators/delaunay.ts";
import { golden } from "./golden.ts";

function edgesOf({ from }: Triangulation): string[] {
  const edges = new Set<string>();
  from.forEach((a, e) => {
    const b = from[after(e)]!;
    edges.add(`${Math.min(a, b)}-${Math.max(a, b)}`);
  });
  return [...edges].sort();
}

type Lifted = readonly [bigint, bigint, bigint];

/** Fails when a point lies within a triangle's circle, exactly, or a triangle is flat or turned the wrong way. */
function expectEmptyCircles({ x, y }: PointSet, { from }: Triangulation): void {
  const lifted = (p: number, d: number): Lifted => {
    const [dx, dy] = [BigInt(x[p]! - x[d]!), BigInt(y[p]! - y[d]!)];
    return [dx, dy, dx * dx + dy * dy];
  };
  let within = 0;
  for (let e = 0; e < from.length; e += 3) {
    const [a, b, c] = [from[e]!, from[e + 1]!, from[e + 2]!];
    const area = (x[b]! - x[a]!) * (y[c]! - y[a]!) - (y[b]! - y[a]!) * (x[c]! - x[a]!);
    expect(area).toBeGreaterThan(0);
    for (let d = 0; d < x.length; d++) {
      const [ax, ay, aa] = lifted(a, d);
      const [bx, by, bb] = lifted(b, d);
      const [cx, cy, cc] = lifted(c, d);
      if (aa * (bx * cy - by * cx) - bb * (ax * cy - ay * cx) + cc * (ax * by - ay * bx) > 0n) within++;
    }
  }
  expect(within).toBe(0);
}

/** Area of all triangles, twice. */
function areaOf({ x, y }: PointSet, { from }: Triangulation): number {
  let sum = 0;
  for (let e = 0; e < from.length; e += 3) {
    const [a, b, c] = [from[e]!, from[e + 1]!, from[e + 2]!];
    sum += (x[b]! - x[a]!) * (y[c]! - y[a]!) - (y[b]! - y[a]!) * (x[c]! - x[a]!);
  }
  return sum;
}

function pointSet(points: readonly (readonly [number, number])[]): PointSet {
  return { x: points.map(([x]) => x), y: points.map(([, y]) => y) };
}

test("edges are SciPy's", () => {
  const { points, edges } = golden.delaunay;
  expect(edgesOf(delaunay(pointSet(points)))).toEqual(edges.map(([a, b]) => `${a}-${b}`).sort());
});

test("no point lies within any triangle's circle, on scattered points and on clumps", () => {
  for (const [seed, range] of [
    [1, 1000],
    [2, 12],
    [3, 8000],
  ] as const) {
    const random = seededRandom(seed);
    const points = Array.from(
      { length: 90 },
      () => [Math.floor(random() * range), Math.floor(random() * range)] as const,
    );
    const set = pointSet(points);
    const triangles = delaunay(set);
    expectEmptyCircles(set, triangles);
    // Different points n, of which h on the hull: 2 n - 2 - h triangles; the hull's edges have no twin.
    const different = new Set(points.map(String)).size;
    const hull = triangles.twin.filter((twin) => twin === -1).length;
    expect(triangles.from.length / 3).toBe(2 * different - 2 - hull);
  }
});

test("a lattice, where four points lie on every circle, is covered once", () => {
  const points = Array.from({ length: 42 }, (_, i) => [(i % 7) * 10, Math.floor(i / 7) * 10] as const);
  const set = pointSet(points);
  const triangles = delaunay(set);
  expectEmptyCircles(set, triangles);
  expect(areaOf(set, triangles)).toBe(2 * 60 * 50);
});

test("twins point at each other, back and forth", () => {
  const { points } = golden.delaunay;
  const { from, twin } = delaunay(pointSet(points));
  twin.forEach((other, e) => {
    if (other === -1) return;
    expect(twin[other]).toBe(e);
    expect(from[other]).toBe(from[after(e)]);
  });
});

test("points on one line, equal points and too few points give no triangle and no error", () => {
  expect(delaunay(pointSet([])).from).toEqual([]);
  expect(delaunay(pointSet([[1, 2]])).from).toEqual([]);
  const line = Array.from({ length: 6 }, (_, i) => [i, 2 * i] as const);
  expect(delaunay(pointSet(line)).from).toEqual([]);
  const doubled = pointSet([
    [0, 0],
    [0, 0],
    [5, 0],
    [0, 5],
    [0, 5],
  ]);
  expect(edgesOf(delaunay(doubled))).toEqual(["0-2", "0-3", "2-3"]);
});

test("a line with one point beside it becomes a fan, on either side", () => {
  for (const y of [-7, 7]) {
    const points = [...Array.from({ length: 5 }, (_, i) => [i * 3, 0] as const), [20, y] as const];
    const set = pointSet(points);
    const triangles = delaunay(set);
    expect(triangles.from.length / 3).toBe(4);
    expectEmptyCircles(set, triangles);
  }
});
