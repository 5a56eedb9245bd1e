import { describe, expect, it } from "vitest";
import { isAbortError } from "../../src/engine/base/errors.ts";
import { openSlideInWorker } from "../../src/workers/slide.client.ts";
import { SMALL_SLIDE, squareSlideFile } from "./workers/analysis-parts.ts";

function pixelsOf(bitmap: ImageBitmap): Uint8ClampedArray {
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  context?.drawImage(bitmap, 0, 0);
  return context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? new Uint8ClampedArray();
}

describe("a slide in a worker", () => {
  it("tells what it is and gives tiles as bitmaps with the slide's pixels", async () => {
    const slide = await openSlideInWorker({ files: [squareSlideFile()], view: {} });
    expect(slide.info).toMatchObject({
      name: "square.tif",
      width0: SMALL_SLIDE.width0,
      height0: SMALL_SLIDE.height0,
      pixelSize: { mppX: 1, mppY: 1, origin: "file" },
    });
    // The dark square begins at (300, 200): in tile (5, 4) of 64 x 64 pixels at least its lower right part is dark.
    const tile = await slide.tile({ level: 0, col: 5, row: 4 });
    expect([tile.width, tile.height]).toEqual([64, 64]);
    expect([...pixelsOf(tile).slice(-4)]).toEqual([70, 30, 100, 255]);
    const glass = await slide.tile({ level: 0, col: 0, row: 0 });
    expect([...pixelsOf(glass).slice(0, 4)]).toEqual([248, 248, 248, 255]);
    slide.close();
  });

  it("crops tiles at the edge and gives regions as pixels, white outside", async () => {
    const slide = await openSlideInWorker({ files: [squareSlideFile()], view: {} });
    const lastCol = Math.floor((SMALL_SLIDE.width0 - 1) / 64);
    const tile = await slide.tile({ level: 0, col: lastCol, row: 0 });
    expect(tile.width).toBe(SMALL_SLIDE.width0 - lastCol * 64);
    const region = await slide.region({ x0: -4, y0: 300, width: 310, height: 2, level: 0 });
    expect([...region.data.slice(0, 4)]).toEqual([255, 255, 255, 255]);
    expect([...region.data.slice(309 * 4, 310 * 4)]).toEqual([70, 30, 100, 255]);
    slide.close();
  });

  it("takes a pixel size from the reader", async () => {
    const slide = await openSlideInWorker(
      { files: [squareSlideFile()], view: {} },
      { mppX: 3, mppY: 3, origin: "assumed" },
    );
    expect(slide.info.pixelSize).toEqual({ mppX: 3, mppY: 3, origin: "assumed" });
    slide.close();
  });

  it("answers many requests at once, and drops those that are cancelled", async () => {
    const slide = await openSlideInWorker({ files: [squareSlideFile()], view: {} });
    const controllers = Array.from({ length: 40 }, () => new AbortController());
    const tiles = controllers.map((controller, index) =>
      slide.tile({ level: 0, col: index % 14, row: index % 10 }, { signal: controller.signal }),
    );
    controllers.forEach((controller, index) => {
      if (index % 2 === 1) controller.abort();
    });
    const settled = await Promise.allSettled(tiles);
    settled.forEach((outcome, index) => {
      if (index % 2 === 0) expect(outcome.status).toBe("fulfilled");
      else expect(outcome.status === "rejected" && isAbortError(outcome.reason)).toBe(true);
    });
    slide.close();
  });

  it("keeps code and sentence of what cannot be opened", async () => {
    const empty = new File([], "empty.svs");
    await expect(openSlideInWorker({ files: [empty], view: {} })).rejects.toMatchObject({
      name: "AppError",
      code: "slide/empty-file",
    });
    const text = new File(["only words ".repeat(50)], "words.svs");
    await expect(openSlideInWorker({ files: [text], view: {} })).rejects.toMatchObject({ code: "slide/not-a-slide" });
  });

  it("rejects what is pending and what comes once it is closed", async () => {
    const slide = await openSlideInWorker({ files: [squareSlideFile()], view: {} });
    const pending = slide.tile({ level: 0, col: 0, row: 0 });
    const outcome = expect(pending).rejects.toMatchObject({ code: "workers/closed" });
    slide.close();
    await outcome;
    await expect(slide.tile({ level: 0, col: 0, row: 0 })).rejects.toMatchObject({ code: "workers/closed" });
  });
});
