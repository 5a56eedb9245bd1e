import { beforeEach, describe, expect, it } from "vitest";
import { measurementTable } from "../../../src/app/report/measurement-words.ts";
import type { App } from "../../../src/app/state/app.ts";
import { createTestApp, OWN_PIXEL_SIZE } from "./fakes.ts";

/** Level-0 pixels beside a point that are still on it. */
const REACH = 5;

let app: App;
beforeEach(async () => {
  app = createTestApp().app;
  await app.slide.openFiles([new File([], "own-a.svs")]);
});

function set(...pairs: readonly (readonly [number, number])[]): void {
  for (const [x0, y0] of pairs) app.measure.setPoint({ x0, y0 }, REACH);
}

const kinds = () => app.measure.shapes.value.map(({ kind, points }) => `${kind} of ${points.length}`);

describe("measuring", () => {
  it("takes points only while it is on, and starts only with a slide", () => {
    set([0, 0]);
    expect(app.measure.draft.value).toEqual([]);
    const empty = createTestApp().app;
    empty.measure.start("length");
    expect(empty.measure.tool.value).toBeNull();
  });

  it("ends a line where the last point is set again, and a field on its first point too", () => {
    app.measure.start("length");
    set([0, 0], [100, 0], [103, 2]);
    expect(kinds()).toEqual(["length of 2"]);
    app.measure.start("area");
    set([0, 0], [100, 0], [100, 100], [2, 3]);
    expect(kinds()).toEqual(["length of 2", "area of 3"]);
    set([0, 0], [100, 0], [100, 100], [100, 100]);
    expect(kinds()).toEqual(["length of 2", "area of 3", "area of 3"]);
  });

  it("lets a line come back to where it began, and ends nothing that is too small to measure", () => {
    app.measure.start("length");
    set([0, 0], [0, 1]);
    expect(app.measure.draft.value).toHaveLength(1);
    set([100, 0], [0, 0]);
    expect(app.measure.draft.value).toHaveLength(3);
  });

  it("keeps what can be measured when it stops or changes over, and drops the rest", () => {
    app.measure.start("area");
    set([0, 0], [100, 0]);
    app.measure.start("length");
    expect(kinds()).toEqual([]);
    set([0, 0], [100, 0]);
    app.measure.stop();
    expect(kinds()).toEqual(["length of 2"]);
    expect(app.measure.tool.value).toBeNull();
  });

  it("undoes and redoes points, ends and deletions, a stroke of a pen in one step", () => {
    app.measure.start("length");
    set([0, 0], [100, 0], [100, 0]);
    app.measure.remove(app.measure.shapes.value[0]?.id ?? -1);
    expect(kinds()).toEqual([]);
    app.measure.undo();
    expect(kinds()).toEqual(["length of 2"]);
    app.measure.undo();
    app.measure.undo();
    expect([kinds(), app.measure.draft.value.length]).toEqual([[], 1]);
    app.measure.redo();
    app.measure.redo();
    expect(kinds()).toEqual(["length of 2"]);
    for (const x of [0, 1, 2, 3]) app.measure.addStroke({ x0: x * 10, y0: 50 }, x === 0);
    expect(app.measure.draft.value).toHaveLength(4);
    app.measure.undo();
    expect(app.measure.draft.value).toHaveLength(0);
    set([7, 7]);
    expect(app.measure.canRedo.value).toBe(false);
  });

  it("belongs to its slide: another one begins without it", async () => {
    app.measure.start("length");
    set([0, 0], [100, 0], [100, 0]);
    await app.slide.openFiles([new File([], "own-b.svs")]);
    expect(kinds()).toEqual([]);
    expect([app.measure.tool.value, app.measure.canUndo.value]).toEqual([null, false]);
  });

  it("and the line over a known length give way to each other", () => {
    app.measure.start("area");
    app.knownLength.start();
    expect(app.measure.tool.value).toBeNull();
    app.measure.start("length");
    expect(app.knownLength.mode.value.kind).toBe("off");
  });
});

describe("the table of measurements", () => {
  const shapes = [
    {
      kind: "length",
      points: [
        { x0: 0, y0: 0 },
        { x0: 300, y0: 400 },
      ],
    },
    {
      kind: "area",
      points: [
        { x0: 0, y0: 0 },
        { x0: 100, y0: 0 },
        { x0: 100, y0: 50 },
      ],
    },
  ] as const;

  it("holds one row each, what it rests on, and what it is for", () => {
    const lines = measurementTable(shapes, OWN_PIXEL_SIZE).split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "No.\tkind\tlength or perimeter (µm)\tarea (µm²)",
      "1\tlength\t250\t",
      "2\tarea\t130.9\t625",
    ]);
    expect(lines[3]).toBe("Pixel size 0.5 x 0.5 µm, from the file.");
    expect(lines[4]).toMatch(/Research use only/);
  });

  it("says so when the pixel size is assumed or unknown", () => {
    expect(measurementTable(shapes, { ...OWN_PIXEL_SIZE, origin: "assumed" })).toContain("assumed: typed by a person");
    const unknown = measurementTable(shapes, null);
    expect(unknown).toContain("1\tlength\t500\t");
    expect(unknown).toContain("in pixels of the slide");
  });
});
