import { afterEach, describe, expect, it } from "vitest";
import { openRecordedSlide } from "../../src/app/viewer/recorded-slide.ts";
import { parseResultFile } from "../../src/engine/resultfile/parse.ts";
import type { ResultFile } from "../../src/engine/resultfile/types.ts";
import { writeResultFile } from "../../src/engine/resultfile/write.ts";
import type { SlideClient } from "../../src/workers/slide.api.ts";
import { madeMapRecord } from "../support/made-results.ts";

/** Left half red, right half blue: told apart whatever JPEG does to them. */
async function picture(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d")!;
  context.fillStyle = "#d00000";
  context.fillRect(0, 0, width / 2, height);
  context.fillStyle = "#0000d0";
  context.fillRect(width / 2, 0, width / 2, height);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 });
  return new Uint8Array(await blob.arrayBuffer());
}

async function fileWith(hasOverview: boolean): Promise<ResultFile> {
  const pictures = { thumbnail: await picture(200, 100), overview: hasOverview ? await picture(3000, 1500) : null };
  return await parseResultFile(await writeResultFile(await madeMapRecord(), pictures, "0.1.0"));
}

/** "r", "b" or "w" of a pixel. */
function colourAt({ data, width }: { data: Uint8ClampedArray; width: number }, x: number, y: number): string {
  const [red, green, blue] = data.subarray(4 * (y * width + x));
  if (red! > 200 && green! > 200 && blue! > 200) return "w";
  return red! > blue! ? "r" : "b";
}

async function pixelsOf(bitmap: ImageBitmap) {
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

describe("a slide of which only the picture in a result file is there", () => {
  let slide: SlideClient | null = null;
  afterEach(() => slide?.close());

  it("lies over all of the slide's own pixels", async () => {
    slide = await openRecordedSlide(await fileWith(false));
    const { width0, height0, levels, pixelSize, name, properties } = slide.info;
    expect({ width0, height0 }).toEqual({ width0: 4000, height0: 2000 });
    expect(levels).toMatchObject([{ width: 200, height: 100, downsampleX: 20, downsampleY: 20 }]);
    expect(pixelSize).toEqual({ mppX: 0.5, mppY: 0.5, origin: "file" });
    expect(name).toMatch(/^slide [0-9a-f]{8}$/);
    expect(properties).toEqual({});
  });

  it("is read by places of the slide, white outside of it", async () => {
    slide = await openRecordedSlide(await fileWith(false));
    const region = await slide.region({ x0: 1800, y0: -200, width: 20, height: 20, level: 0 });
    expect(colourAt(region, 2, 15)).toBe("r");
    expect(colourAt(region, 17, 15)).toBe("b");
    expect(colourAt(region, 10, 5)).toBe("w");
  });

  it("has tiles of its larger picture where there is one, and a first view of all of it", async () => {
    slide = await openRecordedSlide(await fileWith(true));
    expect(slide.info.levels).toMatchObject([{ width: 3000, height: 1500 }]);
    const last = await slide.tile({ level: 0, col: 5, row: 2 });
    expect([last.width, last.height]).toEqual([3000 - 5 * 512, 1500 - 2 * 512]);
    expect(colourAt(await pixelsOf(last), 10, 10)).toBe("b");
    const all = await slide.tile({ level: 1, col: 0, row: 0 });
    expect([all.width, all.height]).toEqual([750, 375]);
    expect(colourAt(await pixelsOf(all), 10, 100)).toBe("r");
  });

  it("is refused with a sentence when the picture is none that the browser can decode", async () => {
    const file = await fileWith(false);
    const thumbnail = file.pictures.thumbnail.slice(0, 300);
    await expect(openRecordedSlide({ ...file, pictures: { thumbnail, overview: null } })).rejects.toMatchObject({
      code: "resultfile/tampered",
    });
  });
});
