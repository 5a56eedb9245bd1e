import { describe, expect, it } from "vitest";
import { createTestApp, OWN_PIXEL_SIZE, smallGrid } from "./fakes.ts";

/** The slide of the fakes has 4000 x 2000 level-0 pixels. */
async function readyApp() {
  const test = createTestApp();
  await test.app.packs.start();
  await test.app.slide.openFiles([new File([], "own-a.svs")]);
  return test;
}

type App = Awaited<ReturnType<typeof readyApp>>["app"];

function drag({ region }: App, from: [number, number], to: [number, number]): void {
  const start = { x0: from[0], y0: from[1] };
  region.drag(start, { x0: (from[0] + to[0]) / 2, y0: (from[1] + to[1]) / 2 }, 20);
  region.drag(start, { x0: to[0], y0: to[1] }, 20);
  region.endDrag();
}

function draw(app: App, from: [number, number], to: [number, number]): void {
  app.region.setEditing(true);
  drag(app, from, to);
}

describe("a region of interest", () => {
  it("is drawn by a drag either way, cut to the slide, and the slide moves again", async () => {
    const { app } = await readyApp();
    draw(app, [5000, 900], [1000, 300]);
    expect(app.region.rect.value).toEqual({ x0: 1000, y0: 300, width0: 3000, height0: 600 });
    expect(app.region.isEditing.value).toBe(false);
  });

  it("is moved by its middle, resized by its edges and corners, and stays on the slide", async () => {
    const { app } = await readyApp();
    draw(app, [1000, 500], [2000, 1000]);
    app.region.setEditing(true);
    drag(app, [1500, 700], [4000, 700]);
    expect(app.region.rect.value).toEqual({ x0: 3000, y0: 500, width0: 1000, height0: 500 });
    drag(app, [3000, 700], [2500, 900]);
    expect(app.region.rect.value).toEqual({ x0: 2500, y0: 500, width0: 1500, height0: 500 });
    drag(app, [4000, 1000], [3600, 1800]);
    expect(app.region.rect.value).toEqual({ x0: 2500, y0: 500, width0: 1100, height0: 1300 });
    expect(app.region.isEditing.value).toBe(true);
  });

  it("is taken back step by step, and put there again", async () => {
    const { app } = await readyApp();
    draw(app, [0, 0], [1000, 1000]);
    draw(app, [2000, 0], [3000, 1000]);
    app.region.remove();
    expect(app.region.rect.value).toBeNull();
    app.region.undo();
    app.region.undo();
    expect(app.region.rect.value?.x0).toBe(0);
    app.region.redo();
    expect(app.region.rect.value?.x0).toBe(2000);
    app.region.undo();
    app.region.undo();
    expect(app.region.rect.value).toBeNull();
    expect(app.region.canUndo.value).toBe(false);
  });

  it("does not come of a slip of the hand, and goes with its slide", async () => {
    const { app } = await readyApp();
    draw(app, [0, 0], [1000, 1000]);
    draw(app, [2000, 1000], [2003, 1003]);
    expect(app.region.rect.value).toEqual({ x0: 0, y0: 0, width0: 1000, height0: 1000 });
    await app.slide.openFiles([new File([], "own-b.svs")]);
    expect(app.region.rect.value).toBeNull();
    expect(app.region.canUndo.value).toBe(false);
  });

  it("is what the stage shows, where the reader asks for that, also on a turned slide", async () => {
    const { app } = await readyApp();
    const field = [
      { x0: 1000, y0: -400 },
      { x0: 1600, y0: 200 },
      { x0: 1000, y0: 800 },
      { x0: 400, y0: 200 },
    ] as const;
    app.region.useField(field);
    expect(app.region.rect.value).toEqual({ x0: 400, y0: 0, width0: 1200, height0: 800 });
  });
});

