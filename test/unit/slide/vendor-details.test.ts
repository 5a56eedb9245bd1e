import { describe, expect, test } from "vitest";
import { LEICA_HEIGHT, LEICA_WIDTH, leicaSeed, madeLeica } from "../../support/made-slides/leica.ts";
import { madePhilips, PHILIPS_LEVELS, PHILIPS_MISSING } from "../../support/made-slides/philips.ts";
import { description, madeTiff, pattern, subfileType, xmp } from "../../support/made-slides/tiff-file.ts";
import { madeTrestle } from "../../support/made-slides/trestle.ts";
import { madeBif, VENTANA_ISCAN, VENTANA_TILE } from "../../support/made-slides/ventana.ts";
import { type Colour, difference, imageOf, openBytes, readLevel } from "./made-slides.ts";

const EXACT = { mean: 0, max: 0 };
const WHITE: Colour = [255, 255, 255];

describe("a Leica slide", () => {
  const main = { x: 40, y: 20, width: 100, height: 80 };

  test("shows the first region where two overlap", async () => {
    const slide = await openBytes(madeLeica([main, { ...main, x: 80, y: 60 }]));
    const colours = [0, 1].map((region) => pattern(leicaSeed(region, 0)));
    const expected = imageOf(LEICA_WIDTH, LEICA_HEIGHT, (x, y) => {
      if (x >= 40 && x < 140 && y >= 20 && y < 100) return colours[0]!(x - 40, y - 20);
      return x >= 80 && x < 180 && y >= 60 && y < 140 ? colours[1]!(x - 80, y - 60) : WHITE;
    });
    expect(difference(await readLevel(slide), expected)).toEqual(EXACT);
  });

  test("of several objectives is the finest, and the others accompany it under their power", async () => {
    const coarse = { x: 200, y: 100, width: 60, height: 50, objective: 5, nmPerPixel: 2000 };
    const slide = await openBytes(madeLeica([coarse, main]));
    expect(slide.info).toMatchObject({ objectivePower: 20, width0: LEICA_WIDTH });
    expect(slide.info.associatedImages.map(({ name }) => name)).toEqual(["macro", "region 2 at 5x"]);
    const picture = await slide.readAssociated("region 2 at 5x");
    expect(difference(picture, imageOf(60, 50, pattern(leicaSeed(0, 0))))).toEqual(EXACT);
  });

  test("of several planes of focus opens with the middle one, and with the one asked for", async () => {
    const bytes = madeLeica([{ ...main, planes: 3 }]);
    for (const [focalPlane, plane] of [
      [undefined, 1],
      [0, 0],
      [2, 2],
    ] as const) {
      const slide = await openBytes(bytes, "a.scn", { view: focalPlane === undefined ? {} : { focalPlane } });
      expect(slide.info.focalPlanes).toHaveLength(3);
      expect(slide.info.focalPlane).toBe(plane);
      expect(slide.info.levels).toHaveLength(2);
      const found = await slide.readRegion({ x0: 40, y0: 20, width: 100, height: 80, level: 0 });
      expect(difference(found, imageOf(100, 80, pattern(leicaSeed(0, 0, plane))))).toEqual(EXACT);
    }
  });

  test("gives the same pixels in parts as in one", async () => {
    const slide = await openBytes(madeLeica([main]));
    const whole = await readLevel(slide, 1);
    const part = await slide.readRegion({ x0: 40, y0: 40, width: 33, height: 21, level: 1 });
    const cut = imageOf(33, 21, (x, y) => {
      const at = ((y + 10) * whole.width + x + 10) * 4;
      return [whole.data[at] ?? 0, whole.data[at + 1] ?? 0, whole.data[at + 2] ?? 0];
    });
    expect(difference(part, cut)).toEqual(EXACT);
  });

  test("in fluorescence is refused with a sentence", async () => {
    const bytes = madeLeica([{ ...main, illumination: "fluorescence" }]);
    await expect(openBytes(bytes)).rejects.toMatchObject({
      code: "slide/unsupported-format",
      message: expect.stringContaining("fluorescence"),
    });
  });

  test.each([
    ["a region whose directory has another size", 'r="1" ifd="2"', 'r="1" ifd="1"'],
    ["a directory that is not there", 'r="0" ifd="1"', 'r="0" ifd="9"'],
    ["a slide of a kilometre", 'sizeX="250000"', 'sizeX="9e12"'],
    ["a slide of too many pixels", 'sizeX="250000"', 'sizeX="9e9"'],
    ["a place that is no number", 'offsetX="20000"', 'offsetX="2000x"'],
    ["XML that breaks off", "</collection>", ""],
  ])("with %s is refused as damaged", async (_what, from, to) => {
    const bytes = madeLeica([main], "2010/10/01", (xml) => edited(xml, from, to));
    await expect(openBytes(bytes)).rejects.toMatchObject({ code: "slide/malformed" });
  });

  test("without a region is refused as damaged", async () => {
    await expect(openBytes(madeLeica([]))).rejects.toMatchObject({ code: "slide/malformed" });
  });
});

