import type { PixelSize, RgbaImage } from "../slide/types.ts";
import { type BelowThreshold, paletteTable, renderGrid } from "./palette.ts";
import type { CellMask, ConfidenceGrid } from "./types.ts";

export interface OverlayOptions {
  /** Id of one of `PALETTES`. */
  readonly palette: string;
  readonly threshold: number;
  readonly below: BelowThreshold;
  /** Of the map over the tissue, 0 to 1. */
  readonly opacity: number;
  /** Outlined in dark when given. */
  readonly mask: CellMask | null;
  /** For the scale bar; without it there is none. */
  readonly pixelSize: PixelSize | null;
}

export interface Overlay {
  /** The tissue with the map, and below it a white strip with legend and scale bar. */
  readonly image: RgbaImage;
  /** Length of the scale bar, or null without one. */
  readonly scaleBarUm: number | null;
}

const OUTLINE: readonly [number, number, number] = [16, 17, 19];
const INK = 40;

/**
 * Draws a map over a picture of the whole slide, without letters: the legend runs from confidence 0 (left) to 1 with a
 * mark at the threshold, the bar's length is returned. Every pixel shows the cell below its centre. Pure; the picture given stays as it is.
 */
export function composeOverlay(tissue: RgbaImage, grid: ConfidenceGrid, options: OverlayOptions): Overlay {
  const outlined = { ...options, outlined: options.mask?.data ?? null };
  return composePicture(tissue, grid, renderGrid(grid, options), outlined, (image, box) =>
    drawLegend(image, { ...box, width: Math.floor(tissue.width * 0.3) }, options),
  );
}

export interface PictureOptions extends Pick<OverlayOptions, "opacity" | "pixelSize"> {
  /** A value per cell; a dark line runs where neighbours differ. */
  readonly outlined: Uint8Array | null;
  /** Pixels that the legend needs, top to bottom, on however small a picture. Default: as the scale bar. */
  readonly legendHeight?: number;
}

/** Draws a coloured map, one pixel per cell of the grid, as `composeOverlay` does; the legend gets the left part of the strip. */
export function composePicture(
  tissue: RgbaImage,
  grid: ConfidenceGrid,
  map: RgbaImage,
  options: PictureOptions,
  legend: (image: RgbaImage, box: Box) => void,
): Overlay {
  const { width, height } = tissue;
  const unit = Math.max(4, Math.round(Math.max(width, height) / 128));
  const legendHeight = Math.max(2 * unit, options.legendHeight ?? 0);
  const strip = legendHeight + 2 * unit;
  const data = new Uint8ClampedArray(width * (height + strip) * 4).fill(255);
  data.set(tissue.data);
  const image: RgbaImage = { width, height: height + strip, data };
  drawMap(image, height, grid, map, options);
  legend(image, { x: unit, y: height + unit, width: Math.floor(width * 0.7), height: legendHeight });
  if (options.pixelSize === null) return { image, scaleBarUm: null };
  const umPerPixel = (options.pixelSize.mppX * grid.width0) / width;
  const scaleBarUm = roundLength(umPerPixel * width * 0.25);
  const length = Math.max(1, Math.round(scaleBarUm / umPerPixel));
  fill(image, { x: width - unit - length, y: height + Math.round(1.5 * unit), width: length, height: unit }, [
    INK,
    INK,
    INK,
  ]);
  return { image, scaleBarUm };
}

function drawMap(
  image: RgbaImage,
  height: number,
  grid: ConfidenceGrid,
  { data: map }: RgbaImage,
  options: PictureOptions,
): void {
  const { width, data } = image;
  const cellCols = cellsUnderPixels(width, grid.width0, grid.stride0X, grid.cols);
  const cellRows = cellsUnderPixels(height, grid.height0, grid.stride0Y, grid.rows);
  for (let y = 0; y < height; y++) {
    const row = cellRows[y]! * grid.cols;
    const nextRow = cellRows[Math.min(height - 1, y + 1)]! * grid.cols;
    for (let x = 0; x < width; x++) {
      const cell = row + cellCols[x]!;
      const at = (y * width + x) * 4;
      const alpha = (map[cell * 4 + 3]! / 255) * options.opacity;
      if (alpha > 0) blend(data, at, map, cell * 4, alpha);
      if (options.outlined === null) continue;
      const inside = options.outlined[cell];
      const right = options.outlined[row + cellCols[Math.min(width - 1, x + 1)]!];
      const below = options.outlined[nextRow + cellCols[x]!];
      if (inside !== right || inside !== below) blend(data, at, OUTLINE, 0, 1);
    }
  }
}

function cellsUnderPixels(pixels: number, size0: number, stride0: number, cells: number): Int32Array {
  return Int32Array.from({ length: pixels }, (_, i) =>
    Math.min(cells - 1, Math.floor((((i + 0.5) / pixels) * size0) / stride0)),
  );
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function drawLegend(image: RgbaImage, box: Box, options: OverlayOptions): void {
  const table = paletteTable(options.palette);
  for (let i = 0; i < box.width; i++) {
    const at = Math.round((i / Math.max(1, box.width - 1)) * 255) * 4;
    const alpha = (table[at + 3]! / 255) * options.opacity;
    const mixed = [0, 1, 2].map((channel) => 255 + alpha * (table[at + channel]! - 255));
    fill(image, { x: box.x + i, y: box.y, width: 1, height: box.height }, mixed);
  }
  const frame: readonly number[] = [INK, INK, INK];
  fill(image, { ...box, y: box.y - 1, height: 1 }, frame);
  fill(image, { ...box, y: box.y + box.height, height: 1 }, frame);
  fill(image, { ...box, x: box.x - 1, width: 1 }, frame);
  fill(image, { ...box, x: box.x + box.width, width: 1 }, frame);
  const mark = Math.max(2, Math.round(box.height / 5));
  const x = box.x + Math.round(options.threshold * (box.width - 1)) - Math.floor(mark / 2);
  fill(image, { x, y: box.y - mark, width: mark, height: box.height + 2 * mark }, frame);
}

function fill(image: RgbaImage, box: Box, colour: readonly number[]): void {
  for (let y = Math.max(0, box.y); y < Math.min(image.height, box.y + box.height); y++) {
    for (let x = Math.max(0, box.x); x < Math.min(image.width, box.x + box.width); x++) {
      blend(image.data, (y * image.width + x) * 4, colour, 0, 1);
    }
  }
}

function blend(data: Uint8ClampedArray, at: number, colour: ArrayLike<number>, from: number, alpha: number): void {
  for (let channel = 0; channel < 3; channel++) {
    const below = data[at + channel]!;
    data[at + channel] = below + alpha * (colour[from + channel]! - below);
  }
}

/** The largest of 1, 2 or 5 times a power of ten that is no longer. */
function roundLength(longestUm: number): number {
  const power = 10 ** Math.floor(Math.log10(longestUm));
  const factor = [5, 2].find((candidate) => candidate * power <= longestUm) ?? 1;
  return factor * power;
}
