import encodeJpeg from "@jsquash/jpeg/encode.js";
import { describe, expect, it } from "vitest";
import { openSlideInWorker } from "../../src/workers/slide.client.ts";
import { dicomFile, type MadeDicom } from "../support/made-slides/dicom.ts";

const SIZE = { width: 100, height: 64, tileWidth: 64, tileHeight: 64 };
const LEFT = [200, 60, 120] as const;
const RIGHT = [90, 160, 40] as const;
const colourAt: MadeDicom["colourAt"] = (x) => (x < 64 ? LEFT : RIGHT);

function pixelsOf(bitmap: ImageBitmap): number[] {
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  context?.drawImage(bitmap, 0, 0);
  return [...(context?.getImageData(0, 0, 1, 1).data ?? [])];
}

async function jpegTile(colour: readonly [number, number, number]): Promise<Uint8Array> {
  const image = new ImageData(64, 64);
  for (let at = 0; at < image.data.length; at += 4) image.data.set([...colour, 255], at);
  return new Uint8Array(await encodeJpeg(image, { quality: 95 }));
}

/** One colour a tile: JPEG rounds it by up to two levels. */
function expectColour(found: readonly number[], colour: readonly number[]): void {
  for (const [i, value] of colour.entries()) expect(Math.abs((found[i] ?? 0) - value)).toBeLessThanOrEqual(2);
}

describe("DICOM files in a worker", () => {
  it("are one slide, whose tiles come as bitmaps cropped to its edge and as pixels", async () => {
    const jpegFrames = [await jpegTile(LEFT), await jpegTile(RIGHT)];
    const fine = dicomFile({ ...SIZE, colourAt, coding: "jpeg", table: "none", jpegFrames });
    const half = { ...SIZE, width: 50, height: 32, colourAt: (x: number, y: number) => colourAt(x * 2, y * 2, 0) };
    const coarse = dicomFile({ ...half, isResampled: true, instance: 2 });
    const slide = await openSlideInWorker({
      files: [new File([coarse], "b.dcm"), new File([fine], "a.dcm")],
      view: {},
    });
    expect(slide.info).toMatchObject({ name: "b.dcm", compression: "JPEG", levels: [{ width: 100 }, { width: 50 }] });
    const tile = await slide.tile({ level: 0, col: 1, row: 0 });
    expect([tile.width, tile.height]).toEqual([36, 64]);
    expectColour(pixelsOf(tile), RIGHT);
    expectColour([...(await slide.region({ x0: 0, y0: 0, width: 1, height: 1, level: 0 })).data], LEFT);
    expectColour(pixelsOf(await slide.tile({ level: 1, col: 0, row: 0 })), LEFT);
    slide.close();
  });
});