describe("a Ventana BIF", () => {
  const DP = {
    cols: 4,
    rows: 2,
    areas: [{ col: 0, row: 0, cols: 3, rows: 2, posX: 5000, posY: 700 }],
    overlapX: (gap: number) => [0, 24][gap] ?? 0,
    overlapY: () => 0,
    scannerModel: "VENTANA DP 200",
    across: "LEFT",
  } as const;

  test("of a DP scanner has each gap's own overlap, and no stage left of it", async () => {
    const slide = await openBytes(madeBif(DP));
    expect(slide.info.format).toBe("Ventana BIF");
    const width = VENTANA_TILE * 3 - 24;
    const expected = imageOf(width, VENTANA_TILE * 2, (x, y) => {
      // The third frame covers the last 24 columns of the second.
      const column = x >= VENTANA_TILE * 2 - 24 ? x + 24 : x;
      return pattern(0)(column, y);
    });
    expect(difference(await readLevel(slide), expected)).toEqual(EXACT);
    const half = imageOf(width / 2, VENTANA_TILE, (x, y) => pattern(1)(x >= VENTANA_TILE - 12 ? x + 12 : x, y));
    expect(difference(await readLevel(slide, 1), half)).toEqual(EXACT);
  });

  test("has no line of glass where the place of a frame is no whole pixel of a coarser level", async () => {
    const slide = await openBytes(madeBif({ ...VENTANA_ISCAN, overlapX: () => 3, overlapY: () => 1 }));
    for (const level of [1, 2]) {
      const d = 2 ** level;
      const width = Math.floor((VENTANA_TILE * 3 - 6) / d);
      const row = await slide.readRegion({ x0: 0, y0: 8, width, height: 1, level });
      const white = Array.from({ length: width }, (_, x) => [...row.data.subarray(x * 4, x * 4 + 3)]).filter((colour) =>
        colour.every((value) => value === 255),
      );
      expect(white).toEqual([]);
    }
  });

  test("gives the same pixels however much of it is read at once", async () => {
    const area = { col: 0, row: 0, cols: 40, rows: 1, posX: 0, posY: 0 };
    const slide = await openBytes(madeBif({ ...VENTANA_ISCAN, cols: 40, rows: 1, areas: [area] }));
    const step = VENTANA_TILE - 8;
    const width = step * 39 + VENTANA_TILE;
    const expected = imageOf(width, VENTANA_TILE, (x, y) => {
      const frame = Math.min(39, Math.floor(x / step));
      return pattern(0)(frame * VENTANA_TILE + x - frame * step, y);
    });
    expect(difference(await readLevel(slide), expected)).toEqual(EXACT);
  });

  test("without joints lays its frames side by side", async () => {
    const bytes = madeBif({ ...VENTANA_ISCAN, areas: [{ col: 0, row: 0, cols: 1, rows: 1, posX: 0, posY: 0 }] });
    const slide = await openBytes(bytes);
    expect([slide.info.width0, slide.info.height0]).toEqual([VENTANA_TILE, VENTANA_TILE]);
  });

  test.each([
    ["frames of another size", 'Width="64"', 'Width="65"'],
    ["more frames than the page", 'NumCols="3"', 'NumCols="9"'],
    ["a joint of a frame that is not there", 'Tile1="1"', 'Tile1="0"'],
    ["a joint of frames apart", 'Tile1="1" Tile2="2"', 'Tile1="1" Tile2="1"'],
    ["an overlap of more than half", 'OverlapX="8"', 'OverlapX="999999"'],
    ["an area that starts within a frame", 'OriginX="192"', 'OriginX="191"'],
    ["no place", 'Pos-X="220"', 'Pos-x="220"'],
    ["no scanned area", 'AOIScanned="1"', 'AOIScanned="0"'],
    ["an area a kilometre away", 'Pos-X="220"', 'Pos-X="9e9"'],
  ])("with %s is refused as damaged", async (_what, from, to) => {
    const bytes = madeBif(VENTANA_ISCAN, (xml) => edited(xml, from, to));
    await expect(openBytes(bytes)).rejects.toMatchObject({ code: "slide/malformed" });
  });

  test("without a level is refused as damaged", async () => {
    const page = { width: 8, height: 8, colour: pattern(0), fields: [xmp("<iScan/>")] };
    await expect(openBytes(madeTiff([page]))).rejects.toMatchObject({ code: "slide/malformed" });
  });
});

