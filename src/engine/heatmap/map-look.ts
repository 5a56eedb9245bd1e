/** How a map is drawn. */
export type MapLook = "colour" | "contours" | "hatching";

export const MAP_LOOKS: readonly MapLook[] = ["colour", "contours", "hatching"];

/** Confidences of the thin lines beside the threshold's. */
export const CONTOUR_LEVELS: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Thin lines nearer to the threshold than this would run into its line. */
const APART = 0.04;

/** CSS pixels per cell from which on every level has its line, and every second one. */
const ALL_FROM = 5;
const HALF_FROM = 1.5;

/** The thin lines beside the threshold's that a map of this size has room for; without weak areas, only those above it. */
export function contourLevels(
  threshold: number,
  options: { readonly pixelsPerCell: number; readonly hasWeak: boolean },
): readonly number[] {
  const { pixelsPerCell, hasWeak } = options;
  return CONTOUR_LEVELS.filter((level, i) => {
    if (Math.abs(level - threshold) < APART || (level < threshold && !hasWeak)) return false;
    return pixelsPerCell >= ALL_FROM || (pixelsPerCell >= HALF_FROM && i % 2 === 1);
  });
}

/** A band of confidences and how densely it is hatched. */
export interface HatchBand {
  /** Confidence from which on the band begins. */
  readonly level: number;
  /** Of the finest lines, every how manieth is drawn here: 4, 2 or 1. */
  readonly every: number;
}

/**
 * Three bands of equal width from the threshold to 1, each with twice the lines of the one before, so that lines go on from band to band;
 * between them ink and confidence rise together.
 */
export function hatchBands(threshold: number): readonly HatchBand[] {
  const third = (1 - threshold) / 3;
  return [
    { level: threshold, every: 4 },
    { level: threshold + third, every: 2 },
    { level: threshold + 2 * third, every: 1 },
  ];
}

/** Confidence from which on weak areas are hatched, with broken lines. */
export function weakHatchLevel(threshold: number): number {
  return threshold / 2;
}

/** Least distance of the finest lines, CSS pixels; the most is twice that. */
const FINEST = 3.6;

/**
 * Distance of the finest lines in level-0 pixels: a power of two, so that lines stay where they are on the tissue while one zooms, and every second one
 * goes or comes when they get too dense or too sparse.
 */
export function hatchSpacing0(pixelsPerPixel0: number): number {
  return 2 ** Math.ceil(Math.log2(FINEST / pixelsPerPixel0));
}
