import type { Box0 } from "../../engine/pictures/top-patches.ts";
import { whiteImage } from "../../engine/slide/pixels.ts";
import type { RgbaImage } from "../../engine/slide/types.ts";
import type { SlideClient } from "../../workers/slide.api.ts";

/**
 * Draws a rectangle of the slide over the whole of a square canvas of `side` pixels, from the coarsest level that is fine enough.
 * Throws what reading the slide throws.
 */
export async function drawSlidePatch(
  context: CanvasRenderingContext2D,
  slide: SlideClient,
  box: Box0,
  side: number,
  signal?: AbortSignal,
): Promise<void> {
  const wanted = Math.max(box.width0, box.height0) / side;
  const fineEnough = slide.info.levels.findLastIndex(({ downsampleX }) => downsampleX <= wanted);
  const level = Math.max(0, fineEnough);
  const downsample = slide.info.levels[level];
  if (!downsample) return;
  const width = Math.max(1, Math.round(box.width0 / downsample.downsampleX));
  const height = Math.max(1, Math.round(box.height0 / downsample.downsampleY));
  const request = { x0: Math.round(box.x0), y0: Math.round(box.y0), width, height, level };
  const region = await slide.region(request, signal ? { signal } : {});
  const bitmap = await createImageBitmap(new ImageData(region.data, region.width, region.height));
  if (!signal?.aborted) {
    const scale = side / Math.max(width, height);
    context.imageSmoothingQuality = "high";
    context.clearRect(0, 0, side, side);
    context.drawImage(bitmap, 0, 0, width * scale, height * scale);
  }
  bitmap.close();
}

/** The same as pixels. */
export async function readSlidePatch(slide: SlideClient, box: Box0, side: number): Promise<RgbaImage> {
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d");
  if (!context) return whiteImage(side, side);
  await drawSlidePatch(context, slide, box, side);
  return context.getImageData(0, 0, side, side);
}
