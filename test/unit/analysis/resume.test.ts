import { describe, expect, it } from "vitest";
import type { EarlierWork, FinishedTask, TaskReport } from "../../../src/engine/analysis/earlier-work.ts";
import { PauseGate } from "../../../src/engine/analysis/pause-gate.ts";
import { runAnalysis } from "../../../src/engine/analysis/run.ts";
import type { AnalysisOptions, AnalysisProgress } from "../../../src/engine/analysis/types.ts";
import { isAbortError } from "../../../src/engine/base/errors.ts";
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

/** A run in small tasks; `asked` are those that it computed. */
async function run(options: AnalysisOptions = {}, onAsked: (count: number) => void = () => {}) {
  const slide = await openSquareSlide(SPEC);
  const executors: RecordingExecutor[] = [];
  const result = runAnalysis({
    slide,
    loaded: darknessPack(),
    maxPositions: 6,
    options,
    openExecutor: async (lattice) => {
      const compute = darknessOf(slide, lattice);
      const executor = new RecordingExecutor(2, (task) => {
        onAsked(executor.asked.length);
        return compute(task);
      });
      executors.push(executor);
      return executor;
    },
  });
  return { result: await result, asked: executors[0]?.asked.map(({ id }) => id) ?? [] };
}

/** What a run leaves behind that is cancelled after some tasks. */
async function workOfCancelledRun(tasks: number, earlier: EarlierWork | null = null): Promise<EarlierWork> {
  const reports: TaskReport[] = [];
  const controller = new AbortController();
  const cancelled = run({
    signal: controller.signal,
    earlier,
    onTask: (report) => {
      reports.push(structuredClone(report));
      if (reports.length === tasks) controller.abort();
    },
  });
  await expect(cancelled).rejects.toSatisfy(isAbortError);
  const last = reports.at(-1);
  if (!last) throw new RangeError("no task was reported");
  return {
    plan: last.plan,
    tasks: [...(earlier?.tasks ?? []), ...reports.map(({ task }) => task)],
    seconds: last.seconds,
  };
}

describe("a run that goes on where another ended", () => {
  it("computes only what is left and has the same map, bit for bit", async () => {
    const whole = await run();
    const earlier = await workOfCancelledRun(4);
    expect(earlier.tasks).toHaveLength(4);
    const seen: AnalysisProgress[] = [];
    const resumed = await run({ earlier, onProgress: (progress) => seen.push(progress) });
    expect(resumed.result.grid).toEqual(whole.result.grid);
    const kept = new Set(earlier.tasks.map(({ id }) => id));
    expect(resumed.asked.toSorted((a, b) => a - b)).toEqual(
      whole.asked.filter((id) => !kept.has(id)).toSorted((a, b) => a - b),
    );
    const counted = seen.filter(({ phase }) => phase === "coarse" || phase === "fine");
    // Reports may be left out on a fast machine; those that come count the earlier run's tasks as done.
    for (const { done } of counted) expect(done).toBeGreaterThanOrEqual(4);
    expect(resumed.result.seconds).toBeGreaterThan(earlier.seconds);
    expect(resumed.result.notes).toEqual(whole.result.notes);
  });

  it("may itself be broken off and gone on with", async () => {
    const whole = await run();
    const twice = await workOfCancelledRun(3, await workOfCancelledRun(2));
    expect(twice.tasks).toHaveLength(5);
    const resumed = await run({ earlier: twice });
    expect(resumed.asked).toHaveLength(whole.asked.length - 5);
    expect(resumed.result.grid).toEqual(whole.result.grid);
  });

  it("needs no task at all when all of them are there", async () => {
    const tasks: FinishedTask[] = [];
    let plan = "";
    const whole = await run({
      onTask: (report) => {
        plan = report.plan;
        tasks.push(structuredClone(report.task));
      },
    });
    const again = await run({ earlier: { plan, tasks, seconds: 1 } });
    expect(again.asked).toEqual([]);
    expect(again.result.grid).toEqual(whole.result.grid);
  });

  it("takes nothing of another plan: another stride starts from the beginning", async () => {
    const earlier = await workOfCancelledRun(4);
    const finer = await run({ stride: 4 });
    const resumed = await run({ stride: 4, earlier });
    expect(resumed.asked).toHaveLength(finer.asked.length);
    expect(resumed.result.grid).toEqual(finer.result.grid);
  });

  it("says so when a part was computed on another backend", async () => {
    const earlier = await workOfCancelledRun(4);
    const tasks = earlier.tasks.map((task) => ({ ...task, backend: "WebGPU" as const }));
    const { result } = await run({ earlier: { ...earlier, tasks } });
    expect(result.notes.join()).toMatch(/A part was computed on WebGPU .* on native/);
  });
});

describe("a paused run", () => {
  it("starts no task while it is paused, then ends with the same map", async () => {
    const whole = await run();
    const gate = new PauseGate();
    const paused = run({ gate }, (count) => {
      if (count === 3) gate.shut();
    });
    const first = await Promise.race([paused, new Promise((resolve) => setTimeout(resolve, 150, "still paused"))]);
    expect(first).toBe("still paused");
    gate.open();
    const { result, asked } = await paused;
    expect(asked).toHaveLength(whole.asked.length);
    expect(result.grid).toEqual(whole.result.grid);
    expect(gate.shutMs).toBeGreaterThan(0);
  });

  it("can be cancelled", async () => {
    const gate = new PauseGate();
    const controller = new AbortController();
    const paused = run({ gate, signal: controller.signal }, () => gate.shut());
    setTimeout(() => controller.abort(), 50);
    await expect(paused).rejects.toSatisfy(isAbortError);
  });
});
