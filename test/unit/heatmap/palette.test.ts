import { describe, expect, it } from "vitest";
import {
  DEFAULT_PALETTE_ID,
  PALETTES,
  paletteTable,
  renderGrid,
  samplePalette,
} from "../../../src/engine/heatmap/palette.ts";
import { gridOfPicture } from "./synthetic-grid.ts";

/** Relative luminance (WCAG 2). */
function luminance([r, g, b]: readonly number[]): number {
  const [red, green, blue] = [r!, g!, b!].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

describe("palettes", () => {
  it.each(PALETTES.map(({ id }) => id))("%s grows lighter and never clearer from 0 to 1", (id) => {
    const table = paletteTable(id);
    for (let i = 1; i < 256; i++) {
      const before = table.subarray((i - 1) * 4, i * 4);
      const now = table.subarray(i * 4, i * 4 + 4);
      // Parts are rounded to whole numbers, so one step may stand still.
      expect(luminance([...now])).toBeGreaterThanOrEqual(luminance([...before]) - 0.002);
      expect(now[3]!).toBeGreaterThanOrEqual(before[3]!);
    }
  });

  it("begins with the default, which is clear at 0 and yellow at 1", () => {
    expect(PALETTES[0]!.id).toBe(DEFAULT_PALETTE_ID);
    expect(samplePalette(DEFAULT_PALETTE_ID, 0)[3]).toBe(0);
    const [red, green, blue] = samplePalette(DEFAULT_PALETTE_ID, 1);
    expect(Math.min(red, green)).toBeGreaterThan(200);
    expect(blue).toBeLessThan(80);
  });

  it("falls back to the default for an id from elsewhere", () => {
    expect(paletteTable("rainbow")).toEqual(paletteTable(DEFAULT_PALETTE_ID));
  });
});

describe("renderGrid", () => {
  const grid = gridOfPicture(["o26", "999"]);
  grid.values[5] = Number.NaN;
  const alphas = (below: "faint" | "hidden") => {
    const { data } = renderGrid(grid, { palette: "cividis", threshold: 0.5, below });
    return Array.from({ length: 6 }, (_, i) => data[i * 4 + 3]!);
  };

  it("paints a pixel per cell and leaves glass and what is missing clear", () => {
    const image = renderGrid(grid, { palette: "cividis", threshold: 0.5, below: "faint" });
    expect([image.width, image.height]).toEqual([3, 2]);
    expect(alphas("faint")[0]).toBe(0);
    expect(alphas("faint")[5]).toBe(0);
    expect([...image.data.subarray(12, 16)]).toEqual([...samplePalette("cividis", grid.values[3]!)]);
  });

  it("shows what is below the threshold faintly or not at all", () => {
    const full = samplePalette("cividis", grid.values[1]!)[3];
    expect(alphas("faint")[1]).toBeGreaterThan(0);
    expect(alphas("faint")[1]).toBeLessThan(full / 2);
    expect(alphas("hidden")[1]).toBe(0);
    expect(alphas("hidden")[2]).toBe(alphas("faint")[2]);
  });
});
