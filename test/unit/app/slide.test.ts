import { describe, expect, it } from "vitest";
import type { AppDeps } from "../../../src/app/state/app.ts";
import { AppError } from "../../../src/engine/base/errors.ts";
import type { SlideView } from "../../../src/engine/slide/types.ts";
import { createTestApp, FakeSlide, OWN_PIXEL_SIZE, settled, slideInfo, smallGrid } from "./fakes.ts";

describe("opening slides", () => {
  it("shows the slide and closes the one before", async () => {
    const { app, slides } = createTestApp();
    await app.slide.openFiles([new File([], "own-a.svs")]);
    await app.slide.openFiles([new File([], "own-b.svs")]);
    expect(app.slide.open.value?.info.name).toBe("own-b.svs");
    expect(slides.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  });

  it("keeps the open slide when the next file cannot be opened, and says why", async () => {
    const { app, slides } = createTestApp();
    await app.slide.openFiles([new File([], "own-a.svs")]);
    await app.slide.openFiles([new File([], "broken.svs")]);
    expect(app.slide.open.value?.info.name).toBe("own-a.svs");
    expect(slides[0]?.isClosed).toBe(false);
    expect(app.messages.alert.value?.sentence).toMatch(/\.$/);
    expect(app.slide.opening.value.kind).toBe("idle");
  });

  it("shows the last of two files that were opened at once", async () => {
    const { app, slides } = createTestApp();
    const first = app.slide.openFiles([new File([], "own-a.svs")]);
    const second = app.slide.openFiles([new File([], "own-b.svs")]);
    await Promise.all([first, second]);
    expect(app.slide.open.value?.info.name).toBe("own-b.svs");
    expect(slides.filter(({ isClosed }) => !isClosed)).toHaveLength(1);
  });

  it("marks the demo slide", async () => {
    const { app } = createTestApp();
    await app.slide.openDemo();
    expect(app.slide.open.value?.isDemo).toBe(true);
  });
});

describe("pixel size", () => {
  it("comes from the file until a person says better, which is marked as assumed and can be taken back", async () => {
    const { app, kept } = createTestApp();
    await app.slide.openFiles([new File([], "own-a.svs")]);
    expect(app.slide.pixelSize.value).toEqual({ mppX: 0.5, mppY: 0.5, origin: "file" });
    app.slide.assumePixelSize(2);
    expect(app.slide.pixelSize.value).toEqual({ mppX: 2, mppY: 2, origin: "assumed" });
    app.slide.assumePixelSize(null);
    expect(app.slide.pixelSize.value).toEqual({ mppX: 0.5, mppY: 0.5, origin: "file" });
    expect(kept.size).toBe(0);
  });

  it("may differ along x and y", async () => {
    const { app, kept } = createTestApp();
    await app.slide.openFiles([new File([], "a.png")]);
    app.slide.assumePixelSize(2, 3);
    expect(app.slide.pixelSize.value).toEqual({ mppX: 2, mppY: 3, origin: "assumed" });
    app.slide.assumePixelSize(2, 0);
    await settled();
    expect(kept.get("a.png")).toEqual({ mppX: 2, mppY: 3 });
  });

  it("is asked for otherwise, marked as assumed, and remembered for the file", async () => {
    const { app, kept } = createTestApp();
    await app.slide.openFiles([new File([], "a.png")]);
    expect(app.slide.pixelSize.value).toBeNull();
    app.slide.assumePixelSize(10);
    expect(app.slide.pixelSize.value).toEqual({ mppX: 10, mppY: 10, origin: "assumed" });
    await settled();
    expect(kept.get("a.png")).toEqual({ mppX: 10, mppY: 10 });
    await app.slide.openFiles([new File([], "b.png")]);
    expect(app.slide.pixelSize.value).toBeNull();
    await app.slide.openFiles([new File([], "a.png")]);
    expect(app.slide.pixelSize.value?.mppX).toBe(10);
  });

  it("takes no nonsense", async () => {
    const { app } = createTestApp();
    await app.slide.openFiles([new File([], "a.png")]);
    for (const mpp of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e6]) app.slide.assumePixelSize(mpp);
    expect(app.slide.pixelSize.value).toBeNull();
  });
});

describe("a slide reader that died", () => {
  it("is a notice, which asks for nothing and goes with the next slide", async () => {
    const restarted: (() => void)[] = [];
    const { app } = createTestApp({
      openSlide: async ({ files }, _pixelSize, options) => {
        if (options) restarted.push(options.onRestart);
        return new FakeSlide(slideInfo(files[0]?.name ?? "", OWN_PIXEL_SIZE));
      },
    });
    await app.slide.openFiles([new File([], "a.svs")]);
    restarted[0]?.();
    expect(app.messages.notice.value).toMatch(/^The slide reader .+ nothing was lost\.$/);
    expect(app.messages.alert.value).toBeNull();
    await app.slide.openFiles([new File([], "b.svs")]);
    expect(app.messages.notice.value).toBeNull();
  });
});

