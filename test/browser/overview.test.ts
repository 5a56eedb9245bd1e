import encodeJpeg from "@jsquash/jpeg/encode.js";
import { describe, expect, it } from "vitest";
import { writeTiff } from "../../src/engine/slide/tiff/write-tiff.ts";
import { overviewOf } from "../../src/workers/overview.ts";
import { openSlideInWorker } from "../../src/workers/slide.client.ts";

const EDGE = 2000;
const TILE = 256;

/** JPEG tiles in four colours, a quarter of the slide each, in one level. */
async function fourColours(): Promise<File> {
  const colours = [
    [200, 40, 40],
    [40, 160, 40],
    [40, 40, 200],
    [180, 180, 40],
  ] as const;
  const streams = await Promise.all(
    colours.map(async ([red, green, blue]) => {
      const picture = new ImageData(TILE, TILE);
      for (let i = 0; i < picture.data.length; i += 4) picture.data.set([red, green, blue, 255], i);
      return new Uint8Array(await encodeJpeg(picture, { quality: 95 }));
    }),
  );
  const count = Math.ceil(EDGE / TILE);
  const tiles = Array.from({ length: count * count }, (_, i) => {
    const [isRight, isLow] = [i % count >= count / 2, Math.floor(i / count) >= count / 2];
    return streams[(isRight ? 1 : 0) + (isLow ? 2 : 0)] ?? new Uint8Array();
  });
  const bytes = writeTiff([{ width: EDGE, height: EDGE, pixels: { kind: "jpeg", tiles, colour: "ycbcr" } }]);
  return new File([bytes], "four.tif");
}

function colourAt(bitmap: ImageBitmap, x: number, y: number): number[] {
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  context?.drawImage(bitmap, 0, 0);
  return [...(context?.getImageData(x, y, 1, 1).data ?? [])].slice(0, 3);
}

describe("the overview of a slide whose levels are all fine", () => {
  it("is one tile beyond its levels, and shows the whole slide", async () => {
    const slide = await openSlideInWorker({ files: [await fourColours()], view: {} });
    const shape = overviewOf(slide.info.levels);
    expect(shape).toEqual({ width: 1000, height: 1000, factor: 2 });
    const [first, again] = await Promise.all([1, 2].map(() => slide.tile({ level: 1, col: 0, row: 0 })));
    expect([first?.width, first?.height]).toEqual([1000, 1000]);
    expect([again?.width, again?.height]).toEqual([1000, 1000]);
    for (const [x, y, colour] of [
      [100, 100, [200, 40, 40]],
      [900, 100, [40, 160, 40]],
      [100, 900, [40, 40, 200]],
      [999, 999, [180, 180, 40]],
    ] as const) {
      const found = first ? colourAt(first, x, y) : [];
      // JPEG at quality 95, and WebCodecs' own way from its planes to red, green and blue.
      for (const [channel, value] of colour.entries()) expect(Math.abs((found[channel] ?? 0) - value)).toBeLessThan(8);
    }
    slide.close();
  });

  it("is left out where a level is coarse already, or its tiles do not divide", () => {
    const level = { downsampleX: 1, downsampleY: 1, tileWidth: 240, tileHeight: 240 };
    expect(overviewOf([{ ...level, width: 1000, height: 800 }])).toBeNull();
    expect(overviewOf([{ ...level, width: 3000, height: 800, tileWidth: 241 }])).toBeNull();
    expect(overviewOf([{ ...level, width: 60_000, height: 1000 }])).toBeNull();
    expect(overviewOf([])).toBeNull();
  });
});
