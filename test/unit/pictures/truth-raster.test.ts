import { describe, expect, it } from "vitest";
import { rasterize } from "../../../src/engine/annotations/rasterize.ts";
import type { Ring } from "../../../src/engine/annotations/rings.ts";
import { likelyColour, maskColours } from "../../../src/engine/pictures/mask-colours.ts";
import {
  cellTruthOf,
  compareMask,
  paintComparison,
  truthOfPicture,
  truthOfPolygons,
} from "../../../src/engine/pictures/truth-raster.ts";
import { OVERLAY_COLOURS } from "../../../src/engine/training/overlay.ts";
import { picture } from "../tissue/picture-slide.ts";

function square(x: number, y: number, side: number): Ring {
  return [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
    [x, y],
  ];
}

describe("outlines on a raster", () => {
  const frame = { cols: 20, rows: 20, cell0X: 5, cell0Y: 5 };
  const area = (inside: Uint8Array) => inside.reduce((sum, value) => sum + value, 0);

  it("cover the pixels whose centre lies within, holes left out, whichever way rings run", () => {
    const hole = square(40, 40, 20);
    const inside = rasterize([{ outer: square(20, 20, 60), holes: [hole] }], frame);
    expect(area(inside)).toBe(12 * 12 - 4 * 4);
    expect(rasterize([{ outer: square(20, 20, 60).toReversed(), holes: [hole] }], frame)).toEqual(inside);
  });

  it("meet without gap or overlap, and are cut at the edge of the frame", () => {
    const left = rasterize([{ outer: square(-30, 10, 55), holes: [] }], frame);
    const right = rasterize([{ outer: square(25, 10, 55), holes: [] }], frame);
    expect(area(left)).toBe(5 * 11);
    left.forEach((value, at) => {
      expect(value + right[at]!).toBeLessThanOrEqual(1);
    });
    expect(area(right)).toBe(11 * 11);
  });

  it("of a circle have its area", () => {
    const circle = Array.from({ length: 361 }, (_, i): [number, number] => {
      const angle = (i * Math.PI) / 180;
      return [50 + 40 * Math.cos(angle), 50 + 40 * Math.sin(angle)];
    });
    const fine = { cols: 500, rows: 500, cell0X: 0.2, cell0Y: 0.2 };
    expect(area(rasterize([{ outer: circle, holes: [] }], fine)) * 0.04).toBeCloseTo(Math.PI * 1600, -1);
  });
});

/** 10 x 6 cells of 8 level-0 pixels over a slide of 76 x 44. */
const GRID = { cols: 10, rows: 6, stride0X: 8, stride0Y: 8, width0: 76, height0: 44 };
const maskOf = (isIn: (col: number, row: number) => boolean) => ({
  cols: 10,
  rows: 6,
  data: Uint8Array.from({ length: 60 }, (_, at) => (isIn(at % 10, Math.floor(at / 10)) ? 1 : 0)),
});

describe("what was found against the truth", () => {
  const truth = truthOfPolygons([{ outer: square(8, 8, 24), holes: [] }], GRID);
  const cells = cellTruthOf(truth, GRID);

  it("has S, precision and recall in areas of the slide", () => {
    expect(cells.positiveArea0).toBeCloseTo(24 * 24, 6);
    expect(cells.tissueArea0).toBeCloseTo(76 * 44, -1);
    const half = compareMask(
      maskOf((col, row) => col >= 1 && col < 3 && row >= 1 && row < 4),
      cells,
    );
    expect(half).toMatchObject({ precision: 1, recall: expect.closeTo(2 / 3, 6), score: expect.closeTo(0.8, 6) });
    const none = compareMask(
      maskOf(() => false),
      cells,
    );
    expect(none).toMatchObject({ precision: null, recall: 0, score: 0 });
    const empty = cellTruthOf(truthOfPolygons([], GRID), GRID);
    expect(
      compareMask(
        maskOf(() => false),
        empty,
      ),
    ).toMatchObject({ precision: null, recall: null, score: 1 });
  });

  it("is painted in the colours of the evaluation", () => {
    const mask = maskOf((col, row) => col >= 2 && col < 5 && row >= 1 && row < 4);
    const image = paintComparison(truth, GRID, mask);
    const at = (x0: number, y0: number) => {
      const x = Math.floor((x0 / 8) * truth.perCell);
      const y = Math.floor((y0 / 8) * truth.perCell);
      return [...image.data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 4)];
    };
    expect(at(12, 12)).toEqual([...OVERLAY_COLOURS.missed, 255]);
    expect(at(20, 20)).toEqual([...OVERLAY_COLOURS.found, 255]);
    expect(at(36, 20)).toEqual([...OVERLAY_COLOURS.false, 255]);
    expect(at(60, 40)[3]).toBe(0);
    expect(truth.isPositive(12, 12)).toBe(true);
    expect(truth.isPositive(40, 12)).toBe(false);
  });
});

describe("a painted mask", () => {
  const classes = picture(38, 22, (x) => (x < 10 ? [255, 255, 255] : x < 20 ? [5, 5, 5] : [5, 208, 4]));

  it("tells its colours, and the one that is likely meant", () => {
    const colours = maskColours(classes);
    expect(colours.map(({ colour }) => colour)).toEqual([
      [5, 208, 4],
      [255, 255, 255],
      [5, 5, 5],
    ]);
    expect(likelyColour(colours)).toEqual([5, 5, 5]);
    expect(likelyColour(maskColours(picture(4, 4, (x) => (x < 3 ? [0, 0, 0] : [255, 255, 255]))))).toEqual([
      255, 255, 255,
    ]);
  });

  it("counts white neither as class nor as tissue where it is background", () => {
    const truth = truthOfPicture(classes, [5, 5, 5], 3, GRID);
    expect(truth.isTissue(4, 4)).toBe(false);
    expect(truth.isTissue(60, 4)).toBe(true);
    expect(truth.isPositive(30, 20)).toBe(true);
    const cells = cellTruthOf(truth, GRID);
    expect(cells.positiveArea0 / cells.tissueArea0).toBeCloseTo(10 / 28, 2);
    const white = truthOfPicture(
      picture(2, 1, (x) => (x < 1 ? [0, 0, 0] : [255, 255, 255])),
      [255, 255, 255],
      2,
      GRID,
    );
    expect(white.isPositive(60, 20)).toBe(true);
    expect(white.isTissue(4, 4)).toBe(true);
  });

  it("that is a photograph is refused with a sentence", () => {
    const photograph = picture(40, 40, (x, y) => [x * 6, y * 6, 100]);
    expect(() => maskColours(photograph)).toThrow("a few flat colours, found a picture of many");
  });
});
