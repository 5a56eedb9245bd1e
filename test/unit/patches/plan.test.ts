import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { planLattice } from "../../../src/engine/patches/lattice.ts";
import { neededPositions } from "../../../src/engine/patches/needed.ts";
import { planTasks } from "../../../src/engine/patches/plan.ts";
import type { Lattice, SupertileTask } from "../../../src/engine/patches/types.ts";
import { LAST_LAYER, PATCH_BY_PATCH, TWO_WINDOWS } from "./packs.ts";

function latticeOf(cols: number, rows: number, pack = TWO_WINDOWS, stride = 8): Lattice {
  const { mpp } = pack.sampling;
  return planLattice({
    width0: cols * stride,
    height0: rows * stride,
    pixelSize: { mppX: mpp, mppY: mpp },
    pack,
    stride,
  });
}

function randomTissue(lattice: Lattice, seed: number, share: number): Uint8Array {
  const random = seededRandom(seed);
  return Uint8Array.from({ length: lattice.cols * lattice.rows }, () => (random() < share ? 1 : 0));
}

/** How often each lattice position is computed. */
function coverage(lattice: Lattice, tasks: readonly SupertileTask[]): Uint8Array {
  const counts = new Uint8Array(lattice.cols * lattice.rows);
  for (const task of tasks) {
    for (let j = 0; j < task.rows; j++) {
      for (let i = 0; i < task.cols; i++) {
        const col = task.col + i * task.step;
        const row = task.row + j * task.step;
        if (col < lattice.cols && row < lattice.rows) counts[row * lattice.cols + col]! += 1;
      }
    }
  }
  return counts;
}

/** Straight from the definition in `Lattice`'s comment. */
function neededByDefinition(lattice: Lattice, tissue: Uint8Array): Uint8Array {
  const { cols, rows, patchStrides, cellStrides, windowCells } = lattice;
  const needed = new Uint8Array(cols * rows);
  const mark = (col: number, row: number): void => {
    if (col >= 0 && row >= 0 && col < cols && row < rows) needed[row * cols + col] = 1;
  };
  for (let row = 0; row <= Math.max(0, rows - patchStrides); row++) {
    for (let col = 0; col <= Math.max(0, cols - patchStrides); col++) {
      let coversTissue = false;
      for (let y = row; y < Math.min(rows, row + patchStrides); y++) {
        for (let x = col; x < Math.min(cols, col + patchStrides); x++) coversTissue ||= tissue[y * cols + x] === 1;
      }
      if (!coversTissue) continue;
      if (windowCells.length === 0) mark(col, row);
      for (const cells of windowCells) {
        const before = ((cells - windowCells[0]!) * cellStrides) / 2;
        for (let j = 0; j < cells; j++) {
          for (let i = 0; i < cells; i++) mark(col - before + i * cellStrides, row - before + j * cellStrides);
        }
      }
    }
  }
  return needed;
}

const CASES = [
  { name: "two windows", lattice: latticeOf(61, 47), mode: "dense" },
  { name: "two windows at half the stride", lattice: latticeOf(50, 60, TWO_WINDOWS, 4), mode: "dense" },
  { name: "the last layer", lattice: latticeOf(50, 41, LAST_LAYER), mode: "dense" },
  { name: "patch by patch", lattice: latticeOf(50, 37, PATCH_BY_PATCH), mode: "patchwise" },
  { name: "a slide smaller than a patch", lattice: latticeOf(3, 5), mode: "dense" },
  { name: "a small slide patch by patch", lattice: latticeOf(5, 30, PATCH_BY_PATCH), mode: "patchwise" },
] as const;

