import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { openSlideFile } from "../../../src/cli/open-slide.ts";
import { difference, fromRgb } from "./made-slides.ts";

interface Golden {
  readonly exact: boolean;
  readonly levels?: readonly (readonly [number, number])[];
  readonly tifffile?: readonly { level: number; x: number; y: number; width: number; height: number; rgb: string }[];
  readonly known?: {
    mppX: string | null;
    power: string | null;
    levels: [number, number][];
    associated: string[];
    aperio: Record<string, string>;
  };
  readonly openslide?: readonly { level: number; x0: number; y0: number; rgb: string; opaque: boolean }[];
}

const FOLDER = resolve("../shared/data/slides");
const SIZE = 16;
const golden: Record<string, Golden> = JSON.parse(
  readFileSync(new URL("../../fixtures/slides/shared_golden.json", import.meta.url), "utf8"),
);

/** JPEG decoders may round the inverse transform and the chroma interpolation differently; lossless data has no room. */
const JPEG_TOLERANCE = { mean: 1, max: 8 };
/** One decoder, OpenJPEG, built for different machines: floats of the 9/7 wavelet may round to the neighbouring level. */
const JPEG2000_TOLERANCE = { mean: 0.1, max: 1 };

describe.skipIf(!existsSync(FOLDER))("pixels of real slides (needs ../shared/data/slides)", () => {
  for (const [name, entry] of Object.entries(golden)) {
    const tolerance = entry.exact
      ? { mean: 0, max: 0 }
      : name.includes("jpeg2000")
        ? JPEG2000_TOLERANCE
        : JPEG_TOLERANCE;

    test(`${name} agrees with tifffile on every level`, async () => {
      const slide = await openSlideFile(resolve(FOLDER, name));
      const sizes = slide.info.levels.slice(0, entry.levels?.length).map(({ width, height }) => [width, height]);
      expect(sizes).toEqual(entry.levels);
      for (const block of entry.tifffile ?? []) {
        const { level, width, height } = block;
        const { downsampleX = 1, downsampleY = 1 } = slide.info.levels[level] ?? {};
        const region = { x0: block.x * downsampleX, y0: block.y * downsampleY, width, height, level };
        const found = difference(await slide.readRegion(region), fromRgb(block.rgb, width, height));
        expect(found.max, `level ${level} at ${block.x}, ${block.y}`).toBeLessThanOrEqual(tolerance.max);
        expect(found.mean).toBeLessThanOrEqual(tolerance.mean);
      }
      slide.close();
    });

    if (!entry.openslide) continue;
    test(`${name} agrees with OpenSlide`, async () => {
      const slide = await openSlideFile(resolve(FOLDER, name));
      const { known } = entry;
      const { info } = slide;
      // Beyond 100 µm a pixel OpenSlide repeats what the tags say; here such a size counts as unknown.
      const mpp = known?.mppX ? Number(known.mppX) : null;
      expect(info.pixelSize?.mppX ?? null).toBe(mpp !== null && mpp > 100 ? null : mpp);
      expect(info.objectivePower).toBe(known?.power ? Number(known.power) : null);
      expect(info.associatedImages.map((image) => image.name).sort()).toEqual(known?.associated);
      expect(info.properties).toMatchObject(known?.aperio ?? {});
      for (const block of entry.openslide ?? []) {
        if (!block.opaque) continue;
        const { x0, y0, level } = block;
        const image = await slide.readRegion({ x0, y0, width: SIZE, height: SIZE, level });
        const found = difference(image, fromRgb(block.rgb, SIZE, SIZE));
        expect(found.max, `level ${level} at ${x0}, ${y0}`).toBeLessThanOrEqual(tolerance.max);
        expect(found.mean).toBeLessThanOrEqual(tolerance.mean);
      }
      slide.close();
    });
  }
});
