import { describe, expect, it } from "vitest";
import { type Random, seededRandom } from "../../../src/engine/base/random.ts";
import {
  cellConfidences,
  coarseDecisions,
  confidencesOfDecisions,
  patchDecisions,
  patchPositions,
  windowMeans,
} from "../../../src/engine/heatmap/windows.ts";
import type { Lattice } from "../../../src/engine/patches/types.ts";

function latticeOf(
  cols: number,
  rows: number,
  cellStrides: number,
  windowCells: readonly number[],
  patchStrides = (windowCells[0] ?? 1) * cellStrides,
): Lattice {
  return {
    cols,
    rows,
    stride: 8,
    stride0X: 8,
    stride0Y: 8,
    downsampleX: 1,
    downsampleY: 1,
    width0: cols * 8,
    height0: rows * 8,
    cellStrides,
    patchStrides,
    windowCells,
  };
}

function randomPlane(length: number, random: Random, missingShare = 0): Float32Array {
  return Float32Array.from({ length }, () => (random() < missingShare ? Number.NaN : random() * 4 - 2));
}

function naiveWindowMeans(plane: Float32Array, lattice: Lattice, windowIndex: number, partial = false): number[] {
  const { cols, rows } = patchPositions(lattice);
  const count = lattice.windowCells[windowIndex]!;
  const before = ((count - lattice.windowCells[0]!) * lattice.cellStrides) / 2;
  const means: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const values: number[] = [];
      for (let j = 0; j < count; j++) {
        for (let i = 0; i < count; i++) {
          const c = col - before + i * lattice.cellStrides;
          const r = row - before + j * lattice.cellStrides;
          if (c >= 0 && r >= 0 && c < lattice.cols && r < lattice.rows) values.push(plane[r * lattice.cols + c]!);
        }
      }
      const used = partial ? values.filter((value) => !Number.isNaN(value)) : values;
      means.push(used.length === 0 ? Number.NaN : used.reduce((a, b) => a + b, 0) / used.length);
    }
  }
  return means;
}

function naiveCellMeans(patches: Float32Array, lattice: Lattice, partial = false): number[] {
  const { cols, rows } = patchPositions(lattice);
  const means: number[] = [];
  for (let row = 0; row < lattice.rows; row++) {
    for (let col = 0; col < lattice.cols; col++) {
      const values: number[] = [];
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < cols; c++) {
          const covers = c <= col && col < c + lattice.patchStrides && r <= row && row < r + lattice.patchStrides;
          if (covers) values.push(patches[r * cols + c]!);
        }
      }
      const used = partial ? values.filter((value) => !Number.isNaN(value)) : values;
      means.push(used.length === 0 ? Number.NaN : used.reduce((a, b) => a + b, 0) / used.length);
    }
  }
  return means;
}

function expectClose(found: Float32Array, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    // Results are float32 of values up to 2.
    if (Number.isNaN(expected[i]!)) expect(found[i]).toBeNaN();
    else expect(Math.abs(found[i]! - expected[i]!)).toBeLessThan(1e-6);
  }
}

const LATTICES: readonly (readonly [string, Lattice])[] = [
  ["one window, cells as wide as the stride", latticeOf(17, 13, 1, [5])],
  ["two windows, cells twice the stride", latticeOf(23, 19, 2, [3, 7])],
  ["windows a cell apart, put half a cell outwards", latticeOf(21, 16, 2, [3, 6])],
  ["three windows, cells three strides wide", latticeOf(31, 14, 3, [2, 4, 8])],
  ["a slide smaller than a patch", latticeOf(4, 3, 2, [7, 19])],
  ["a slide of one cell", latticeOf(1, 1, 1, [7, 19])],
  ["a slide as narrow as a patch", latticeOf(10, 30, 2, [5, 9])],
];

