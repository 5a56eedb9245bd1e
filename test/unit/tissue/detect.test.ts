import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import type { PixelSize, RgbaImage } from "../../../src/engine/slide/types.ts";
import { detectTissue } from "../../../src/engine/tissue/detect.ts";
import { TISSUE_CLASS, type TissueMask } from "../../../src/engine/tissue/types.ts";
import { PictureSlide, picture, readPng } from "./picture-slide.ts";

type Colour = readonly [number, number, number];

const TEN_MICRONS: PixelSize = { mppX: 10, mppY: 10, origin: "file" };
const GLASS: Colour = [244, 243, 240];
const PINK: Colour = [214, 150, 190];
/** Pale, lacy necrosis: on average hardly darker than glass. */
const PALE: Colour = [243, 229, 237];

const random = seededRandom(7);

function noisy([r, g, b]: Colour, amount: number): Colour {
  const part = () => (random() - 0.5) * amount;
  return [r + part(), g + part(), b + part()];
}

function isWithin(x: number, y: number, box: readonly [number, number, number, number]): boolean {
  return x >= box[0] && y >= box[1] && x < box[2] && y < box[3];
}

async function maskOf(image: RgbaImage, pixelSize: PixelSize | null = TEN_MICRONS): Promise<TissueMask> {
  return detectTissue(new PictureSlide([image], pixelSize));
}

function share(mask: TissueMask, value: number): number {
  return mask.data.reduce((count, found) => count + (found === value ? 1 : 0), 0) / mask.data.length;
}

function classAt(mask: TissueMask, x0: number, y0: number): number {
  return mask.data[Math.floor(y0 / mask.cell0Y) * mask.cols + Math.floor(x0 / mask.cell0X)]!;
}

describe("detectTissue", () => {
  it("finds almost nothing on empty glass, tinted, noisy or pure white", async () => {
    const tints: readonly Colour[] = [GLASS, [255, 255, 255], [228, 231, 219], [205, 207, 212]];
    for (const tint of tints) {
      const mask = await maskOf(picture(300, 200, () => noisy(tint, 8)));
      expect(share(mask, TISSUE_CLASS.glass)).toBeGreaterThan(0.995);
    }
  });

  it("takes all of a picture without glass for tissue", async () => {
    const mask = await maskOf(picture(300, 200, () => noisy(PINK, 40)));
    expect(share(mask, TISSUE_CLASS.tissue)).toBe(1);
  });

  it("keeps pale necrosis beside deep tissue, and leaves a wide tear and glass out", async () => {
    const image = picture(400, 300, (x, y) => {
      if (isWithin(x, y, [150, 120, 190, 180])) return noisy(GLASS, 6);
      if (isWithin(x, y, [40, 40, 200, 260])) return noisy(PALE, 14);
      return isWithin(x, y, [200, 40, 360, 260]) ? noisy(PINK, 40) : noisy(GLASS, 6);
    });
    const mask = await maskOf(image);
    expect(classAt(mask, 100, 100)).toBe(TISSUE_CLASS.tissue);
    expect(classAt(mask, 300, 200)).toBe(TISSUE_CLASS.tissue);
    expect(classAt(mask, 170, 150)).toBe(TISSUE_CLASS.glass);
    expect(classAt(mask, 10, 150)).toBe(TISSUE_CLASS.glass);
    const tissue = 320 * 220 - 40 * 60;
    expect(Math.abs(share(mask, TISSUE_CLASS.tissue) * 400 * 300 - tissue)).toBeLessThan(0.06 * tissue);
  });

  it("drops dust and fills pinholes", async () => {
    const image = picture(300, 300, (x, y) => {
      if (isWithin(x, y, [150, 150, 156, 156])) return GLASS;
      return isWithin(x, y, [100, 100, 250, 250]) || isWithin(x, y, [20, 20, 24, 24]) ? PINK : GLASS;
    });
    const mask = await maskOf(image);
    expect(classAt(mask, 22, 22)).toBe(TISSUE_CLASS.glass);
    expect(classAt(mask, 153, 153)).toBe(TISSUE_CLASS.tissue);
  });

  it.each<readonly [string, Colour]>([
    ["blue", [40, 90, 190]],
    ["green", [30, 140, 100]],
    ["red", [200, 20, 25]],
    ["black", [25, 24, 28]],
  ])("calls a stroke of %s ink pen, beside the tissue it leaves alone", async (_name, ink) => {
    const image = picture(300, 200, (x, y) => {
      if (isWithin(x, y, [180, 20, 205, 180])) return noisy(ink, 10);
      return isWithin(x, y, [30, 30, 150, 170]) ? noisy(PINK, 40) : noisy(GLASS, 6);
    });
    const mask = await maskOf(image);
    expect(classAt(mask, 192, 100)).toBe(TISSUE_CLASS.pen);
    expect(classAt(mask, 90, 100)).toBe(TISSUE_CLASS.tissue);
    expect(Math.abs(share(mask, TISSUE_CLASS.pen) * 300 * 200 - 25 * 160)).toBeLessThan(0.15 * 25 * 160);
  });

  it("does not take fresh blood or dense dark nuclei for ink", async () => {
    const blood = await maskOf(picture(200, 200, () => noisy([178, 52, 72], 30)));
    const nuclei = await maskOf(picture(200, 200, () => noisy([82, 52, 120], 30)));
    expect(share(blood, TISSUE_CLASS.pen) + share(nuclei, TISSUE_CLASS.pen)).toBe(0);
  });

  it("takes black around a scan for glass", async () => {
    const image = picture(300, 200, (x) => (x < 120 ? [0, 0, 0] : noisy(GLASS, 6)));
    expect(share(await maskOf(image), TISSUE_CLASS.glass)).toBeGreaterThan(0.99);
  });

  it("finds tissue on a grey slide by its darkness", async () => {
    const image = picture(300, 200, (x, y) => (isWithin(x, y, [60, 40, 240, 160]) ? [120, 120, 120] : [240, 240, 240]));
    const mask = await maskOf(image);
    expect(classAt(mask, 150, 100)).toBe(TISSUE_CLASS.tissue);
    expect(classAt(mask, 20, 20)).toBe(TISSUE_CLASS.glass);
  });

  it("reads the coarsest level that is fine enough, in blocks, with cells that cover the slide", async () => {
    const flat = (width: number, height: number) => picture(width, height, () => GLASS);
    const slide = new PictureSlide([flat(3000, 2001), flat(750, 500), flat(94, 62)], {
      mppX: 1,
      mppY: 1,
      origin: "file",
    });
    const mask = await detectTissue(slide);
    expect(new Set(slide.requests.map(({ level }) => level))).toEqual(new Set([1]));
    expect(mask.cell0X).toBeCloseTo(8, 6);
    expect(mask.cols * mask.cell0X).toBeGreaterThanOrEqual(3000);
    expect(mask.rows * mask.cell0Y).toBeGreaterThanOrEqual(2001 - 1e-6);
  });

  it("averages whole pixels into cells when a slide has but one level", async () => {
    const half = await maskOf(
      picture(2100, 1300, (x, y) => ((x + y) % 2 === 0 ? (x < 1050 ? PINK : GLASS) : GLASS)),
      { mppX: 1, mppY: 1, origin: "file" },
    );
    expect(half.cell0X).toBe(8);
    expect(Math.abs(share(half, TISSUE_CLASS.tissue) - 0.5)).toBeLessThan(0.02);
  });

  it("stops with AbortError", async () => {
    const slide = new PictureSlide([picture(10, 10, () => GLASS)], TEN_MICRONS);
    await expect(detectTissue(slide, { signal: AbortSignal.abort() })).rejects.toHaveProperty("name", "AbortError");
  });
});

