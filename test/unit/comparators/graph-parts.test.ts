import { expect, test } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { fitCircles } from "../../../src/engine/comparators/circles.ts";
import { edgeType, graphOf } from "../../../src/engine/comparators/component-graph.ts";
import { smoothedMask, squaredDistances } from "../../../src/engine/comparators/distance-transform.ts";
import { growRegions } from "../../../src/engine/comparators/grow-regions.ts";
import { likelyShare } from "../../../src/engine/comparators/name-regions.ts";
import { featuresOf, MAX_RUN, runFeatures, runLengthMatrices } from "../../../src/engine/comparators/run-lengths.ts";

const size = { cols: 40, rows: 30 };

function marksWhere(isMarked: (x: number, y: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: size.cols * size.rows }, (_, i) =>
    isMarked(i % size.cols, Math.floor(i / size.cols)) ? 1 : 0,
  );
}

test("squared distances are those of the nearest marked pixel", () => {
  const random = seededRandom(3);
  const marks = marksWhere(() => random() < 0.01);
  const found = squaredDistances(marks, size, 1);
  const marked = [...marks.keys()].filter((i) => marks[i] === 1);
  found.forEach((distance, i) => {
    const apart = marked.map((j) => {
      const [dx, dy] = [(i % size.cols) - (j % size.cols), Math.floor(i / size.cols) - Math.floor(j / size.cols)];
      return dx * dx + dy * dy;
    });
    expect(distance).toBe(Math.min(...apart));
  });
  expect(squaredDistances(new Uint8Array(size.cols * size.rows), size, 1)[0]).toBe(Infinity);
});

test("smoothing drops specks, fills pinholes and leaves a large disc much as it is", () => {
  const disc = (x: number, y: number) => Math.hypot(x - 20, y - 15) <= 10;
  const isSpeck = (x: number, y: number) => x === 3 && y === 3;
  const isHole = (x: number, y: number) => x === 20 && y === 15;
  const smooth = smoothedMask(
    marksWhere((x, y) => (disc(x, y) && !isHole(x, y)) || isSpeck(x, y)),
    size,
    2,
  );
  expect([...smooth]).toEqual([...marksWhere(disc)]);
});

test("circles lie within the marks, apart from each other, the largest first, none too small", () => {
  const isMarked = (x: number, y: number) => Math.hypot(x - 12, y - 12) < 10.5 || Math.hypot(x - 30, y - 14) < 6.5;
  const circles = fitCircles(marksWhere(isMarked), size, 2);
  expect(circles[0]).toEqual({ x: 12, y: 12, radius: 10 });
  expect(circles.filter(({ radius }) => radius > 3)).toHaveLength(2);
  const radii = circles.map(({ radius }) => radius);
  expect(radii).toEqual([...radii].sort((a, b) => b - a));
  expect(Math.min(...radii)).toBeGreaterThanOrEqual(2);
  circles.forEach(({ x, y, radius }, i) => {
    for (let py = 0; py < size.rows; py++) {
      for (let px = 0; px < size.cols; px++) {
        if (Math.hypot(px - x, py - y) < radius) expect(isMarked(px, py)).toBe(true);
      }
    }
    for (const other of circles.slice(i + 1)) {
      expect(Math.hypot(other.x - x, other.y - y)).toBeGreaterThanOrEqual(radius + other.radius);
    }
  });
});

test("no circle reaches over the image's edge", () => {
  const circles = fitCircles(
    marksWhere(() => true),
    size,
    8,
  );
  expect(circles[0]!.radius).toBe(15);
  for (const { x, y, radius } of circles) {
    expect(Math.min(x, y, size.cols - 1 - x, size.rows - 1 - y)).toBeGreaterThanOrEqual(radius - 1);
  }
});

test("the six types of edge are the unordered pairs of kinds", () => {
  const pairs = [0, 1, 2].flatMap((a) => [0, 1, 2].map((b) => [a, b] as const));
  for (const [a, b] of pairs) expect(edgeType(a, b)).toBe(edgeType(b, a));
  expect([...new Set(pairs.map(([a, b]) => edgeType(a, b)))].sort()).toEqual([0, 1, 2, 3, 4, 5]);
});

/** A path 0 - 1 - 2 - 3 of kind 0 along a line, with node 4 of kind 1 beside node 1; 10 pixels apart. */
const path = graphOf(
  {
    x: Int32Array.of(0, 10, 20, 30, 10),
    y: Int32Array.of(0, 0, 0, 0, 10),
    kind: Uint8Array.of(0, 0, 0, 0, 1),
  },
  [new Set([1]), new Set([0, 2, 4]), new Set([1, 3]), new Set([2]), new Set([1])],
);