describe("another view of the open slide", () => {
  const views: SlideView[] = [];
  const openSlide: AppDeps["openSlide"] = async ({ files, view }) => {
    if (view.focalPlane === 9) throw new AppError("slide/bad-region", "Expected another plane.");
    views.push(view);
    const info = slideInfo(files[0]?.name ?? "", OWN_PIXEL_SIZE);
    return new FakeSlide({ ...info, hasColourProfile: true, colour: view.colour ?? "stored" });
  };

  async function openApp() {
    views.length = 0;
    const test = createTestApp({ openSlide });
    await test.app.packs.start();
    await test.app.slide.openFiles([new File([], "a.svs")]);
    return test;
  }

  it("takes the place of the first, which is closed", async () => {
    const { app } = await openApp();
    const first = app.slide.open.value;
    await app.slide.changeView({ focalPlane: 2 });
    expect(app.slide.open.value).toMatchObject({ files: first?.files, view: { focalPlane: 2 } });
    expect(first?.client instanceof FakeSlide && first.client.isClosed).toBe(true);
    expect(app.slide.opening.value.kind).toBe("idle");
  });

  it("leaves the first where it is when it cannot be had, and says why", async () => {
    const { app } = await openApp();
    const first = app.slide.open.value;
    await app.slide.changeView({ focalPlane: 9 });
    expect(app.slide.open.value).toBe(first);
    expect(app.messages.alert.value?.sentence).toBe("Expected another plane.");
  });

  it("in other colours keeps the map, on another plane forgets it", async () => {
    const { app, client } = await openApp();
    const run = app.analysis.analyze();
    client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await run;
    await app.slide.changeView({ colour: "srgb" });
    expect(app.slide.open.value?.info.colour).toBe("srgb");
    expect(app.analysis.state.value.kind).toBe("done");
    await app.slide.changeView({ colour: "srgb", focalPlane: 1 });
    expect(app.analysis.state.value.kind).toBe("idle");
  });

  it("follows the reader's choice of colours, which holds for the next slide too", async () => {
    const { app } = await openApp();
    app.settings.colour.value = "srgb";
    await settled();
    expect(views.map(({ colour }) => colour)).toEqual(["stored", "srgb"]);
    await app.slide.openFiles([new File([], "b.svs")]);
    expect(app.slide.open.value?.view.colour).toBe("srgb");
  });

  it("does not reach the network, which sees the colours of its pack", async () => {
    const { app, client } = await openApp();
    app.settings.colour.value = "srgb";
    await settled();
    void app.analysis.analyze();
    expect(client.requests[0]?.slide.view.colour).toBe("stored");
  });
});

describe("a file that is changed or gone", () => {
  const gone = () => new AppError("slide/unreadable", "Expected to read a.svs as it was opened; choose it again.");
  const file = (lastModified: number) => new File(["bytes"], "own-a.svs", { lastModified });

  async function lostApp() {
    const test = createTestApp();
    await test.app.packs.start();
    await test.app.slide.openFiles([file(1)]);
    const run = test.app.analysis.analyze();
    test.client.progress({ phase: "fine", done: 1, total: 4, grid: smallGrid() });
    test.client.fail(gone());
    await run;
    return test;
  }

  it("ends the run with the sentence and leaves the map so far", async () => {
    const { app } = await lostApp();
    expect(app.analysis.state.value).toEqual({ kind: "interrupted", fraction: 0.25 });
    expect(app.analysis.grid.value).not.toBeNull();
    expect(app.slide.isLost.value).toBe(true);
    expect(app.messages.alert.value?.sentence).toMatch(/choose it again\.$/);
  });

  it("goes on where it was when the same file is chosen again", async () => {
    const { app } = await lostApp();
    app.slide.assumePixelSize(null);
    await app.slide.openFiles([file(1)]);
    expect(app.slide.isLost.value).toBe(false);
    expect(app.messages.alert.value).toBeNull();
    expect(app.analysis.grid.value).not.toBeNull();
  });

  it("is another slide when it was changed", async () => {
    const { app } = await lostApp();
    await app.slide.openFiles([file(2)]);
    expect(app.analysis.grid.value).toBeNull();
    expect(app.analysis.state.value.kind).toBe("idle");
  });
});

describe("a line over something of known length", () => {
  const line = { from: { x0: 100, y0: 50 }, to: { x0: 400, y0: 450 } };

  it("gives the size of a pixel", async () => {
    const { app } = createTestApp();
    await app.slide.openFiles([new File([], "a.png")]);
    app.knownLength.draw(line);
    expect(app.knownLength.lengthPx.value).toBeNull();
    app.knownLength.start();
    app.knownLength.draw(line);
    expect(app.knownLength.lengthPx.value).toBe(500);
    expect(app.knownLength.sizeOf(1000)).toEqual({ mppX: 2, mppY: 2 });
    expect(app.knownLength.sizeOf(1e9)).toBeNull();
  });

  it("keeps the shape of pixels that are not square", async () => {
    const { app } = createTestApp();
    await app.slide.openFiles([new File([], "a.png")]);
    app.slide.assumePixelSize(1, 2);
    app.knownLength.start();
    app.knownLength.draw({ from: { x0: 0, y0: 0 }, to: { x0: 0, y0: 100 } });
    expect(app.knownLength.sizeOf(400)).toEqual({ mppX: 2, mppY: 4 });
  });

  it("is forgotten with its slide", async () => {
    const { app } = createTestApp();
    await app.slide.openFiles([new File([], "a.png")]);
    app.knownLength.start();
    await app.slide.openFiles([new File([], "b.png")]);
    expect(app.knownLength.mode.value.kind).toBe("off");
  });
});
