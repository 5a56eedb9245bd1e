import type { PixelSize } from "../../engine/slide/types.ts";

/** Objective power whose pixel is one micrometre wide, by the habit of scanners: 40x is 0.25 um, 20x is 0.5 um. */
const POWER_TIMES_MPP = 10;

/** Micrometres per pixel that stand for an objective power where nothing better is known. */
export function pixelSizeOfPower(power: number): number {
  return POWER_TIMES_MPP / power;
}

/** Geometric mean of both directions. */
export function meanMpp({ mppX, mppY }: PixelSize): number {
  return Math.sqrt(mppX * mppY);
}

/** The objective power that shows as much as the screen does now. */
export function magnificationOf(pixelsPerPixel0: number, pixelSize: PixelSize): number {
  return pixelsPerPixel0 * (POWER_TIMES_MPP / meanMpp(pixelSize));
}

/** CSS pixels per level-0 pixel at which a magnification shows. */
export function pixelsPerPixel0Of(magnification: number, pixelSize: PixelSize): number {
  return magnification * (meanMpp(pixelSize) / POWER_TIMES_MPP);
}

export interface ScaleBar {
  /** Um, or level-0 pixels when `unit` is `px`. */
  readonly length: number;
  readonly unit: "um" | "px";
  /** Pixels of the picture it is drawn in. */
  readonly width: number;
}

/** The longest of 1, 2, 5 x 10^n that is no wider than `maxWidth` pixels of a picture with `unitsPerPixel` um (or px) each. */
export function scaleBarOf(unitsPerPixel: number, maxWidth: number, unit: "um" | "px"): ScaleBar {
  const longest = unitsPerPixel * maxWidth;
  const decade = 10 ** Math.floor(Math.log10(longest));
  const step = [5, 2, 1].find((candidate) => candidate * decade <= longest) ?? 1;
  const length = step * decade;
  return { length, unit, width: length / unitsPerPixel };
}