test("runs follow edges of one type to where they end, each counted by its length", () => {
  const matrices = runLengthMatrices(path, 1000);
  const entries = (node: number) => {
    const own = matrices.subarray(node * 6 * MAX_RUN, (node + 1) * 6 * MAX_RUN);
    return [...own.keys()].filter((i) => own[i]! > 0).map((i) => [Math.floor(i / MAX_RUN), (i % MAX_RUN) + 1, own[i]]);
  };
  // From the end: one run of three edges between nodes of kind 0 (type 0).
  expect(entries(0)).toEqual([[0, 3, 1]]);
  // From node 1: to 0, to 3 by way of 2, and along the one edge of type 1 to node 4.
  expect(entries(1)).toEqual([
    [0, 1, 1],
    [0, 2, 1],
    [1, 1, 1],
  ]);
  expect(entries(4)).toEqual([[1, 1, 1]]);
});

test("runs do not leave the window around their node", () => {
  const matrices = runLengthMatrices(path, 40);
  // Nodes at most 20 pixels away: node 3 is out of reach for node 0.
  expect(matrices[1]).toBe(1);
  expect(matrices[2]).toBe(0);
});

test("the four features are those of the matrices added up over the window", () => {
  const matrix = new Float64Array(6 * MAX_RUN);
  matrix[0] = 2;
  matrix[1] = 1;
  matrix[MAX_RUN + 2] = 1;
  // 4 runs: lengths 1, 1, 2 of one type and 3 of another.
  const wanted = [(2 + 1 / 4 + 1 / 9) / 4, (2 + 4 + 9) / 4, (9 + 1) / 4, (4 + 1 + 1) / 4];
  featuresOf(matrix).forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i]!, 12);
  });
  expect(featuresOf(new Float64Array(6 * MAX_RUN))).toEqual([0, 0, 0, 0]);

  const matrices = runLengthMatrices(path, 1000);
  const sum = new Float64Array(6 * MAX_RUN).map((_, i) => {
    let total = 0;
    for (let node = 0; node < 5; node++) total += matrices[node * 6 * MAX_RUN + i]!;
    return total;
  });
  expect([...runFeatures(path, matrices, 1000).subarray(8, 12)]).toEqual(featuresOf(sum));
});

/** A line of `count` nodes with the given features (the first of four). */
function chain(values: readonly number[]) {
  const count = values.length;
  const graph = graphOf(
    { x: Int32Array.from(values.keys()), y: new Int32Array(count), kind: new Uint8Array(count) },
    values.map((_, i) => new Set([i - 1, i + 1].filter((k) => k >= 0 && k < count))),
  );
  const features = new Float64Array(count * 4);
  values.forEach((value, i) => {
    features[i * 4] = value;
  });
  return { graph, features };
}

test("seeds grow to the nodes between them, the more alike first, and unlike neighbours stay apart", () => {
  const { graph, features } = chain([0, 0, 0, 0, 1.4, 4, 5, 5, 5, 5]);
  expect([...growRegions(graph, features, { distance: 1.25, minSeed: 4 })]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
});

test("a slow drift does not chain into one seed; regions that come out alike are merged", () => {
  const drift = chain(Array.from({ length: 30 }, (_, i) => i * 0.2));
  expect(new Set(growRegions(drift.graph, drift.features, { distance: 1.25, minSeed: 4 })).size).toBeGreaterThan(1);
  const alike = chain([0, 0, 0, 0, 4, 0.5, 0.5, 0.5, 0.5]);
  expect(new Set(growRegions(alike.graph, alike.features, { distance: 1.25, minSeed: 4 })).size).toBe(1);
});

test("without any group large enough the whole graph is one region", () => {
  const { graph, features } = chain([0, 3, 6, 9]);
  expect([...growRegions(graph, features, { distance: 1.25, minSeed: 2 })]).toEqual([0, 0, 0, 0]);
});

test("a region is named by the truth under the known regions most like it, by their area", () => {
  const known = [
    ...Array.from({ length: 5 }, (_, i) => ({ features: [1 + i / 10, 5, 2, 2], area: 10, positive: 0.9 })),
    ...Array.from({ length: 5 }, (_, i) => ({ features: [3 + i / 10, 5, 8, 2], area: 30, positive: 0.1 })),
  ];
  expect(likelyShare([1.2, 5, 2.5, 2], known)).toBeCloseTo(0.9, 12);
  expect(likelyShare([3.2, 5, 7, 2], known)).toBeCloseTo(0.1, 12);
  expect(likelyShare([0, 0, 0, 0], [])).toBe(0);
});
