import { describe, expect, it } from "vitest";
import { baseName } from "../../../src/app/report/download.ts";
import {
  formatAngle,
  formatArea,
  formatBytes,
  formatDuration,
  formatMagnification,
  formatMm2,
  formatPercent,
  formatPixelSize,
  formatThreshold,
  formatUm,
} from "../../../src/app/report/numbers.ts";
import { magnificationOf, mppAcross, pixelsPerPixel0Of, scaleBarOf } from "../../../src/app/report/scale.ts";

describe("numbers for people", () => {
  it("carry their unit and a sensible number of digits", () => {
    expect(formatPercent(0.18432)).toBe("18.4 %");
    expect(formatPercent(1)).toBe("100 %");
    expect(formatPercent(0)).toBe("0.0 %");
    expect(formatMm2(37.24)).toBe("37.2 mm²");
    expect(formatMm2(0.01234)).toBe("0.0123 mm²");
    expect(formatMm2(0)).toBe("0 mm²");
    expect(formatArea(5049.6)).toBe("5,050 µm²");
    expect(formatArea(12_340)).toBe("0.0123 mm²");
    expect(formatAngle(12.54)).toBe("12.5°");
    expect(formatUm(250)).toBe("250 µm");
    expect(formatUm(2000)).toBe("2 mm");
    expect(formatThreshold(0.5)).toBe("0.50");
    expect(formatThreshold(0.523)).toBe("0.523");
    expect(formatBytes(2_345_678_901)).toBe("2.3 GB");
    expect(formatMagnification(2.5)).toBe("2.5x");
    expect(formatMagnification(40.2)).toBe("40x");
  });

  it("tell both directions of a pixel that is not square", () => {
    expect(formatPixelSize({ mppX: 0.252, mppY: 0.2521, origin: "file" })).toBe("0.252 µm/px");
    expect(formatPixelSize({ mppX: 0.25, mppY: 0.5, origin: "file" })).toBe("0.25 × 0.5 µm/px");
  });

  it("do not promise seconds where an estimate has none", () => {
    expect(formatDuration(0.2)).toBe("1 s");
    expect(formatDuration(42.4)).toBe("42 s");
    expect(formatDuration(200)).toBe("3 min");
    expect(formatDuration(6000)).toBe("1 h 40 min");
  });
});

describe("the scale bar", () => {
  it.each([
    [0.25, 100, 20],
    [1, 110, 100],
    [7.3, 110, 500],
    [40, 110, 2000],
  ])("at %d um a pixel and %d pixels of room is %d um long", (perPixel, room, length) => {
    const bar = scaleBarOf(perPixel, room, "um");
    expect(bar.length).toBe(length);
    expect(bar.width).toBeLessThanOrEqual(room);
    expect(bar.width).toBeGreaterThan(room / 2.6);
  });
});

describe("magnification", () => {
  it("is that of the scanner when a pixel of the screen is a pixel of the slide", () => {
    const pixelSize = { mppX: 0.25, mppY: 0.25, origin: "file" } as const;
    expect(magnificationOf(1, pixelSize)).toBe(40);
    expect(pixelsPerPixel0Of(10, pixelSize)).toBe(0.25);
  });

  it("follows the direction of the slide that lies across the screen where pixels are not square", () => {
    const pixelSize = { mppX: 0.5, mppY: 0.25, origin: "file" } as const;
    expect(magnificationOf(1, pixelSize, 0)).toBe(20);
    expect(magnificationOf(1, pixelSize, 90)).toBeCloseTo(40);
    expect(magnificationOf(1, pixelSize, 180)).toBeCloseTo(20);
    expect(pixelsPerPixel0Of(10, pixelSize, 90)).toBeCloseTo(0.25);
  });
});

describe("what one pixel of the slide spans across the screen", () => {
  it.each([
    [0, 2],
    [90, 1],
    [-90, 1],
    [180, 2],
    // A step (1, -1) / sqrt 2 on the slide: 2 / sqrt 2 along x, 1 / sqrt 2 along y.
    [45, Math.sqrt(2.5)],
    [135, Math.sqrt(2.5)],
  ])("at %d° is %d µm where mppX is twice mppY", (rotation, expected) => {
    expect(mppAcross({ mppX: 2, mppY: 1 }, rotation)).toBeCloseTo(expected, 12);
  });

  it("is the pixel size at every angle where pixels are square", () => {
    for (const rotation of [0, 12.5, 45, 90]) expect(mppAcross({ mppX: 0.252, mppY: 0.252 }, rotation)).toBe(0.252);
  });
});

describe("names of exported files", () => {
  it("come from the slide and suit any file system", () => {
    expect(baseName("case-17.svs")).toBe("case-17");
    expect(baseName("a:b/c*.ome.tif")).toBe("a-b-c-.ome");
    expect(baseName(".svs")).toBe("slide");
  });
});
