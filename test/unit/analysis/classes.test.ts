import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { extractorExecutor } from "../../../src/engine/analysis/extractor-executor.ts";
import { runAnalysis } from "../../../src/engine/analysis/run.ts";
import type { AnalysisProgress } from "../../../src/engine/analysis/types.ts";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { openExtractor } from "../../../src/engine/features/extractor.ts";
import { runSelfTest, selfTestDecisions } from "../../../src/engine/features/self-test.ts";
import { gridOfClass } from "../../../src/engine/heatmap/class-labels.ts";
import { classMap, shownClasses } from "../../../src/engine/heatmap/class-map.ts";
import type { ConfidenceGrid } from "../../../src/engine/heatmap/types.ts";
import type { LoadedPack } from "../../../src/engine/modelpack/types.ts";
import { classPack } from "./class-pack.ts";
import { openSquareSlide } from "./open-square-slide.ts";

const SPEC = {
  width0: 900,
  height0: 700,
  mppX: 4,
  mppY: 4,
  downsamples: [4],
  margin0: 80,
  square: { x0: 300, y0: 200, width0: 240, height0: 160 },
};

async function mapOf(
  loaded: LoadedPack,
  options: {
    readonly maxPositions?: number;
    readonly onProgress?: (progress: AnalysisProgress) => void;
    /** Before each task, so that a run outlasts the pauses between maps. */
    readonly pauseMs?: number;
  } = {},
): Promise<ConfidenceGrid> {
  const backend = await nodeBackend({ threads: 1 });
  const slide = await openSquareSlide(SPEC);
  const { maxPositions = 4096, onProgress, pauseMs = 0 } = options;
  const { grid } = await runAnalysis({
    slide,
    loaded,
    maxPositions,
    openExecutor: async (lattice) => {
      const extractor = await openExtractor({ backend, loaded });
      const executor = extractorExecutor({ slide, lattice, extractor, backend: backend.info });
      return {
        ...executor,
        run: async (task, signal) => {
          await setTimeout(pauseMs);
          return executor.run(task, signal);
        },
      };
    },
    options: onProgress ? { onProgress } : {},
  });
  return grid;
}

it("gives every class a confidence in every cell of tissue, and they sum to 1", async () => {
  const grid = await mapOf(classPack({ windows: [16, 48] }));
  const cells = grid.cols * grid.rows;
  expect(grid.classes?.count).toBe(3);
  for (let cell = 0; cell < cells; cell++) {
    const all = [0, 1, 2].map((k) => grid.classes?.values[k * cells + cell] ?? 0);
    if (grid.tissue[cell] === 1) expect(all.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    else expect(all.every(Number.isNaN)).toBe(true);
  }
  // The plain map is that of the first class, and shares its memory.
  expect(grid.values).toEqual(gridOfClass(grid, 0).values);
  expect(grid.values.buffer).toBe(grid.classes?.values.buffer);
});

it("finds each class where it lies", async () => {
  const loaded = classPack();
  const grid = await mapOf(loaded);
  const shown = shownClasses(loaded.pack) ?? [];
  const { labels, areas } = classMap(grid, shown, { mppX: 4, mppY: 4, origin: "file" });
  const at = (x0: number, y0: number) =>
    labels[Math.floor(y0 / grid.stride0Y) * grid.cols + Math.floor(x0 / grid.stride0X)];
  expect(at(420, 280)).toBe(0);
  expect(at(150, 150)).toBe(1);
  // 240 x 160 pixels of 4 µm, its corners rounded by patches of 64 µm.
  expect(areas[0]?.mm2).toBeGreaterThan(0.5);
  expect(areas[0]?.mm2).toBeLessThan(0.68);
  expect(areas.reduce((sum, { fraction }) => sum + fraction, 0)).toBeCloseTo(1, 9);
});

it("is the same however the slide is cut, with all planes of all pairs", async () => {
  const loaded = classPack({ windows: [16, 48] });
  const whole = await mapOf(loaded, { maxPositions: 4096 });
  const pieces = await mapOf(loaded, { maxPositions: 9 });
  let largest = 0;
  whole.classes?.values.forEach((value, i) => {
    const other = pieces.classes?.values[i] ?? Number.NaN;
    if (!Number.isNaN(value)) largest = Math.max(largest, Math.abs(value - other));
    else expect(other).toBeNaN();
  });
  expect(largest).toBeLessThan(1e-5);
});

it("patch by patch says the same as dense passes of this network, which looks no further than its cell", async () => {
  const dense = await mapOf(classPack());
  const patchwise = await mapOf(classPack({ mode: "patchwise" }));
  dense.classes?.values.forEach((value, i) => {
    if (!Number.isNaN(value)) expect(patchwise.classes?.values[i]).toBeCloseTo(value, 4);
  });
});

it("grows with all its classes while the run is under way", async () => {
  const seen: AnalysisProgress[] = [];
  await mapOf(classPack(), { maxPositions: 9, pauseMs: 10, onProgress: (progress) => seen.push(progress) });
  const grids = seen.flatMap(({ grid }) => (grid ? [grid] : []));
  expect(grids.length).toBeGreaterThan(0);
  for (const grid of grids) expect(grid.classes?.values).toHaveLength(3 * grid.cols * grid.rows);
});

it.each(["dense", "patchwise"] as const)("the self-test of a %s pack asks every pair", async (mode) => {
  const loaded = classPack({ mode });
  const backend = await nodeBackend({ threads: 1 });
  const question = { seed: 2, width: 48, height: 32 };
  const decisions = await selfTestDecisions(backend, loaded, question);
  const side = mode === "dense" ? 8 : 16;
  expect(decisions).toHaveLength(3 * (48 / side) * (32 / side));
  const selfTest = { cases: [{ ...question, decisions }], tolerance: 1e-4 };
  expect((await runSelfTest(backend, { ...loaded, pack: { ...loaded.pack, selfTest } })).passed).toBe(true);
  // A wrong weight of the last pair alone is noticed.
  const svms = loaded.pack.svms.map((svm, k) => (k === 2 ? { ...svm, bias: svm.bias + 0.01 } : svm));
  expect((await runSelfTest(backend, { ...loaded, pack: { ...loaded.pack, svms, selfTest } })).passed).toBe(false);
});
