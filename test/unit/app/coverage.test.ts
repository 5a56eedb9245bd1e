import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { App } from "../../../src/app/state/app.ts";
import { cellsIn, nothingSeen, seenShare, seenTissue } from "../../../src/app/state/seen-cells.ts";
import type { Field } from "../../../src/app/state/view.ts";
import { createTestApp, type FakeAnalysisClient, OWN_PIXEL_SIZE, smallGrid } from "./fakes.ts";

/** A field of the slide, turned clockwise as seen about its middle. */
function field(x0: number, y0: number, width0: number, height0: number, rotation = 0): Field {
  const angle = (rotation * Math.PI) / 180;
  const corner = (dx: number, dy: number) => ({
    x0: x0 + width0 / 2 + Math.cos(angle) * dx + Math.sin(angle) * dy,
    y0: y0 + height0 / 2 - Math.sin(angle) * dx + Math.cos(angle) * dy,
  });
  const [w, h] = [width0 / 2, height0 / 2];
  return [corner(-w, -h), corner(w, -h), corner(w, h), corner(-w, h)];
}

describe("the cells of a slide that can be seen", () => {
  it("are at most 256 along the longer side, and cover it", () => {
    const { cols, rows, cell0 } = nothingSeen(100_000, 40_000);
    expect([cols, rows]).toEqual([256, 103]);
    expect(cols * cell0).toBe(100_000);
    expect(nothingSeen(40, 20)).toMatchObject({ cols: 40, rows: 20, cell0: 1 });
  });

  it("are in a field when their middle is, however it is turned or mirrored", () => {
    const cells = nothingSeen(2560, 2560);
    expect(cellsIn(cells, field(101, 201, 30, 20))).toHaveLength(6);
    expect(cellsIn(cells, field(101, 201, 30, 20, 90))).toHaveLength(6);
    const [a, b, c, d] = field(101, 201, 30, 20);
    expect(cellsIn(cells, [b, a, d, c]).sort()).toEqual(cellsIn(cells, [a, b, c, d]).sort());
    // Of a square that stands on its corner half the cells of the square around it.
    const turned = cellsIn(cells, field(1000, 1000, 800, 800, 45)).length;
    expect(turned).toBeGreaterThan(6200);
    expect(turned).toBeLessThan(6600);
    expect(cellsIn(cells, field(-500, -500, 400, 400))).toEqual([]);
  });

  it("tell how much of a rectangle was seen, and of tissue alone", () => {
    const cells = nothingSeen(4000, 2000);
    for (const cell of cellsIn(cells, field(0, 0, 2000, 2000))) cells.data[cell] = 1;
    expect(seenShare(cells, { x0: 0, y0: 0, width0: 1000, height0: 1000 })).toBe(1);
    expect(seenShare(cells, { x0: 1000, y0: 0, width0: 2000, height0: 500 })).toBeCloseTo(0.5);
    expect(seenShare(cells, { x0: 3000, y0: 100, width0: 1, height0: 1 })).toBe(0);
    const grid = smallGrid();
    expect(seenTissue(cells, grid)).toBe(0.5);
    grid.tissue.set([1, 1, 1, 0, 0, 0, 0, 0]);
    expect(seenTissue(cells, grid)).toBeCloseTo(2 / 3);
    expect(seenTissue(cells, { ...grid, tissue: new Uint8Array(8) })).toBeNull();
  });
});

describe("what was looked at", () => {
  let app: App;
  let client: FakeAnalysisClient;
  const isHidden = signal(false);
  beforeEach(async () => {
    isHidden.value = false;
    vi.useFakeTimers();
    const test = createTestApp({
      surroundings: { isHidden, isOnBattery: signal(false), knowsBattery: signal(true), wantsContrast: signal(false) },
    });
    app = test.app;
    client = test.client;
    await app.slide.openFiles([new File([], "own-a.svs")]);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** The whole left half of the slide, magnified so. */
  function lookAt(magnification: number, shown: Field = field(0, 0, 2000, 2000)): void {
    app.view.reading.value = {
      pixelsPerPixel0: (magnification * OWN_PIXEL_SIZE.mppX) / 10,
      rotation: 0,
      isFlipped: false,
    };
    app.view.field.value = shown;
  }
  const fraction = () => app.coverage.part.value?.fraction;

  it("counts after half a second at 10x, not before and not at less", () => {
    lookAt(9.9);
    vi.advanceTimersByTime(5000);
    expect(fraction()).toBe(0);
    lookAt(10);
    vi.advanceTimersByTime(400);
    expect(fraction()).toBe(0);
    vi.advanceTimersByTime(200);
    expect(fraction()).toBe(0.5);
    expect(app.coverage.part.value?.of).toBe("slide");
  });

  it("counts what stays in view while the slide moves, not what only passes", () => {
    for (let step = 0; step < 40; step++) {
      lookAt(20, field(step * 50, 0, 1000, 2000));
      vi.advanceTimersByTime(50);
    }
    const seen = (x0: number) => app.coverage.seen({ x0, y0: 500, width0: 10, height0: 10 });
    expect([seen(50), seen(1000)]).toEqual([0, 1]);
    lookAt(20, field(3000, 0, 500, 500));
    vi.advanceTimersByTime(100);
    lookAt(1);
    vi.advanceTimersByTime(5000);
    expect(seen(3200)).toBe(0);
  });

  it("does not count while the page is hidden", () => {
    isHidden.value = true;
    lookAt(10);
    vi.advanceTimersByTime(5000);
    expect(fraction()).toBe(0);
    isHidden.value = false;
    vi.advanceTimersByTime(600);
    expect(fraction()).toBe(0.5);
  });

  it("rests once everything in view is seen", () => {
    lookAt(10);
    vi.advanceTimersByTime(600);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is forgotten at will, to be seen again, and with the slide", async () => {
    lookAt(10);
    vi.advanceTimersByTime(600);
    app.coverage.forget();
    expect(fraction()).toBe(0);
    vi.advanceTimersByTime(600);
    expect(fraction()).toBe(0.5);
    await app.slide.openFiles([new File([], "own-b.svs")]);
    expect(fraction()).toBe(0);
  });

  it("is of the tissue once a run found it", async () => {
    lookAt(10);
    vi.advanceTimersByTime(600);
    await app.packs.start();
    const run = app.analysis.analyze();
    const grid = smallGrid();
    grid.tissue.set([1, 0, 0, 1, 0, 0, 0, 1]);
    client.finish(grid, OWN_PIXEL_SIZE);
    await run;
    expect(app.coverage.part.value).toEqual({ fraction: 1 / 3, of: "tissue" });
  });

  it("without a pixel size counts from half a screen pixel for each pixel of the slide", async () => {
    await app.slide.openFiles([new File([], "plain.png")]);
    app.view.reading.value = { pixelsPerPixel0: 0.49, rotation: 0, isFlipped: false };
    app.view.field.value = field(0, 0, 2000, 2000);
    vi.advanceTimersByTime(600);
    expect(fraction()).toBe(0);
    app.view.reading.value = { pixelsPerPixel0: 0.5, rotation: 0, isFlipped: false };
    vi.advanceTimersByTime(600);
    expect(fraction()).toBe(0.5);
  });
});
