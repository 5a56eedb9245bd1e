import { describe, expect, it } from "vitest";
import type { EarlierWork, TaskReport } from "../../../src/engine/analysis/earlier-work.ts";
import { runAnalysis } from "../../../src/engine/analysis/run.ts";
import type { AnalysisOptions, AnalysisProgress } from "../../../src/engine/analysis/types.ts";
import { cellsWithin } from "../../../src/engine/patches/region.ts";
import { darknessPack } from "./darkness-pack.ts";
import { darknessOf, RecordingExecutor } from "./fake-executor.ts";
import { openSquareSlide } from "./open-square-slide.ts";

const SPEC = {
  width0: 1000,
  height0: 790,
  mppX: 1,
  mppY: 1,
  downsamples: [4],
  margin0: 40,
  square: { x0: 300, y0: 200, width0: 200, height0: 200 },
};
/** Around the lower right corner of the dark square. */
const REGION = { x0: 420, y0: 320, width0: 200, height0: 150 };
/** Stride 4 of cells of 8: four passes, so that there is a coarse one. */
const STRIDE = 4;
const TASK_MS = 20;

/** `taskMs`: what each task takes, so that progress, ten times a second at most, is heard on the way. */
async function run(options: AnalysisOptions = {}, taskMs = 0) {
  const slide = await openSquareSlide(SPEC);
  const executors: RecordingExecutor[] = [];
  const seen: AnalysisProgress[] = [];
  const result = await runAnalysis({
    slide,
    loaded: darknessPack(),
    maxPositions: 6,
    options: { stride: STRIDE, onProgress: (progress) => seen.push(progress), ...options },
    openExecutor: async (lattice) => {
      const compute = darknessOf(slide, lattice);
      const executor = new RecordingExecutor(1, async (task) => {
        if (taskMs > 0) await new Promise((resolve) => setTimeout(resolve, taskMs));
        return compute(task);
      });
      executors.push(executor);
      return executor;
    },
  });
  return { result, seen, asked: executors[0]?.asked ?? [] };
}

