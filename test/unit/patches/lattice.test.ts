import { describe, expect, it } from "vitest";
import { planLattice, possibleStrides } from "../../../src/engine/patches/lattice.ts";
import { LAST_LAYER, PATCH_BY_PATCH, TWO_WINDOWS } from "./packs.ts";

const SQUARE_10 = { mppX: 10, mppY: 10 };

describe("the lattice over a slide", () => {
  it("has one position per stride, the last one reaching over the edge", () => {
    const lattice = planLattice({ width0: 801, height0: 800, pixelSize: SQUARE_10, pack: TWO_WINDOWS });
    expect(lattice).toMatchObject({
      cols: 101,
      rows: 100,
      stride: 8,
      stride0X: 8,
      downsampleX: 1,
      cellStrides: 1,
      patchStrides: 7,
      windowCells: [7, 19],
    });
  });

  it("gets no extra column from the rounding of pixel sizes", () => {
    const pixelSize = { mppX: 0.1, mppY: 0.3 };
    const lattice = planLattice({ width0: 8000, height0: 8000, pixelSize, pack: TWO_WINDOWS });
    expect(lattice.cols).toBe(10);
    expect(lattice.rows).toBe(30);
  });

  it("treats each axis by its own pixel size", () => {
    const pixelSize = { mppX: 2.5, mppY: 5 };
    const lattice = planLattice({ width0: 4000, height0: 4000, pixelSize, pack: TWO_WINDOWS });
    expect(lattice).toMatchObject({ stride0X: 32, stride0Y: 16, cols: 125, rows: 250, downsampleX: 4, downsampleY: 2 });
  });

  it("needs two shifted passes a side for the paper's stride with the last layer", () => {
    const lattice = planLattice({
      width0: 1024,
      height0: 1024,
      pixelSize: { mppX: 0.5, mppY: 0.5 },
      pack: LAST_LAYER,
    });
    expect(lattice).toMatchObject({ cellStrides: 2, patchStrides: 14, windowCells: [7], cols: 128 });
  });

  it("has no cells patch by patch", () => {
    const lattice = planLattice({ width0: 500, height0: 500, pixelSize: { mppX: 1, mppY: 1 }, pack: PATCH_BY_PATCH });
    expect(lattice).toMatchObject({ cellStrides: 1, patchStrides: 14, windowCells: [] });
  });

  it("keeps at least one cell on a slide smaller than a stride", () => {
    const lattice = planLattice({ width0: 3, height0: 1, pixelSize: SQUARE_10, pack: TWO_WINDOWS });
    expect([lattice.cols, lattice.rows]).toEqual([1, 1]);
  });

  it("takes a finer stride as more shifted passes", () => {
    const lattice = planLattice({ width0: 800, height0: 800, pixelSize: SQUARE_10, pack: TWO_WINDOWS, stride: 4 });
    expect(lattice).toMatchObject({ cellStrides: 2, patchStrides: 14, windowCells: [7, 19], cols: 200 });
  });

  it("lists the strides that come out whole", () => {
    expect(possibleStrides(TWO_WINDOWS)).toEqual([8, 4, 2, 1]);
    expect(possibleStrides(LAST_LAYER)).toEqual([16, 8, 4, 2, 1]);
    expect(possibleStrides(PATCH_BY_PATCH)).toEqual([112, 56, 16, 8, 4, 2, 1]);
  });

  it("refuses a stride that cuts cells, with those that are possible", () => {
    expect(() =>
      planLattice({ width0: 800, height0: 800, pixelSize: SQUARE_10, pack: TWO_WINDOWS, stride: 5 }),
    ).toThrow(
      expect.objectContaining({ code: "analysis/out-of-range", message: expect.stringContaining("8, 4, 2, 1") }),
    );
    for (const stride of [0, -8, Number.NaN, 0.5]) {
      expect(() => planLattice({ width0: 800, height0: 800, pixelSize: SQUARE_10, pack: TWO_WINDOWS, stride })).toThrow(
        expect.objectContaining({ code: "analysis/out-of-range" }),
      );
    }
  });

  it("refuses a pack whose windows cannot be concentric", () => {
    const pack = { ...TWO_WINDOWS, sampling: { ...TWO_WINDOWS.sampling, windows: [56, 64] } };
    expect(() => planLattice({ width0: 800, height0: 800, pixelSize: SQUARE_10, pack })).toThrow(
      expect.objectContaining({ code: "modelpack/bad-field" }),
    );
  });

  it("refuses a pixel size that makes the slide absurdly large", () => {
    const pixelSize = { mppX: 10_000, mppY: 10_000 };
    expect(() => planLattice({ width0: 100_000, height0: 100_000, pixelSize, pack: TWO_WINDOWS })).toThrow(
      expect.objectContaining({ code: "analysis/out-of-range" }),
    );
  });
});
