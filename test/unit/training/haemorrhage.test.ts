import { describe, expect, test } from "vitest";
import {
  bloodWithin,
  colourWithin,
  DEFAULT_HAEMORRHAGE_RULE,
  markBlood,
  paintEnclosed,
} from "../../../src/engine/training/haemorrhage.ts";
import { readTruth } from "../../../src/engine/training/truth.ts";
import { picture } from "../tissue/picture-slide.ts";

const RED_CELLS = [196, 44, 60] as const;
const BRIGHT_RED_CELLS = [225, 75, 85] as const;
const PINK_NECROSIS = [226, 160, 195] as const;
const DEEP_EOSIN = [205, 85, 150] as const;
const NUCLEI = [90, 50, 130] as const;
const PALE_NUCLEI = [150, 110, 175] as const;
const GLASS = [255, 255, 255] as const;
const FOLD = [60, 20, 60] as const;

const share = (marks: Uint8Array) => marks.reduce((sum, mark) => sum + mark, 0) / marks.length;

describe("the colour rule", () => {
  test.each([
    ["red cells", RED_CELLS, 1],
    ["thin, bright red cells", BRIGHT_RED_CELLS, 1],
    ["pink necrosis", PINK_NECROSIS, 0],
    ["deep eosin", DEEP_EOSIN, 0],
    ["nuclei", NUCLEI, 0],
    ["pale nuclei", PALE_NUCLEI, 0],
    ["glass", GLASS, 0],
    ["a tissue fold", FOLD, 0],
    ["black ink", [0, 0, 0] as const, 0],
  ])("%s: %j counts %d", (_, colour, expected) => {
    expect(
      share(
        markBlood(
          picture(4, 4, () => colour),
          DEFAULT_HAEMORRHAGE_RULE,
        ),
      ),
    ).toBe(expected);
  });

  test("its parameters do what they say", () => {
    const red = picture(1, 1, () => RED_CELLS);
    const green = -Math.log(44 / 255);
    const density = (value: number) => -Math.log(value / 255) / green;
    const rule = { greenDensity: green - 1e-9, redToGreen: density(196) + 1e-9, blueToGreen: density(60) - 1e-9 };
    expect(share(markBlood(red, rule))).toBe(1);
    expect(share(markBlood(red, { ...rule, greenDensity: green + 1e-9 }))).toBe(0);
    expect(share(markBlood(red, { ...rule, redToGreen: density(196) - 1e-9 }))).toBe(0);
    expect(share(markBlood(red, { ...rule, blueToGreen: density(60) + 1e-9 }))).toBe(0);
  });

  test("areas are in pixels of level 0, however coarsely the image is looked at", async () => {
    const half = picture(10, 300, (x) => (x < 5 ? RED_CELLS : PINK_NECROSIS));
    const read = async (_: number, y: number, width: number, height: number) =>
      picture(width, height, (x) => [...half.data.slice(x * 4, x * 4 + 3)] as [number, number, number]) ?? y;
    const size = { width0: 20, height0: 600, downsampleX: 2, downsampleY: 2 };
    const within = await bloodWithin(read, size, DEFAULT_HAEMORRHAGE_RULE);
    expect(within(0, 0, 20, 600)).toBe(10 * 600);
    expect(within(8, 2, 12, 6)).toBe(2 * 4);
    expect(within(9.5, 0, 20, 1)).toBeCloseTo(0.5, 12);
  });
});

describe("haemorrhage as a colour of the mask", () => {
  const POSITIVE = [5, 5, 5] as const;
  const BLOOD = [200, 0, 0] as const;
  const legend: Readonly<Record<string, readonly [number, number, number]>> = {
    n: POSITIVE,
    b: BLOOD,
    t: [5, 208, 4],
    ".": GLASS,
  };
  const painted = (...lines: string[]) =>
    picture(lines[0]?.length ?? 0, lines.length, (x, y) => legend[lines[y]?.[x] ?? "."] ?? GLASS);
  const areaOf = (mask: ReturnType<typeof painted>) => {
    return readTruth(mask, POSITIVE, mask.width, mask.height).positiveArea0;
  };

  test("inside necrosis it is necrosis in the truth", () => {
    expect(areaOf(paintEnclosed(painted("nnnn", "nbbn", "nnnn"), POSITIVE, BLOOD))).toBe(12);
  });

  test("outside, or at its edge with other tissue on the longer side, it stays other tissue", () => {
    expect(areaOf(paintEnclosed(painted("nnnn", "tbbt", "tttt"), POSITIVE, BLOOD))).toBe(4);
    expect(areaOf(paintEnclosed(painted("bbtn", "bbtn"), POSITIVE, BLOOD))).toBe(2);
  });

  test("regions are judged one by one, and the mask that was given stays as it is", () => {
    const mask = painted("nnnt", "nbnb", "nnnt");
    expect(areaOf(paintEnclosed(mask, POSITIVE, BLOOD))).toBe(9);
    expect(areaOf(mask)).toBe(8);
  });

  test("its area is measured on the image that the mask is laid over", () => {
    const within = colourWithin(painted("bn", "nt"), BLOOD, 20, 40);
    expect(within(0, 0, 20, 40)).toBeCloseTo(200, 9);
    expect(within(0, 0, 5, 10)).toBeCloseTo(50, 9);
    expect(within(10, 0, 20, 40)).toBe(0);
  });
});
