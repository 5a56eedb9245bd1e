import { describe, expect, it } from "vitest";
import { createTestApp } from "./fakes.ts";

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
  it("comes from the file where the file says it, and cannot be overruled", async () => {
    const { app } = createTestApp();
    await app.slide.openFiles([new File([], "own-a.svs")]);
    app.slide.assumePixelSize(2);
    expect(app.slide.pixelSize.value).toEqual({ mppX: 0.5, mppY: 0.5, origin: "file" });
  });

  it("is asked for otherwise, marked as assumed, and remembered for the file", async () => {
    const { app, kept } = createTestApp();
    await app.slide.openFiles([new File([], "a.png")]);
    expect(app.slide.pixelSize.value).toBeNull();
    app.slide.assumePixelSize(10);
    expect(app.slide.pixelSize.value).toEqual({ mppX: 10, mppY: 10, origin: "assumed" });
    expect(kept.get("a.png")).toBe(10);
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
