import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { openSlideFile } from "../../../src/cli/open-slide.ts";
import { isAppError } from "../../../src/engine/base/errors.ts";
import type { RgbaImage, SlideInfo } from "../../../src/engine/slide/types.ts";
import { APERIO_MISSING } from "../../support/made-slides/aperio.ts";
import { VENDOR_SLIDES } from "../../support/made-slides/vendors.ts";
import { openBytes, readLevel } from "./made-slides.ts";

interface Described {
  readonly levels: readonly (readonly [number, number])[];
  readonly downsamples: readonly number[];
  readonly mpp: readonly [string | null, string | null];
  readonly power: string | null;
  readonly properties: Readonly<Record<string, string>>;
  readonly associated: Readonly<Record<string, readonly [number, number]>>;
}

interface Golden {
  readonly made: Readonly<
    Record<
      string,
      Described & {
        readonly sha256: string;
        readonly pixels: readonly string[];
        readonly associatedPixels: Readonly<Record<string, string>>;
      }
    >
  >;
  readonly real: Readonly<Record<string, Described>>;
}

const golden: Golden = JSON.parse(
  readFileSync(new URL("../../fixtures/slides/vendor_golden.json", import.meta.url), "utf8"),
);
const SLIDES = resolve("../shared/data/slides");

describe("what OpenSlide says of a scanner's slide, this reader says", () => {
  for (const [name, make] of Object.entries(VENDOR_SLIDES)) {
    const entry = golden.made[name];
    if (!entry) throw new RangeError(`no golden values of ${name}; run make_vendor_golden.py`);

    test(`${name}: levels, pixel size, objective, properties and what accompanies it`, async () => {
      const bytes = make();
      expect(createHash("sha256").update(bytes).digest("hex"), "run make_vendor_golden.py again").toBe(entry.sha256);
      const slide = await openBytes(bytes, name);
      expectDescribed(slide.info, entry);
      slide.close();
    });

    test(`${name}: every pixel of every level and of each accompanying image`, async () => {
      const slide = await openBytes(make(), name);
      for (const [level, hash] of entry.pixels.entries()) {
        // OpenSlide makes the tiles above a missing one anew; here they stay as the scanner stored them.
        if (name === "aperio-gt450.svs" && level > 0) continue;
        expect(hashOf(await readLevel(slide, level)), `level ${level}`).toBe(hash);
      }
      for (const [image, hash] of Object.entries(entry.associatedPixels)) {
        expect(hashOf(await slide.readAssociated(image)), image).toBe(hash);
      }
      slide.close();
    });
  }

  for (const [name, entry] of Object.entries(golden.real)) {
    test.skipIf(!existsSync(SLIDES))(`${name} (needs ../shared/data/slides)`, async ({ skip }) => {
      const slide = await openSlideFile(resolve(SLIDES, name)).catch((error: unknown) => {
        if (isAppError(error) && error.code === "slide/unsupported-compression") return null;
        throw error;
      });
      skip(slide === null, "its compression cannot be read yet");
      if (!slide) return;
      expectDescribed(slide.info, entry);
      slide.close();
    });
  }

  test("a tile that the file leaves out is white", async () => {
    const slide = await openBytes(VENDOR_SLIDES["aperio-gt450.svs"]!(), "a.svs");
    const { data } = (await slide.readTile({ level: 0, col: APERIO_MISSING % 5, row: 1 })) as RgbaImage;
    expect(data.every((value) => value === 255)).toBe(true);
  });
});

function expectDescribed(info: SlideInfo, entry: Described): void {
  expect(info.levels.map(({ width, height }) => [width, height])).toEqual(entry.levels);
  for (const [i, { downsampleX, downsampleY }] of info.levels.entries()) {
    expect((downsampleX + downsampleY) / 2).toBeCloseTo(entry.downsamples[i] ?? Number.NaN, 9);
  }
  expect(info.pixelSize?.mppX ?? null).toBe(entry.mpp[0] === null ? null : Number(entry.mpp[0]));
  expect(info.pixelSize?.mppY ?? null).toBe(entry.mpp[1] === null ? null : Number(entry.mpp[1]));
  expect(info.objectivePower).toBe(entry.power === null ? null : Number(entry.power));
  const sizes = info.associatedImages.map(({ name, width, height }) => [name, [width, height]]);
  expect(Object.fromEntries(sizes)).toEqual(entry.associated);
  const named = Object.keys(entry.properties).map((name) => [name, info.properties[name]]);
  // Properties are cut to 1,000 characters, and numbers of tags may have fewer digits.
  const expected = Object.entries(entry.properties).map(([name, value]) => [
    name,
    /^tiff\..*(Resolution|Position)$/.test(name) ? String(Number(value)) : value.trim().slice(0, 1000),
  ]);
  expect(Object.fromEntries(named)).toEqual(Object.fromEntries(expected));
}

function hashOf({ width, height, data }: RgbaImage): string {
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    rgb.set(data.subarray(pixel * 4, pixel * 4 + 3), pixel * 3);
  }
  return createHash("sha256").update(rgb).digest("hex");
}
