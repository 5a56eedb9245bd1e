import { readScaled } from "../engine/slide/scaled.ts";
import type { RgbaImage, Slide } from "../engine/slide/types.ts";

/** Pixels of an overlay's longer side, at most. */
const OVERLAY_SIDE = 2048;

/** The whole slide as the ground of an overlay. */
export function overlayPicture(slide: Slide): Promise<RgbaImage> {
  const { width0, height0 } = slide.info;
  const downsample = Math.max(1, Math.max(width0, height0) / OVERLAY_SIDE);
  const width = Math.max(1, Math.floor(width0 / downsample));
  const height = Math.max(1, Math.floor(height0 / downsample));
  return readScaled(slide, { x: 0, y: 0, width, height, downsampleX: width0 / width, downsampleY: height0 / height });
}
