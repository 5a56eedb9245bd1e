import { describe, expect, it } from "vitest";
import { fractionDone } from "../../../src/app/state/analysis.ts";
import { confidenceAt } from "../../../src/app/state/confidence-at.ts";
import { resultOf } from "../../../src/app/state/result.ts";
import { AppError } from "../../../src/engine/base/errors.ts";
import { createTestApp, OWN_PIXEL_SIZE, settled, smallClassification, smallGrid } from "./fakes.ts";

async function readyApp() {
  const test = createTestApp();
  await test.app.packs.start();
  await test.app.slide.openFiles([new File([], "own-a.svs")]);
  return test;
}

describe("what Analyze waits for", () => {
  it("says one thing after another: slide, pixel size, nothing", async () => {
    const { app } = createTestApp();
    expect(app.analysis.blocker.value).toMatch(/Open a slide/);
    await app.slide.openFiles([new File([], "a.png")]);
    expect(app.analysis.blocker.value).toMatch(/pixel size/);
    app.slide.assumePixelSize(1);
    expect(app.analysis.blocker.value).toMatch(/model/);
    await app.packs.start();
    expect(app.analysis.blocker.value).toBeNull();
  });

  it("does not start while something is missing", async () => {
    const { app, client } = createTestApp();
    await app.packs.start();
    await app.slide.openFiles([new File([], "a.png")]);
    await app.analysis.analyze();
    expect(client.requests).toHaveLength(0);
  });
});

describe("a run", () => {
  it("tells its worker the assumed pixel size, and leaves the file's own to the file", async () => {
    const { app, client } = await readyApp();
    void app.analysis.analyze();
    expect(client.requests[0]?.pixelSize).toBeNull();
    await app.slide.openFiles([new File([], "a.png")]);
    app.slide.assumePixelSize(4);
    void app.analysis.analyze();
    expect(client.requests[1]?.pixelSize).toEqual({ mppX: 4, mppY: 4, origin: "assumed" });
  });

  it("lets the map grow, then be whole", async () => {
    const { app, client } = await readyApp();
    const run = app.analysis.analyze();
    client.progress({ phase: "coarse", done: 1, total: 4, grid: smallGrid() });
    expect(fractionDone(app.analysis.state.value)).toBe(0.25);
    expect(app.analysis.grid.value).not.toBeNull();
    expect(resultOf(app)).toBeNull();
    client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await run;
    expect(app.analysis.state.value.kind).toBe("done");
    expect(resultOf(app)?.analysis.packId).toBe("fake");
  });

  it("can be cancelled, keeps the partial map on the screen and out of the exports, and can be started again", async () => {
    const { app, client } = await readyApp();
    const run = app.analysis.analyze();
    client.progress({ done: 2, total: 4, grid: smallGrid() });
    app.analysis.cancel();
    await run;
    expect(app.analysis.state.value).toEqual({ kind: "cancelled", fraction: 0.5 });
    expect(app.analysis.grid.value).not.toBeNull();
    expect(resultOf(app)).toBeNull();
    expect(app.messages.alert.value).toBeNull();
    const again = app.analysis.analyze();
    client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await again;
    expect(app.analysis.state.value.kind).toBe("done");
  });

  it("shows the sentence of a failure and keeps nothing", async () => {
    const { app, client } = await readyApp();
    const run = app.analysis.analyze();
    client.progress({ done: 2, total: 4, grid: smallGrid() });
    client.fail(new AppError("tissue/none-found", "Expected tissue, found none."));
    await run;
    expect(app.analysis.state.value.kind).toBe("failed");
    expect(app.analysis.grid.value).toBeNull();
    expect(app.messages.alert.value?.sentence).toBe("Expected tissue, found none.");
    expect(app.analysis.blocker.value).toBeNull();
  });

  it.each([
    [
      "another slide",
      (app: Awaited<ReturnType<typeof readyApp>>["app"]) => app.slide.openFiles([new File([], "own-b.svs")]),
    ],
    ["another model", (app: Awaited<ReturnType<typeof readyApp>>["app"]) => app.packs.select("second")],
  ])("is forgotten with its map when %s comes", async (_, change) => {
    const { app, client } = await readyApp();
    const run = app.analysis.analyze();
    client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await run;
    await change(app);
    expect(app.analysis.state.value.kind).toBe("idle");
    expect(app.analysis.grid.value).toBeNull();
    expect(app.necrosis.findings.value).toBeNull();
  });

  it("is forgotten when the assumed pixel size changes", async () => {
    const { app, client } = createTestApp();
    await app.packs.start();
    await app.slide.openFiles([new File([], "a.png")]);
    app.slide.assumePixelSize(1);
    const run = app.analysis.analyze();
    client.finish(smallGrid(), { mppX: 1, mppY: 1, origin: "assumed" });
    await run;
    app.slide.assumePixelSize(2);
    expect(app.analysis.state.value.kind).toBe("idle");
    expect(resultOf(app)).toBeNull();
  });

  it("ignores what an abandoned run still sends", async () => {
    const { app, client } = await readyApp();
    void app.analysis.analyze();
    await app.slide.openFiles([new File([], "own-b.svs")]);
    client.progress({ done: 1, total: 2, grid: smallGrid() });
    await settled();
    expect(app.analysis.grid.value).toBeNull();
    expect(app.analysis.state.value.kind).toBe("idle");
  });
});

describe("a kept result", () => {
  it("is shown without a run, and ends one that is under way", async () => {
    const { app, client } = await readyApp();
    const run = app.analysis.analyze();
    client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await run;
    const { state } = app.analysis;
    const result = state.value.kind === "done" ? state.value.result : null;
    expect(result).not.toBeNull();
    await app.slide.openFiles([new File([], "own-b.svs")]);
    void app.analysis.analyze();
    if (result) app.analysis.restore({ result });
    client.progress({ done: 1, total: 2, grid: smallGrid() });
    await settled();
    expect(state.value).toEqual({ kind: "done", result });
    expect(app.necrosis.findings.value?.grid).toBe(result?.grid);
    expect(resultOf(app)?.analysis).toBe(result);
  });

  it("may be the class of a slide", async () => {
    const { app } = await readyApp();
    app.analysis.restore({ result: smallClassification() });
    expect(app.analysis.state.value.kind).toBe("classified");
    expect(app.analysis.grid.value).toBeNull();
  });
});

describe("the backend", () => {
  it("is asked for before the first run", async () => {
    const { app } = createTestApp();
    await app.analysis.probe();
    expect(app.analysis.backend.value?.name).toBe("WASM");
  });
});

describe("confidence under the cursor", () => {
  it("is that of the cell, and nothing off the slide or where nothing was computed", () => {
    const grid = smallGrid();
    expect(confidenceAt(grid, { x0: 3999, y0: 0 })).toBeCloseTo(0.6);
    expect(confidenceAt(grid, { x0: 4000, y0: 0 })).toBeNull();
    expect(confidenceAt(grid, { x0: -1, y0: 0 })).toBeNull();
    grid.values[0] = Number.NaN;
    expect(confidenceAt(grid, { x0: 10, y0: 10 })).toBeNull();
  });
});
