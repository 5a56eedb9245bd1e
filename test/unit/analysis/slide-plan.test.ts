import { describe, expect, it } from "vitest";
import { planOfMap, shrunkTask, taskPixels, tasksWithin } from "../../../src/engine/analysis/slide-plan.ts";
import { measureSpeed, secondsOf } from "../../../src/engine/analysis/speed.ts";
import { planLattice } from "../../../src/engine/patches/lattice.ts";
import { planTasks } from "../../../src/engine/patches/plan.ts";
import { marksWithin, regionFirst } from "../../../src/engine/patches/region.ts";
import { darknessPack } from "./darkness-pack.ts";
import { RecordingExecutor } from "./fake-executor.ts";

const SLIDE = { width0: 4000, height0: 3000, pixelSize: { mppX: 1, mppY: 1 } };
const DENSE = darknessPack({ sampling: { windows: [16, 48], stride: 4 } }).pack;
const PATCHWISE = darknessPack({ sampling: { mode: "patchwise", patch: 32, windows: [32] } }).pack;

function planned(pack: typeof DENSE) {
  const lattice = planLattice({ ...SLIDE, pack });
  const tissue = new Uint8Array(lattice.cols * lattice.rows).fill(1);
  const plan = planTasks(lattice, tissue, { mode: pack.sampling.mode, maxPositions: 10 });
  return { lattice, tissue, plan };
}

describe("the plan of a slide", () => {
  it.each([
    ["dense", DENSE],
    ["patch by patch", PATCHWISE],
  ])("counts the very tasks that a region's map depends on, %s", (_, pack) => {
    const { lattice, tissue, plan } = planned(pack);
    const found = planOfMap(pack, lattice, plan);
    expect(found.tasks).toBe(plan.passes.flat().length);
    expect(found.coarseTasks).toBe(plan.passes[0]?.length);
    for (const box of [
      { x0: 900, y0: 700, width0: 500, height0: 300 },
      { x0: 0, y0: 0, width0: 40, height0: 3000 },
      { x0: 3500, y0: 2800, width0: 500, height0: 200 },
    ]) {
      const { region } = regionFirst(plan, lattice, marksWithin(tissue, lattice, box));
      const counted = tasksWithin(found, box, found.tasks);
      // Boxes know nothing of cells: a task that only touches the region's edge may be counted beside those that it needs.
      expect(counted).toBeGreaterThanOrEqual(region.length);
      expect(counted).toBeLessThanOrEqual(region.length * 1.3 + 8);
    }
  });

  it("takes parts of tasks, from their middle and no larger than asked for", () => {
    const { lattice, plan } = planned(DENSE);
    const task = plan.passes[0]?.[0];
    if (!task) throw new RangeError("no task");
    const part = shrunkTask(DENSE, lattice, task, taskPixels(DENSE, lattice, task) / 3);
    expect(taskPixels(DENSE, lattice, part)).toBeLessThanOrEqual(taskPixels(DENSE, lattice, task) / 3);
    expect(part.col).toBeGreaterThan(task.col);
    expect((part.col - task.col) % task.step).toBe(0);
    expect(shrunkTask(DENSE, lattice, task, 1)).toMatchObject({ cols: 1, rows: 1 });
    expect(shrunkTask(DENSE, lattice, task, 1e9)).toEqual(task);
  });
});

describe("a measurement of speed", () => {
  const MB = 2 ** 20;

  it("runs one piece for each worker at once, twice, and closes what computes", async () => {
    const asked: { index: number; pixels: number }[] = [];
    const executor = new RecordingExecutor(3, async (task) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { planes: 1, cols: task.cols, rows: task.rows, data: new Float32Array(task.cols * task.rows) };
    });
    const { plan } = planned(DENSE);
    const found = await measureSpeed({
      open: async () => executor,
      taskPixels: 4 * MB,
      probe: (index, pixels) => {
        asked.push({ index, pixels });
        return { task: plan.passes[0]![index]!, pixels };
      },
    });
    expect(asked.map(({ index }) => index)).toEqual([0, 1, 2, 0, 1, 2]);
    expect(executor.mostRunning).toBe(3);
    expect(executor.isClosed).toBe(true);
    // The second round may be larger than the first, and never larger than a whole task.
    expect(asked[0]?.pixels).toBe(320 * 320);
    expect(asked[3]?.pixels).toBeGreaterThan(512 * 512);
    expect(asked[3]?.pixels).toBeLessThanOrEqual(4 * MB);
    expect(found).toMatchObject({ concurrency: 3, backend: executor.backend });
    expect(found.pixelsPerSecond).toBeGreaterThan(0);
    expect(found.startSeconds).toBeGreaterThanOrEqual(0);
  });

  it("is given up when it is not wanted any more", async () => {
    const controller = new AbortController();
    const executor = new RecordingExecutor(1, async () => {
      controller.abort();
      return { planes: 1, cols: 1, rows: 1, data: new Float32Array(1) };
    });
    const { plan } = planned(DENSE);
    const measuring = measureSpeed({
      open: async () => executor,
      taskPixels: MB,
      probe: (index, pixels) => ({ task: plan.passes[0]![index]!, pixels }),
      signal: controller.signal,
    });
    await expect(measuring).rejects.toMatchObject({ name: "AbortError" });
    expect(executor).toMatchObject({ isClosed: true });
    expect(executor.asked).toHaveLength(1);
  });

  it("becomes seconds by whole rounds, since the last one takes as long as the others", () => {
    const speed = { pixelsPerSecond: 4e6, concurrency: 4, startSeconds: 2 };
    const plan = { taskPixels: 1e6, tissueSeconds: 0.5 };
    expect(secondsOf(4, plan, speed)).toBeCloseTo(3);
    expect(secondsOf(5, plan, speed)).toBeCloseTo(4);
    expect(secondsOf(400, { ...plan, tissueSeconds: 6 }, speed)).toBeCloseTo(106);
  });
});
