import { describe, expect, it } from "vitest";
import type { ConfidenceGrid } from "../../../src/engine/heatmap/types.ts";
import { createTestApp, OWN_PIXEL_SIZE } from "./fakes.ts";

/** 6 x 1 cells of 1000 level-0 pixels, each 0.25 mm2: foci of two cells, one and one at threshold 0.5, and a field just below it. */
function rowGrid(values = [0.55, 0.55, 0.1, 0.9, 0.1, 0.7, 0.1, 0.45]): ConfidenceGrid {
  const cols = values.length;
  return {
    cols,
    rows: 1,
    stride0X: 1000,
    stride0Y: 1000,
    width0: 1000 * cols,
    height0: 1000,
    values: Float32Array.from(values),
    tissue: new Uint8Array(cols).fill(1),
  };
}

async function walkedApp(grid = rowGrid()) {
  const test = createTestApp();
  await test.app.packs.start();
  await test.app.slide.openFiles([new File([], "own-a.svs")]);
  const run = test.app.analysis.analyze();
  test.client.finish(grid, OWN_PIXEL_SIZE);
  await run;
  return test;
}

const peaks = ({ app }: Awaited<ReturnType<typeof walkedApp>>) => app.walk.list(0, 99).map(({ peakCell }) => peakCell);

describe("the list of findings", () => {
  it("stands in the order of size, of confidence, or of doubt with the fields just below the threshold", async () => {
    const test = await walkedApp();
    expect(peaks(test)).toEqual([0, 3, 5]);
    test.app.walk.chooseOrder("confidence");
    expect(peaks(test)).toEqual([3, 5, 0]);
    test.app.walk.chooseOrder("doubt");
    expect(peaks(test)).toEqual([0, 7, 5, 3]);
    expect(test.app.walk.list(1, 2)).toMatchObject([{ kind: "field", areaMm2: 0.25 }]);
  });

  it("tells where each lies, in level-0 pixels, and how large it is", async () => {
    const { app } = await walkedApp();
    const [first] = app.walk.list(0, 1);
    expect(first?.box).toEqual({ x0: 0, y0: 0, width0: 2000, height0: 1000 });
    expect(first?.areaMm2).toBe(0.5);
    expect(first?.meanConfidence).toBeCloseTo(0.55, 6);
  });

  it("is walked round and round in both directions", async () => {
    const { app } = await walkedApp();
    expect([1, 1, 1, 1, -1].map((step) => app.walk.step(step as 1 | -1)?.peakCell)).toEqual([0, 3, 5, 0, 5]);
    expect(app.walk.place.value).toBe(2);
  });

  it("has nowhere to go without a focus", async () => {
    const { app } = await walkedApp();
    app.necrosis.setThreshold(1);
    expect(app.walk.step(1)).toBeNull();
    expect(app.walk.count.value).toBe(0);
  });
});

describe("what was seen", () => {
  it("stays with a focus while the threshold moves, and can be taken back", async () => {
    const { app } = await walkedApp();
    app.walk.step(1);
    app.walk.step(1);
    expect(app.walk.seenCount.value).toBe(2);
    app.necrosis.setThreshold(0.6);
    expect(app.walk.list(0, 9).map(({ peakCell, isSeen }) => [peakCell, isSeen])).toEqual([
      [3, true],
      [5, false],
    ]);
    expect(app.walk.place.value).toBe(0);
    const [first] = app.walk.list(0, 1);
    app.walk.setSeen(first!, false);
    expect(app.walk.seenCount.value).toBe(0);
    app.necrosis.setThreshold(0.5);
    expect(app.walk.seenCount.value).toBe(1);
  });

  it("is forgotten with the slide", async () => {
    const test = await walkedApp();
    test.app.walk.step(1);
    await test.app.slide.openFiles([new File([], "own-b.svs")]);
    const run = test.app.analysis.analyze();
    test.client.finish(rowGrid(), OWN_PIXEL_SIZE);
    await run;
    expect(test.app.walk.seenCount.value).toBe(0);
    expect(test.app.walk.place.value).toBeNull();
  });
});
