import { describe, expect, it } from "vitest";
import { MapMeter } from "../../../src/engine/heatmap/measure-map.ts";
import type { Measurer } from "../../../src/workers/measure.api.ts";
import { createTestApp, OWN_PIXEL_SIZE, settled, smallGrid } from "./fakes.ts";

async function analysedApp(deps: Parameters<typeof createTestApp>[0] = {}) {
  const test = createTestApp(deps);
  await test.app.packs.start();
  await test.app.slide.openFiles([new File([], "own-a.svs")]);
  const run = test.app.analysis.analyze();
  test.client.finish(smallGrid(), OWN_PIXEL_SIZE);
  await run;
  return test;
}

describe("the threshold", () => {
  it("starts at the model's", async () => {
    const { app } = createTestApp();
    await app.packs.start();
    expect(app.necrosis.threshold.value).toBe(0.5);
    await app.packs.select("second");
    expect(app.necrosis.threshold.value).toBe(0.8);
  });

  it("decides percent, area and regions at once, from the kept grid", async () => {
    const { app } = await analysedApp();
    expect(app.necrosis.findings.value?.summary).toMatchObject({ fraction: 0.25, regionCount: 2, necrosisMm2: 0.5 });
    app.necrosis.setThreshold(0.7);
    expect(app.necrosis.findings.value?.summary).toMatchObject({ fraction: 0.125, regionCount: 1, necrosisMm2: 0.25 });
    app.necrosis.setThreshold(0);
    expect(app.necrosis.findings.value?.summary.fraction).toBe(1);
  });

  it("stays between 0 and 1", async () => {
    const { app } = await analysedApp();
    app.necrosis.setThreshold(1.2);
    expect(app.necrosis.threshold.value).toBe(1);
    app.necrosis.setThreshold(-3);
    expect(app.necrosis.threshold.value).toBe(0);
  });

  it("says how far the share moves over a tenth either way", async () => {
    const { app } = await analysedApp();
    app.necrosis.setThreshold(0.55);
    expect(app.necrosis.findings.value?.range).toEqual([0.125, 0.25]);
  });

  it("holds at the end of a run and with every move of the slider, without waiting for a frame", async () => {
    const { app } = await analysedApp({ onFrame: () => {} });
    expect(app.necrosis.findings.value?.range).not.toBeNull();
    for (const threshold of [0.6, 0.7, 0.8]) {
      app.necrosis.setThreshold(threshold);
      expect(app.necrosis.findings.value?.threshold).toBe(threshold);
    }
  });

  it("is worked out once a frame for a map that grows, however often it grows", async () => {
    const frames: (() => void)[] = [];
    const { app, client } = createTestApp({ onFrame: (callback) => frames.push(callback) });
    await app.packs.start();
    await app.slide.openFiles([new File([], "own-a.svs")]);
    void app.analysis.analyze();
    frames.splice(0);
    const grids = [smallGrid(), smallGrid(), smallGrid()];
    for (const grid of grids) client.progress({ done: 1, total: 3, grid });
    expect(frames).toHaveLength(1);
    frames[0]?.();
    expect(app.necrosis.findings.value?.grid).toBe(grids[2]);
    app.necrosis.setThreshold(0.7);
    expect(app.necrosis.findings.value).toMatchObject({ threshold: 0.7, range: null });
    app.analysis.cancel();
    await settled();
    expect(app.necrosis.findings.value?.range).toEqual([0.125, 0.25]);
  });
});

describe("what is measured off the page's thread", () => {
  it("shows the numbers that belong to the threshold they were asked for, and the newest last", async () => {
    const answers: (() => void)[] = [];
    const late: Measurer = {
      ask: ({ map, threshold }, hear) => {
        answers.push(() => hear(new MapMeter(map).finish(threshold)));
      },
      forget: () => {},
    };
    const { app } = await analysedApp({ measurer: late });
    app.necrosis.setThreshold(0.7);
    app.necrosis.setThreshold(0);
    answers.at(-2)?.();
    expect(app.necrosis.findings.value).toMatchObject({ threshold: 0.7, summary: { threshold: 0.7, regionCount: 1 } });
    answers.at(-1)?.();
    expect(app.necrosis.findings.value).toMatchObject({ threshold: 0, summary: { threshold: 0, fraction: 1 } });
  });

  it("gives outlines to files before they were traced", async () => {
    const hasty: Measurer = {
      ask: ({ map, threshold }, hear) => hear(new MapMeter(map).measure(threshold)),
      forget: () => {},
    };
    const { app } = await analysedApp({ measurer: hasty });
    expect(app.necrosis.findings.value?.outlines).toBeNull();
    expect(app.necrosis.findings.value?.regions).toEqual((await analysedApp()).app.necrosis.findings.value?.regions);
  });
});
