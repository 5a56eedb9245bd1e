import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { openSlideFile } from "../../../src/cli/open-slide.ts";
import { difference, fromRgb } from "./made-slides.ts";

interface Golden {
  readonly name: string;
  readonly levels: readonly (readonly [number, number])[];
  readonly mppX: string;
  readonly mppY: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly blocks: readonly { readonly x0: number; readonly y0: number; readonly rgb: string }[];
}

const FOLDER = resolve("../shared/data/slides");
const SIZE = 16;
/** JPEG decoders may round the inverse transform and the chroma interpolation differently. */
const TOLERANCE = { mean: 1, max: 8 };
const golden: Golden = JSON.parse(
  readFileSync(new URL("../../fixtures/slides/dicom_golden.json", import.meta.url), "utf8"),
);

describe.skipIf(!existsSync(FOLDER))(`${golden.name} (needs ../shared/data/slides)`, () => {
  test("has the levels, pixel size and properties that OpenSlide finds", async () => {
    const slide = await openSlideFile(resolve(FOLDER, golden.name));
    const { info } = slide;
    expect(info.levels.map(({ width, height }) => [width, height])).toEqual(golden.levels);
    expect(info.pixelSize?.mppX).toBeCloseTo(Number(golden.mppX), 9);
    expect(info.pixelSize?.mppY).toBeCloseTo(Number(golden.mppY), 9);
    expect(info.properties["dicom.Note"]).toContain("Drop all files");
    for (const [key, value] of Object.entries(golden.properties)) {
      const found = info.properties[key];
      // OpenSlide writes numbers of single precision with more digits.
      if (Number.isNaN(Number(value))) expect(found, key).toBe(value);
      else expect(Number(found), key).toBeCloseTo(Number(value), 9);
    }
    slide.close();
  });

  test("has the pixels that OpenSlide finds", async () => {
    const slide = await openSlideFile(resolve(FOLDER, golden.name));
    for (const { x0, y0, rgb } of golden.blocks) {
      const image = await slide.readRegion({ x0, y0, width: SIZE, height: SIZE, level: 0 });
      const found = difference(image, fromRgb(rgb, SIZE, SIZE));
      expect(found.max, `at ${x0}, ${y0}`).toBeLessThanOrEqual(TOLERANCE.max);
      expect(found.mean).toBeLessThanOrEqual(TOLERANCE.mean);
    }
    slide.close();
  });
});