describe("windowMeans", () => {
  it.each(LATTICES)("equals plain loops: %s", (_name, lattice) => {
    const random = seededRandom(1);
    for (const missingShare of [0, 0.02, 0.4]) {
      const plane = randomPlane(lattice.cols * lattice.rows, random, missingShare);
      lattice.windowCells.forEach((_, index) => {
        expectClose(windowMeans(plane, lattice, index), naiveWindowMeans(plane, lattice, index));
        expectClose(
          windowMeans(plane, lattice, index, { partial: true }),
          naiveWindowMeans(plane, lattice, index, true),
        );
      });
    }
  });

  it("leaves a far missing cell out of every window that does not need it", () => {
    const lattice = latticeOf(12, 12, 2, [2]);
    const plane = new Float32Array(144).fill(1);
    plane[6 * 12 + 6] = Number.NaN;
    const means = windowMeans(plane, lattice, 0);
    const { cols } = patchPositions(lattice);
    const missing = [...means.keys()]
      .filter((i) => Number.isNaN(means[i]!))
      .map((i) => [i % cols, Math.floor(i / cols)]);
    expect(missing).toEqual([
      [4, 4],
      [6, 4],
      [4, 6],
      [6, 6],
    ]);
  });

  it("refuses a window that cannot be concentric with the patch", () => {
    expect(() => windowMeans(new Float32Array(100), latticeOf(10, 10, 1, [3, 4]), 1)).toThrow(RangeError);
  });
});

describe("patchDecisions", () => {
  it("adds the windows' means and the bias", () => {
    const lattice = latticeOf(23, 19, 2, [3, 7]);
    const random = seededRandom(2);
    const planes = [randomPlane(23 * 19, random), randomPlane(23 * 19, random)];
    const near = naiveWindowMeans(planes[0]!, lattice, 0);
    const wide = naiveWindowMeans(planes[1]!, lattice, 1);
    expectClose(
      patchDecisions(planes, lattice, -0.25),
      near.map((value, i) => value + wide[i]! - 0.25),
    );
  });

  it("is missing where either window is", () => {
    const lattice = latticeOf(9, 9, 1, [1, 3]);
    const planes = [new Float32Array(81), new Float32Array(81)];
    planes[1]![0] = Number.NaN;
    const decisions = patchDecisions(planes, lattice, 0);
    expect(decisions[0]).toBeNaN();
    expect(decisions[10]).toBeNaN();
    expect(decisions[2]).toBe(0);
  });

  it("takes over the decisions of patches that ran one by one, without a second bias", () => {
    const lattice = latticeOf(5, 4, 1, [], 3);
    const plane = Float32Array.from({ length: 20 }, (_, i) => i);
    expect([...patchDecisions([plane], lattice, 7)]).toEqual([0, 1, 2, 5, 6, 7]);
  });
});

describe("confidencesOfDecisions", () => {
  it("is Platt's sigmoid, keeps NaN and stays within 0 and 1 for extreme decisions", () => {
    const confidences = confidencesOfDecisions(Float32Array.of(0, 1, -1e6, 1e6, Number.NaN), { a: -2, b: 0.5 });
    expect(confidences[0]).toBeCloseTo(1 / (1 + Math.exp(0.5)), 6);
    expect(confidences[1]).toBeCloseTo(1 / (1 + Math.exp(-1.5)), 6);
    expect([confidences[2], confidences[3]]).toEqual([0, 1]);
    expect(confidences[4]).toBeNaN();
  });
});

describe("cellConfidences", () => {
  it.each(LATTICES)("equals plain loops: %s", (_name, lattice) => {
    const random = seededRandom(3);
    const { cols, rows } = patchPositions(lattice);
    for (const missingShare of [0, 0.05]) {
      const patches = randomPlane(cols * rows, random, missingShare);
      expectClose(cellConfidences(patches, lattice), naiveCellMeans(patches, lattice));
      expectClose(cellConfidences(patches, lattice, { partial: true }), naiveCellMeans(patches, lattice, true));
    }
  });
});

describe("coarseDecisions", () => {
  it("gives every position the nearest known one and keeps what is known", () => {
    const lattice = latticeOf(8, 1, 1, [], 1);
    const nan = Number.NaN;
    const spread = coarseDecisions(Float32Array.of(10, nan, nan, 7, 14, nan, nan, nan), lattice, 4);
    expect([...spread]).toEqual([10, 10, 14, 7, 14, 14, 14, 14]);
  });

  it("leaves a position missing whose coarse neighbour has not come yet", () => {
    const lattice = latticeOf(6, 6, 1, [], 1);
    const decisions = new Float32Array(36).fill(Number.NaN);
    decisions[0] = 3;
    const spread = coarseDecisions(decisions, lattice, 3);
    expect(spread[1]).toBe(3);
    expect(spread[7]).toBe(3);
    expect(spread[5]).toBeNaN();
  });
});
