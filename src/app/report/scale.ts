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

/**
 * Micrometres that one level-0 pixel spans along the screen's horizontal, on a slide that is turned clockwise by `rotation` degrees. The screen
 * shows pixels of the slide as squares, so a step of one of them to the right is the step (cos r, -sin r) on the slide, and
 * sqrt((cos r * mppX)^2 + (sin r * mppY)^2) um long. Mirroring changes signs alone. With mppX = mppY it is that at every angle.
 */
export function mppAcross({ mppX, mppY }: Pick<PixelSize, "mppX" | "mppY">, rotation: number): number {
  if (mppX === mppY) return mppX;
  const angle = (rotation * Math.PI) / 180;
  return Math.hypot(Math.cos(angle) * mppX, Math.sin(angle) * mppY);
}

/** The objective power that shows as much along the screen's horizontal as the screen does now, of a slide turned by `rotation` degrees. */
export function magnificationOf(pixelsPerPixel0: number, pixelSize: PixelSize, rotation = 0): number {
  return pixelsPerPixel0 * (POWER_TIMES_MPP / mppAcross(pixelSize, rotation));
}

/** CSS pixels per level-0 pixel at which a magnification shows. */
export function pixelsPerPixel0Of(magnification: number, pixelSize: PixelSize, rotation = 0): number {
  return magnification * (mppAcross(pixelSize, rotation) / POWER_TIMES_MPP);
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
