import { describe, expect, it } from "vitest";
import { composeOverlay, type OverlayOptions } from "../../../src/engine/heatmap/compose.ts";
import type { RgbaImage } from "../../../src/engine/slide/types.ts";
import { gridOfPicture } from "./synthetic-grid.ts";

const OPTIONS: OverlayOptions = {
  palette: "glow",
  threshold: 0.5,
  below: "hidden",
  opacity: 1,
  mask: null,
  pixelSize: { mppX: 10, mppY: 10, origin: "file" },
};

function pinkTissue(width: number, height: number): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) data.set([220, 160, 190, 255], i * 4);
  return { width, height, data };
}

function pixel(image: RgbaImage, x: number, y: number): number[] {
  return [...image.data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 4)];
}

describe("composeOverlay", () => {
  const grid = gridOfPicture(["9...", "...o"]);
  const tissue = pinkTissue(580, 240);

  it("colours the pixels over a cell and leaves the others, the given picture and what is clear alone", () => {
    const { image } = composeOverlay(tissue, grid, OPTIONS);
    const edge = (16.25 / grid.width0) * 580;
    expect(pixel(image, Math.floor(edge) - 2, 10)).not.toEqual([220, 160, 190, 255]);
    expect(pixel(image, Math.ceil(edge) + 2, 10)).toEqual([220, 160, 190, 255]);
    expect(pixel(image, 579, 239)).toEqual([220, 160, 190, 255]);
    expect(pixel(tissue, 0, 0)).toEqual([220, 160, 190, 255]);
  });

  it("shows the tissue alone at opacity 0", () => {
    const { image } = composeOverlay(tissue, grid, { ...OPTIONS, opacity: 0 });
    expect(image.data.subarray(0, tissue.data.length)).toEqual(tissue.data);
  });

  it("outlines the mask", () => {
    const mask = { cols: 4, rows: 2, data: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0) };
    const { image } = composeOverlay(tissue, grid, { ...OPTIONS, mask });
    const edge = Math.round((16.25 / grid.width0) * 580);
    const near = [-2, -1, 0, 1].map((offset) => pixel(image, edge + offset, 10));
    expect(near.filter(([red]) => red === 16)).toHaveLength(1);
  });

  it("draws a scale bar of a round length that it names, and none without a pixel size", () => {
    const { image, scaleBarUm } = composeOverlay(tissue, grid, OPTIONS);
    const umPerPixel = (10 * grid.width0) / 580;
    expect(scaleBarUm).toBe(100);
    const y = 240 + Math.round(1.5 * 5) + 2;
    const dark = Array.from({ length: 290 }, (_, i) => pixel(image, 290 + i, y)).filter(([red]) => red === 40).length;
    expect(Math.abs(dark * umPerPixel - 100)).toBeLessThan(umPerPixel);
    expect(composeOverlay(tissue, grid, { ...OPTIONS, pixelSize: null }).scaleBarUm).toBeNull();
  });
});