const data = fileURLToPath(new URL("../../../../shared/data/", import.meta.url));

describe.skipIf(!existsSync(`${data}tissue`))(
  "detectTissue on thumbnails and tiles (needs ../shared/data/tissue)",
  () => {
    it.each(["almost-white-1", "no-tissue", "no-tissue2", "no-tissue-line"])(
      "finds next to nothing on %s",
      async (name) => {
        const mask = await maskOf(readPng(`${data}tissue/${name}.png`), null);
        expect(share(mask, TISSUE_CLASS.tissue)).toBeLessThan(0.03);
      },
    );

    it.each([
      ["tcga-green-pen", 0.7, 0.1],
      ["tcga-red-pen", 0.6, 0.15],
      ["wsi-blue-pen", 0.4, 0.02],
    ])("finds both tissue and pen on %s", async (name, leastTissue, leastPen) => {
      const mask = await maskOf(readPng(`${data}tissue/${name}.png`), null);
      expect(share(mask, TISSUE_CLASS.tissue)).toBeGreaterThan(leastTissue);
      expect(share(mask, TISSUE_CLASS.pen)).toBeGreaterThan(leastPen);
    });

    it("finds pen and hardly any tissue on no-tissue-green-pen", async () => {
      const mask = await maskOf(readPng(`${data}tissue/no-tissue-green-pen.png`), null);
      expect(share(mask, TISSUE_CLASS.pen)).toBeGreaterThan(0.7);
      expect(share(mask, TISSUE_CLASS.tissue)).toBeLessThan(0.03);
    });
  },
);

describe.skipIf(!existsSync(`${data}sections`))("detectTissue on sections (needs ../shared/data/sections)", () => {
  it("agrees with the outlines of pathologists and keeps their necrosis", { timeout: 300_000 }, async () => {
    const names = existsSync(`${data}sections`)
      ? readdirSync(`${data}sections/images`)
          .sort()
          .filter((_, index) => index % 8 === 0)
      : [];
    const dices: number[] = [];
    const kept: number[] = [];
    const pens: number[] = [];
    for (const name of names) {
      const truth = readPng(`${data}sections/masks/${name}`);
      const mask = await maskOf(readPng(`${data}sections/images/${name}`));
      const count = { both: 0, found: 0, true: 0, necrosis: 0, keptNecrosis: 0 };
      for (let i = 0; i < mask.data.length; i++) {
        const [red, green] = [truth.data[i * 4]!, truth.data[i * 4 + 1]!];
        const isTissue = red < 250 || green < 250;
        const isNecrosis = red < 10 && green < 10;
        const isFound = mask.data[i] === TISSUE_CLASS.tissue;
        if (isTissue) count.true++;
        if (isFound) count.found++;
        if (isFound && isTissue) count.both++;
        if (isNecrosis) count.necrosis++;
        if (isNecrosis && isFound) count.keptNecrosis++;
      }
      dices.push((2 * count.both) / (count.found + count.true));
      if (count.necrosis > 10_000) kept.push(count.keptNecrosis / count.necrosis);
      pens.push(share(mask, TISSUE_CLASS.pen));
    }
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    expect(mean(dices)).toBeGreaterThan(0.95);
    expect(mean(kept)).toBeGreaterThan(0.98);
    expect(Math.min(...kept)).toBeGreaterThan(0.95);
    expect(mean(pens)).toBeLessThan(0.005);
  });
});
