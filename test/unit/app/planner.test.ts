import { describe, expect, it } from "vitest";
import type { KeptSpeed } from "../../../src/app/state/speeds.ts";
import { parseSpeeds } from "../../../src/app/storage/speed-store.ts";
import { startRun } from "../../../src/app/ui/commands.ts";
import { aboutWords, choiceName, timeWords } from "../../../src/app/ui/planner-words.ts";
import type { SlidePlan } from "../../../src/engine/analysis/slide-plan.ts";
import type { SpeedMeasurement } from "../../../src/engine/analysis/speed.ts";
import { AppError } from "../../../src/engine/base/errors.ts";
import { createTestApp, fakePack, OWN_PIXEL_SIZE, settled, smallGrid } from "./fakes.ts";

/** 100 tasks of a megapixel each, 10 of them coarse, side by side in a row of 40 level-0 pixels each. */
const PLAN: SlidePlan = {
  tasks: 100,
  coarseTasks: 10,
  taskPixels: 1e6,
  coarseStepUm: 640,
  fineStepUm: 80,
  reaches0: Float64Array.from(Array.from({ length: 100 }, (_, i) => [i * 40, 0, i * 40 + 60, 2000]).flat()),
  tissueSeconds: 0.5,
};
const WASM: SpeedMeasurement = {
  pixelsPerSecond: 0.25e6,
  concurrency: 2,
  startSeconds: 2,
  backend: { name: "WASM", reason: "No WebGPU adapter.", device: "CPU", runtime: "fake" },
};
const KEPT: KeptSpeed = {
  packSha256: "0",
  backend: "WASM",
  expected: "WASM",
  device: "CPU",
  threads: 4,
  measuredAt: 0,
  pixelsPerSecond: 1e6,
  concurrency: 2,
  startSeconds: 1,
};

async function readyApp(kept: readonly KeptSpeed[] = []) {
  const saved: (readonly KeptSpeed[])[] = [];
  const test = createTestApp({
    loadPack: async (id) => {
      const loaded = fakePack(id);
      // Two passes a side: cells of 16 source pixels at a stride of 8.
      const backbone = { ...loaded.pack.backbone, cell: 16 };
      return { ...loaded, pack: { ...loaded.pack, backbone } };
    },
    speeds: { load: async () => kept, save: async (speeds) => void saved.push(speeds) },
  });
  await test.app.packs.start();
  await test.app.analysis.probe();
  await test.app.planner.load();
  await test.app.slide.openFiles([new File([], "own-a.svs")]);
  return { ...test, saved };
}

function sentences({ planner }: Awaited<ReturnType<typeof readyApp>>["app"]): string[] {
  return planner.choices.value.map(
    (choice) => `${choiceName(choice)}: ${timeWords(choice.seconds, planner.speed.value) ?? "unknown"}`,
  );
}