describe("a Philips slide", () => {
  test("whose spacings are not said has its first level alone", async () => {
    for (const spacings of [[], ["0.000227273"], ["0.000227273", "0.0000001", "none"]]) {
      const { info } = await openBytes(madePhilips(spacings));
      expect(info.levels.map(({ width }) => width)).toEqual([PHILIPS_LEVELS[0].width]);
    }
  });

  test("keeps out a level whose page does not have the size that its spacing says", async () => {
    const { info } = await openBytes(madePhilips(["0.0001", "0.0003", "0.0004"]));
    expect(info.levels.map(({ downsampleX }) => downsampleX)).toEqual([1, 4]);
  });

  test("is white where no region was scanned", async () => {
    const slide = await openBytes(madePhilips());
    const x0 = (PHILIPS_MISSING % 5) * 64;
    const tile = await slide.readRegion({ x0, y0: 64, width: 64, height: 64, level: 0 });
    expect(
      difference(
        tile,
        imageOf(64, 64, () => WHITE),
      ),
    ).toEqual(EXACT);
  });

  test("shows the macro that lies in its XML", async () => {
    const slide = await openBytes(madePhilips());
    const macro = await slide.readAssociated("macro");
    // A ramp of 10 a column as JPEG of quality 60.
    expect(
      difference(
        macro,
        imageOf(24, 16, (x) => [x * 10, x * 10, x * 10]),
      ).mean,
    ).toBeLessThan(3);
  });

  test("opens without a label whose picture is damaged", async () => {
    const { info } = await openBytes(madePhilips(undefined, (xml) => edited(xml, "/9j/4AAQ", "!")));
    expect(info.associatedImages.map(({ name }) => name)).toEqual(["label"]);
  });

  test("without an image of the slide is refused as damaged", async () => {
    const bytes = madePhilips(undefined, (xml) => edited(xml, ">WSI<", ">XYZ<"));
    await expect(openBytes(bytes)).rejects.toMatchObject({ code: "slide/malformed" });
  });
});

describe("a Trestle slide", () => {
  test.each([" 40 8", " -1 0", " 16.5 8", " a b"])("that overlaps by%s is refused as damaged", async (overlaps) => {
    await expect(openBytes(madeTrestle(overlaps))).rejects.toMatchObject({ code: "slide/malformed" });
  });

  test("without overlaps is a plain pyramid", async () => {
    const { info } = await openBytes(madeTrestle(""));
    expect(info.levels.map(({ width }) => width)).toEqual([300, 170, 60]);
  });
});

describe("pages that converters write", () => {
  const page = (width: number, height: number, seed: number, marks: number | null, text = "") => ({
    width,
    height,
    tile: [64, 64] as const,
    colour: pattern(seed),
    fields: [...(marks === null ? [] : [subfileType(marks)]), ...(text === "" ? [] : [description(text)])],
  });

  test("are levels in any order and of any ratio", async () => {
    const { info } = await openBytes(madeTiff([page(100, 66, 1, 1), page(300, 200, 0, 0), page(43, 29, 2, 1)]));
    expect(info.levels.map(({ width }) => width)).toEqual([300, 100, 43]);
  });

  test("are no levels when others are marked as such and they are not", async () => {
    const slide = await openBytes(madeTiff([page(300, 200, 0, 0), page(150, 100, 1, 1), page(75, 50, 2, 0)]));
    expect(slide.info.levels.map(({ width }) => width)).toEqual([300, 150]);
    expect(slide.info.associatedImages.map(({ name }) => name)).toEqual(["page 3"]);
    const other = await slide.readAssociated("page 3");
    expect(difference(other, imageOf(75, 50, pattern(2)))).toEqual(EXACT);
  });

  test("are left out when they are masks, as a cloud-optimised file has them for every level", async () => {
    const masks = [page(300, 200, 3, 4), page(150, 100, 4, 5)];
    const { info } = await openBytes(madeTiff([page(300, 200, 0, 0), masks[0]!, page(150, 100, 1, 1), masks[1]!]));
    expect(info.levels.map(({ width }) => width)).toEqual([300, 150]);
    expect(info.associatedImages).toEqual([]);
  });
});

function edited(xml: string, from: string, to: string): string {
  if (!xml.includes(from)) throw new RangeError(`the text ${from} in the XML`);
  return xml.replaceAll(from, to);
}