describe("a region", () => {
  it("changes the order of the tasks and not one bit of the map", async () => {
    const plain = await run();
    const withRegion = await run({ region: REGION });
    expect(withRegion.result.grid.values).toEqual(plain.result.grid.values);
    expect(withRegion.result.part).toBeUndefined();
    const ids = (asked: typeof plain.asked) => asked.map(({ id }) => id);
    expect(ids(withRegion.asked)).not.toEqual(ids(plain.asked));
    expect(ids(withRegion.asked).toSorted((a, b) => a - b)).toEqual(ids(plain.asked).toSorted((a, b) => a - b));
  });

  it("has its final values before the rest is done", async () => {
    const { result, seen, asked } = await run({ region: REGION }, TASK_MS);
    const done = seen.find(({ grid, region }) => grid && region && region.done === region.total);
    expect(done?.region?.total).toBeLessThan(asked.length);
    expect(done?.done).toBeLessThan(asked.length);
    const { firstCol, endCol, firstRow, endRow } = cellsWithin(REGION, result.grid);
    let compared = 0;
    for (let row = firstRow; row < endRow; row++) {
      for (let col = firstCol; col < endCol; col++) {
        const at = row * result.grid.cols + col;
        // Sums over known patches alone may round otherwise than sums over all.
        expect(done?.grid?.values[at]).toBeCloseTo(result.grid.values[at] ?? Number.NaN, 5);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(20);
  });

  it("is computed coarse first, then fine, and only then the rest", async () => {
    const { asked, seen } = await run({ region: REGION }, TASK_MS);
    const regionTotal = seen.at(-1)?.region?.total ?? 0;
    const passes = asked.slice(0, regionTotal).map(({ pass }) => pass);
    expect(passes).toEqual(passes.toSorted((a, b) => a - b));
    expect(new Set(passes).size).toBe(4);
    expect(asked[regionTotal]?.pass).toBe(0);
  });

  it("alone, gives the values that the whole run gives there, and no tissue elsewhere", async () => {
    const whole = await run();
    const part = await run({ region: REGION, extent: "region" });
    expect(part.asked.length).toBeLessThan(whole.asked.length);
    expect(part.result.part).toEqual({ kind: "region", box: REGION });
    expect(part.result.notes[0]).toMatch(/^Region only: 200 x 150 pixels/);
    const { grid } = part.result;
    const { firstCol, endCol, firstRow, endRow } = cellsWithin(REGION, grid);
    grid.values.forEach((value, at) => {
      const col = at % grid.cols;
      const row = Math.floor(at / grid.cols);
      const isInside = col >= firstCol && col < endCol && row >= firstRow && row < endRow;
      if (isInside) expect(value).toBe(whole.result.grid.values[at]);
      else expect([grid.tissue[at], value]).toEqual([0, Number.NaN]);
    });
  });

  it("alone, without tissue in it, is refused with what to do", async () => {
    const empty = { x0: 0, y0: 0, width0: 12, height0: 12 };
    await expect(run({ region: empty, extent: "region" })).rejects.toMatchObject({ code: "tissue/none-found" });
    const { result } = await run({ region: empty });
    expect(result.grid.values).toEqual((await run()).result.grid.values);
  });

  it("lets a run in any order go on from one in another, with the same map", async () => {
    const reports: TaskReport[] = [];
    await run({ region: REGION, extent: "region", onTask: (report) => reports.push(structuredClone(report)) });
    const plan = reports[0]?.plan ?? "";
    const earlier: EarlierWork = { plan, tasks: reports.map(({ task }) => task), seconds: 1 };
    const whole = await run();
    const goneOn = await run({ earlier });
    expect(reports[0]?.total).toBe(whole.asked.length);
    expect(goneOn.asked.length).toBe(whole.asked.length - reports.length);
    expect(goneOn.result.grid.values).toEqual(whole.result.grid.values);
  });
});

describe("a coarse run", () => {
  it("ends after the first pass, knows all tissue, and says how far apart its patches are", async () => {
    const whole = await run();
    const { result, asked } = await run({ extent: "coarse" });
    expect(asked.every(({ pass }) => pass === 0)).toBe(true);
    expect(asked.length).toBeLessThan(whole.asked.length);
    expect(result.part).toEqual({ kind: "coarse", stepUm: 32, fineStepUm: 16 });
    expect(result.notes[0]).toMatch(/^Coarse map only: patches 32 µm apart/);
    expect(result.grid.tissue).toEqual(whole.result.grid.tissue);
    result.grid.values.forEach((value, at) => {
      expect(Number.isNaN(value)).toBe(result.grid.tissue[at] !== 1);
    });
  });

  it("is the whole where a pack needs a single pass", async () => {
    const { result } = await run({ stride: 8, extent: "coarse" });
    expect(result.part).toBeUndefined();
    expect(result.grid.values).toEqual((await run({ stride: 8 })).result.grid.values);
  });
});

describe("the cells of a region", () => {
  const grid = { cols: 10, rows: 5, stride0X: 8, stride0Y: 8 };
  it("are those whose middle it holds", () => {
    expect(cellsWithin({ x0: 4, y0: 4.1, width0: 16, height0: 100 }, grid)).toEqual({
      ...{ firstCol: 0, endCol: 2, firstRow: 1, endRow: 5 },
    });
  });
  it("are one at least on the slide, and none off it", () => {
    expect(cellsWithin({ x0: 17, y0: 1, width0: 1, height0: 1 }, grid)).toEqual({
      ...{ firstCol: 2, endCol: 3, firstRow: 0, endRow: 1 },
    });
    const off = cellsWithin({ x0: -50, y0: 1, width0: 10, height0: 10 }, grid);
    expect(off.endCol - off.firstCol).toBe(0);
  });
});
