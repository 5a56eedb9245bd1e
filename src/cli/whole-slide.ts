import { readScaled } from "../engine/slide/scaled.ts";
import type { RgbaImage, Slide } from "../engine/slide/types.ts";

/** The whole slide, its longer side at most `side` pixels. */
export function wholeSlide(slide: Slide, side: number): Promise<RgbaImage> {
  const { width0, height0 } = slide.info;
  const downsample = Math.max(1, Math.max(width0, height0) / side);
  const width = Math.max(1, Math.round(width0 / downsample));
  const height = Math.max(1, Math.round(height0 / downsample));
  return readScaled(slide, { x: 0, y: 0, width, height, downsampleX: width0 / width, downsampleY: height0 / height });
}
