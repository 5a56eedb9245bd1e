import { readScaled } from "../slide/scaled.ts";
import type { RgbaImage, Slide } from "../slide/types.ts";
import type { Box0 } from "./top-patches.ts";

/** A rectangle of the slide as a square of `side` pixels; what lies beyond the slide is white. Throws as `Slide.readRegion`. */
export function patchPicture(
  slide: Slide,
  box: Box0,
  side: number,
  options: { readonly signal?: AbortSignal } = {},
): Promise<RgbaImage> {
  const downsampleX = box.width0 / side;
  const downsampleY = box.height0 / side;
  const x = Math.round(box.x0 / downsampleX);
  const y = Math.round(box.y0 / downsampleY);
  return readScaled(slide, { x, y, width: side, height: side, downsampleX, downsampleY }, options);
}

/** The whole slide, its longer side at most `longest` pixels. */
export function slidePicture(slide: Slide, longest: number): Promise<RgbaImage> {
  const { width0, height0 } = slide.info;
  const downsample = Math.max(1, Math.max(width0, height0) / longest);
  const width = Math.max(1, Math.round(width0 / downsample));
  const height = Math.max(1, Math.round(height0 / downsample));
  return readScaled(slide, { x: 0, y: 0, width, height, downsampleX: width0 / width, downsampleY: height0 / height });
}