describe("the numbers of a region", () => {
  it("are of its cells alone: final when the run says so, while the rest goes on", async () => {
    const { app, client } = await readyApp();
    draw(app, [0, 0], [2000, 2000]);
    const run = app.analysis.analyze({ region: app.region.rect.value });
    client.progress({ done: 1, total: 4, grid: smallGrid(), region: { done: 1, total: 2, secondsLeft: null } });
    expect(app.regionNumbers.numbers.value).toMatchObject({ fraction: 0.25, isFinal: false });
    expect(app.regionNumbers.range.value).toBeNull();
    client.progress({ done: 2, total: 4, grid: smallGrid(), region: { done: 2, total: 2, secondsLeft: 0 } });
    const { mppX, mppY } = OWN_PIXEL_SIZE;
    const cellMm2 = (1000 * mppX * 1000 * mppY) / 1e6;
    expect(app.regionNumbers.numbers.value).toEqual({
      fraction: 0.25,
      necrosisMm2: cellMm2,
      tissueMm2: 4 * cellMm2,
      isFinal: true,
    });
    await expect.poll(() => app.regionNumbers.range.value).toEqual([0.25, 0.25]);
    client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await run;
    expect(app.regionNumbers.numbers.value?.isFinal).toBe(true);
  });

  it("are not final for a region that was moved while the run went on, until all is done", async () => {
    const { app, client } = await readyApp();
    draw(app, [0, 0], [2000, 2000]);
    const run = app.analysis.analyze({ region: app.region.rect.value });
    draw(app, [2500, 0], [4000, 2000]);
    client.progress({ done: 2, total: 4, grid: smallGrid(), region: { done: 2, total: 2, secondsLeft: 0 } });
    expect(app.regionNumbers.numbers.value?.isFinal).toBe(false);
    client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await run;
    expect(app.regionNumbers.numbers.value).toMatchObject({ isFinal: true, fraction: 0.25 });
  });

  it("leave out what is not known, and are none where nothing is", async () => {
    const { app, client } = await readyApp();
    draw(app, [0, 0], [2000, 2000]);
    void app.analysis.analyze({ region: app.region.rect.value });
    const grid = smallGrid();
    grid.values.fill(Number.NaN);
    client.progress({ done: 1, total: 4, grid });
    expect(app.regionNumbers.numbers.value).toBeNull();
    const half = smallGrid();
    half.values[1] = Number.NaN;
    half.values[4] = Number.NaN;
    client.progress({ done: 2, total: 4, grid: half });
    expect(app.regionNumbers.numbers.value?.fraction).toBeCloseTo(0.5);
  });

  it("go on standing beside those of a kept result", async () => {
    const { app, client } = await readyApp();
    const run = app.analysis.analyze();
    client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await run;
    draw(app, [2500, 0], [4000, 900]);
    // Middles at 2500 and 3500: 0.1 and 0.6.
    expect(app.regionNumbers.numbers.value).toMatchObject({ fraction: 0.5, isFinal: true });
    await expect.poll(() => app.regionNumbers.range.value).toEqual([0.5, 0.5]);
    app.necrosis.setThreshold(0.65);
    expect(app.regionNumbers.numbers.value?.fraction).toBe(0);
    await expect.poll(() => app.regionNumbers.range.value).toEqual([0, 0.5]);
  });
});

describe("a map that grows faster than frames come", () => {
  it("is not called final by numbers of the map before", async () => {
    const frames: (() => void)[] = [];
    const { app, client } = createTestApp({ onFrame: (callback) => void frames.push(callback) });
    await app.packs.start();
    await app.slide.openFiles([new File([], "own-a.svs")]);
    draw(app, [0, 0], [2000, 2000]);
    void app.analysis.analyze({ region: app.region.rect.value });
    const half = smallGrid();
    half.values.fill(Number.NaN, 1);
    client.progress({ done: 1, total: 4, grid: half, region: { done: 1, total: 2, secondsLeft: null } });
    frames.pop()?.();
    client.progress({ done: 2, total: 4, grid: smallGrid(), region: { done: 2, total: 2, secondsLeft: 0 } });
    expect(app.regionNumbers.numbers.value).toMatchObject({ fraction: 1, isFinal: false });
    frames.pop()?.();
    expect(app.regionNumbers.numbers.value).toMatchObject({ fraction: 0.25, isFinal: true });
  });
});