describe("the choices before a run", () => {
  it("are there without a time until something was measured", async () => {
    const { app } = await readyApp();
    expect(sentences(app)).toEqual(["All of the tissue: unknown", "Coarse map only: unknown"]);
  });

  it("say what a measurement on the open slide comes to, each", async () => {
    const { app, client, saved } = await readyApp();
    void app.planner.measure();
    expect(app.planner.work.value).toBe("measuring");
    expect(client.planRequests[0]).toMatchObject({ isMeasured: true, maxWorkers: 2 });
    client.finishPlan({ plan: PLAN, speed: WASM });
    await settled();
    expect(app.planner.work.value).toBeNull();
    // 100 tasks in 50 rounds of 8 s; 10 in 5 rounds; 2 s before.
    expect(sentences(app)).toEqual(["All of the tissue: about 7 min", "Coarse map only: about 40 s"]);
    expect(saved[0]?.[0]).toMatchObject({ backend: "WASM", threads: 4, pixelsPerSecond: 0.25e6 });
  });

  it("name WebGPU only where it was measured", async () => {
    const { app, client } = await readyApp();
    void app.planner.measure();
    client.finishPlan({
      plan: PLAN,
      speed: { ...WASM, pixelsPerSecond: 10e6, backend: { ...WASM.backend, name: "WebGPU" } },
    });
    await settled();
    expect(sentences(app)[0]).toBe("All of the tissue: about 10 s with WebGPU");
  });

  it("have the region among them once it is drawn, by the tasks that it needs", async () => {
    const { app, client } = await readyApp();
    void app.planner.measure();
    client.finishPlan({ plan: PLAN, speed: WASM });
    await settled();
    app.region.setEditing(true);
    const from = { x0: 1000, y0: 500 };
    app.region.drag(from, { x0: 1200, y0: 900 }, 10);
    app.region.endDrag();
    // Tasks 24 to 29: three rounds of 8 s, and 2 s before.
    expect(app.planner.regionSeconds.value).toBeCloseTo(26);
    expect(sentences(app).at(-1)).toBe("Region only: about 25 s");
  });

  it("set what Analyze does, and go back to the whole with another slide", async () => {
    const { app, client } = await readyApp();
    app.extent.choose("coarse");
    void startRun(app);
    expect(client.requests[0]).toMatchObject({ extent: "coarse", region: null });
    await app.slide.openFiles([new File([], "own-b.svs")]);
    void startRun(app);
    expect(client.requests[1]).toMatchObject({ extent: "whole" });
  });
});

describe("a measurement", () => {
  it("is dropped at once when a run starts", async () => {
    const { app, client } = await readyApp();
    void app.planner.measure();
    void app.analysis.analyze();
    expect(app.planner.work.value).toBeNull();
    client.finishPlan({ plan: PLAN, speed: WASM });
    await settled();
    expect(app.planner.plan.value).toBeNull();
    expect(app.planner.canMeasure.value).toBe(false);
  });

  it("that finds nothing says why", async () => {
    const { app, client } = await readyApp();
    const measuring = app.planner.measure();
    client.failPlan(new AppError("tissue/none-found", "No tissue."));
    await measuring;
    expect(app.planner.failure.value).toBe("No tissue.");
    expect(app.planner.canMeasure.value).toBe(true);
  });

  it("of an earlier visit serves for another slide of this computer and backend, and no other", async () => {
    const { app } = await readyApp([
      { ...KEPT, threads: 16 },
      { ...KEPT, backend: "WebGPU", expected: "WebGPU" },
      KEPT,
    ]);
    expect(app.planner.speed.value).toEqual(KEPT);
    const without = await readyApp([{ ...KEPT, packSha256: "1" }]);
    expect(without.app.planner.speed.value).toBeNull();
  });

  it("is kept in a record of which a damaged part counts as none", () => {
    expect(parseSpeeds({ version: 1, speeds: [KEPT, { ...KEPT, pixelsPerSecond: 0 }, 3] })).toEqual([KEPT]);
    expect(parseSpeeds({ version: 2, speeds: [KEPT] })).toEqual([]);
    expect(parseSpeeds("nothing")).toEqual([]);
  });
});

describe("a time said beforehand", () => {
  it.each([
    [0.4, "a few seconds"],
    [22, "about 20 s"],
    [57, "about 55 s"],
    [59, "about 1 min"],
    [14 * 60 + 20, "about 14 min"],
    [47 * 60, "about 45 min"],
    [88 * 60, "about 1.5 h"],
    [3.1 * 3600, "about 3 h"],
    [26.4 * 3600, "about 26 h"],
  ])("of %d seconds is %s", (seconds, words) => {
    expect(aboutWords(seconds)).toBe(words);
  });
});

describe("a run of a part", () => {
  it("is shown and can be handed out, and is not kept as the result of the slide", async () => {
    const { app, client } = await readyApp();
    app.extent.choose("coarse");
    const run = startRun(app);
    const part = { kind: "coarse", stepUm: 160, fineStepUm: 80 } as const;
    client.finish(smallGrid(), OWN_PIXEL_SIZE, part);
    await run;
    const state = app.analysis.state.value;
    expect(state.kind === "done" && state.result.part).toEqual(part);
    expect(app.keeper.kept.value.size).toBe(0);
  });
});
