import { describe, expect, it } from "vitest";
import { contourLevels, hatchBands, hatchSpacing0 } from "../../../src/engine/heatmap/map-look.ts";

describe("contour lines", () => {
  it("thin out with the cells on the screen, until only the threshold's is left", () => {
    const count = (pixelsPerCell: number) => contourLevels(0.5, { pixelsPerCell, hasWeak: true }).length;
    expect([count(8), count(2), count(1)]).toEqual([8, 4, 0]);
  });

  it("keep off the threshold's line, and below it go with the weak areas", () => {
    expect(contourLevels(0.52, { pixelsPerCell: 8, hasWeak: true })).not.toContain(0.5);
    expect(contourLevels(0.52, { pixelsPerCell: 8, hasWeak: false })).toEqual([0.6, 0.7, 0.8, 0.9]);
  });
});

describe("hatching", () => {
  it("doubles its lines from band to band, and each band keeps those of the one before", () => {
    const bands = hatchBands(0.4);
    expect(bands.map(({ every }) => every)).toEqual([4, 2, 1]);
    expect(bands.map(({ level }) => Number(level.toFixed(6)))).toEqual([0.4, 0.6, 0.8]);
  });

  it("keeps its finest lines between 3.6 and 7.2 pixels apart at every zoom, and where they are while one zooms a little", () => {
    for (let zoom = 1e-4; zoom < 10; zoom *= 1.07) {
      const pixels = hatchSpacing0(zoom) * zoom;
      expect(pixels).toBeGreaterThanOrEqual(3.6 - 1e-9);
      expect(pixels).toBeLessThan(7.2);
    }
    expect(hatchSpacing0(0.11)).toBe(hatchSpacing0(0.1));
    expect(hatchSpacing0(0.05)).toBe(2 * hatchSpacing0(0.1));
  });
});
