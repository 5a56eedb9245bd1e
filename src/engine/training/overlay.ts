import type { CellMask, ConfidenceGrid } from "../heatmap/types.ts";
import type { RgbaImage } from "../slide/types.ts";
import type { Truth } from "./truth.ts";

/** Colours of the evaluation picture, as in the paper's Fig. 6. */
export const OVERLAY_COLOURS = {
  found: [128, 0, 160],
  missed: [255, 150, 150],
  false: [255, 140, 0],
} as const;

/** Share of the colour where it covers the section. */
const OPACITY = 0.55;

/**
 * The section with what was found (purple), missed (pale red) and found falsely (orange) laid over it. `picture` shows the
 * whole slide, at any size; `mask` lies on the cells of `grid`. What was found where the truth has no tissue is left out, as in the score.
 */
export function evaluationOverlay(
  picture: RgbaImage,
  grid: Pick<ConfidenceGrid, "cols" | "rows" | "stride0X" | "stride0Y">,
  mask: CellMask,
  truth: Pick<Truth, "width0" | "height0" | "isPositive" | "isTissue">,
): RgbaImage {
  return paintOver(picture, grid, truth, (x0, y0, cell) => {
    const isPredicted = mask.data[cell] === 1 && truth.isTissue(x0, y0);
    return overlayColour(isPredicted, truth.isPositive(x0, y0));
  });
}

/** The picture, which shows the whole slide, with a colour over each pixel for whose level-0 pixel and cell of the grid there is one. */
export function paintOver(
  picture: RgbaImage,
  grid: Pick<ConfidenceGrid, "cols" | "rows" | "stride0X" | "stride0Y">,
  { width0, height0 }: Pick<Truth, "width0" | "height0">,
  colourAt: (x0: number, y0: number, cell: number) => readonly [number, number, number] | null,
): RgbaImage {
  const { width, height } = picture;
  const data = new Uint8ClampedArray(picture.data);
  for (let y = 0; y < height; y++) {
    const y0 = Math.floor(((y + 0.5) * height0) / height);
    const row = Math.min(grid.rows - 1, Math.floor((y0 + 0.5) / grid.stride0Y));
    for (let x = 0; x < width; x++) {
      const x0 = Math.floor(((x + 0.5) * width0) / width);
      const col = Math.min(grid.cols - 1, Math.floor((x0 + 0.5) / grid.stride0X));
      const colour = colourAt(x0, y0, row * grid.cols + col);
      if (colour) blend(data, (y * width + x) * 4, colour, OPACITY);
    }
  }
  return { width, height, data };
}

function overlayColour(isPredicted: boolean, isPositive: boolean) {
  if (isPredicted) return isPositive ? OVERLAY_COLOURS.found : OVERLAY_COLOURS.false;
  return isPositive ? OVERLAY_COLOURS.missed : null;
}

/** Of the positive class on the truth's own picture, as in the paper's Fig. 6 (b). */
const TRUTH_GREY = [128, 128, 128] as const;
const TRUTH_OPACITY = 0.75;

/** The section with the truth's positive class laid over in grey. `picture` shows the whole slide, at any size. */
export function truthOverlay(picture: RgbaImage, truth: Pick<Truth, "width0" | "height0" | "isPositive">): RgbaImage {
  const { width, height } = picture;
  const data = new Uint8ClampedArray(picture.data);
  for (let y = 0; y < height; y++) {
    const y0 = Math.floor(((y + 0.5) * truth.height0) / height);
    for (let x = 0; x < width; x++) {
      if (truth.isPositive(Math.floor(((x + 0.5) * truth.width0) / width), y0)) {
        blend(data, (y * width + x) * 4, TRUTH_GREY, TRUTH_OPACITY);
      }
    }
  }
  return { width, height, data };
}

function blend(data: Uint8ClampedArray, at: number, colour: readonly [number, number, number], opacity: number): void {
  for (const channel of [0, 1, 2] as const) {
    data[at + channel] = data[at + channel]! * (1 - opacity) + colour[channel] * opacity;
  }
}
