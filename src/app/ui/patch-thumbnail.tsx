import { useEffect, useRef } from "preact/hooks";
import type { PatchBox } from "../../engine/classification/patch-grid.ts";
import type { SlideClient } from "../../workers/slide.api.ts";

/** Pixels of a thumbnail's side, for screens of twice the density. */
const SIDE = 176;

/** A patch as the slide shows it; what cannot be read stays empty. */
export function PatchThumbnail({ slide, box }: { readonly slide: SlideClient; readonly box: PatchBox }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { x0, y0, width0, height0 } = box;
  useEffect(() => {
    const stop = new AbortController();
    void paint(canvas.current, slide, { x0, y0, width0, height0 }, stop.signal).catch(() => {
      // The stage tells of tiles that cannot be read; an empty thumbnail says enough here.
    });
    return () => stop.abort();
  }, [slide, x0, y0, width0, height0]);
  return <canvas ref={canvas} width={SIDE} height={SIDE} />;
}

async function paint(
  canvas: HTMLCanvasElement | null,
  slide: SlideClient,
  box: PatchBox,
  signal: AbortSignal,
): Promise<void> {
  const wanted = Math.max(box.width0, box.height0) / SIDE;
  // The coarsest level that is fine enough; the finest where none is.
  const fineEnough = slide.info.levels.findLastIndex(({ downsampleX }) => downsampleX <= wanted);
  const level = Math.max(0, fineEnough);
  const downsample = slide.info.levels[level];
  if (!canvas || !downsample) return;
  const width = Math.max(1, Math.round(box.width0 / downsample.downsampleX));
  const height = Math.max(1, Math.round(box.height0 / downsample.downsampleY));
  const region = await slide.region(
    { x0: Math.round(box.x0), y0: Math.round(box.y0), width, height, level },
    { signal },
  );
  const bitmap = await createImageBitmap(new ImageData(region.data, region.width, region.height));
  const context = canvas.getContext("2d");
  if (context && !signal.aborted) {
    const scale = SIDE / Math.max(width, height);
    context.imageSmoothingQuality = "high";
    context.clearRect(0, 0, SIDE, SIDE);
    context.drawImage(bitmap, 0, 0, width * scale, height * scale);
  }
  bitmap.close();
}