describe.each(CASES)("the plan for $name", ({ lattice, mode }) => {
  it("needs every position that the definition names", () => {
    for (const share of [0.002, 0.02, 0.5]) {
      const tissue = randomTissue(lattice, 7, share);
      const needed = neededPositions(lattice, tissue);
      const defined = neededByDefinition(lattice, tissue);
      const missing = defined.findIndex((value, at) => value === 1 && needed[at] !== 1);
      expect(missing).toBe(-1);
    }
  });

  it("computes every needed position exactly once, whatever the size of its tasks", () => {
    const tissue = randomTissue(lattice, 11, 0.01);
    for (const maxPositions of [1, 4, { cols: 9, rows: 5 }, 64]) {
      const { passes, needed } = planTasks(lattice, tissue, { mode, maxPositions });
      const counts = coverage(lattice, passes.flat());
      expect(Math.max(...counts)).toBeLessThanOrEqual(1);
      expect(needed.findIndex((value, at) => value === 1 && counts[at] !== 1)).toBe(-1);
    }
  });

  it("gives all tasks of one run the same few shapes and different ids", () => {
    const tissue = randomTissue(lattice, 3, 0.3);
    const { passes } = planTasks(lattice, tissue, { mode, maxPositions: 9 });
    for (const tasks of passes) {
      expect(new Set(tasks.map((task) => `${task.cols}x${task.rows}`)).size).toBe(1);
    }
    const ids = passes.flat().map((task) => task.id);
    expect(ids).toEqual(ids.map((_, index) => index));
  });
});

describe("the plan", () => {
  it("has nothing to do where there is no tissue", () => {
    const lattice = latticeOf(20, 20);
    expect(planTasks(lattice, new Uint8Array(400), { mode: "dense", maxPositions: 8 }).passes).toEqual([]);
  });

  it("leaves glass out", () => {
    const lattice = latticeOf(400, 400);
    const tissue = new Uint8Array(400 * 400);
    tissue[200 * 400 + 200] = 1;
    const { passes } = planTasks(lattice, tissue, { mode: "dense", maxPositions: 64 });
    const positions = passes.flat().reduce((sum, task) => sum + task.cols * task.rows, 0);
    expect(positions).toBeLessThan(40 * 40);
  });

  it("starts the last layer with the unshifted pass and then fills the largest gaps", () => {
    const lattice = latticeOf(40, 40, LAST_LAYER);
    const tissue = new Uint8Array(1600).fill(1);
    const { passes, coarseStep } = planTasks(lattice, tissue, { mode: "dense", maxPositions: 64 });
    expect(coarseStep).toBe(2);
    expect(passes.map(([task]) => [task?.col, task?.row, task?.step])).toEqual([
      [0, 0, 2],
      [1, 1, 2],
      [1, 0, 2],
      [0, 1, 2],
    ]);
  });

  it("starts patch by patch with every 8th position, then every 4th, 2nd and the rest", () => {
    const lattice = latticeOf(64, 64, PATCH_BY_PATCH);
    const { passes } = planTasks(lattice, new Uint8Array(64 * 64).fill(1), { mode: "patchwise", maxPositions: 4 });
    const counts = passes.map((tasks) => coverage(lattice, tasks).reduce((sum, value) => sum + value, 0));
    expect(passes).toHaveLength(4);
    expect(counts.map((count, pass) => count / counts[0]! / 4 ** pass)).toSatisfy((shares: number[]) =>
      shares.every((share) => share <= 1.01),
    );
    expect(passes[0]?.every((task) => task.step === 8 && task.col % 8 === 0 && task.row % 8 === 0)).toBe(true);
  });

  it("spreads over the tissue before it fills in", () => {
    const lattice = latticeOf(256, 256);
    const { passes } = planTasks(lattice, new Uint8Array(256 * 256).fill(1), { mode: "dense", maxPositions: 8 });
    const firstRows = new Set(passes[0]?.slice(0, 16).map((task) => task.row));
    expect(firstRows.size).toBe(4);
  });

  it("begins where the reader looks", () => {
    const lattice = latticeOf(256, 256);
    const { passes } = planTasks(lattice, new Uint8Array(256 * 256).fill(1), {
      mode: "dense",
      maxPositions: 8,
      focus0: { x0: 1600, y0: 400 },
    });
    expect(passes[0]?.[0]).toMatchObject({ col: 200, row: 48 });
  });
});
