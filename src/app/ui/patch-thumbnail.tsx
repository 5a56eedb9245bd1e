import { useEffect, useRef } from "preact/hooks";
import type { Box0 } from "../../engine/pictures/top-patches.ts";
import type { SlideClient } from "../../workers/slide.api.ts";
import { drawSlidePatch } from "../report/slide-patch.ts";

/** Pixels of a thumbnail's side, for screens of twice the density. */
const SIDE = 176;

/** A patch as the slide shows it; what cannot be read stays empty. */
export function PatchThumbnail({ slide, box }: { readonly slide: SlideClient; readonly box: Box0 }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { x0, y0, width0, height0 } = box;
  useEffect(() => {
    const stop = new AbortController();
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    void drawSlidePatch(context, slide, { x0, y0, width0, height0 }, SIDE, stop.signal).catch(() => {
      // The stage tells of tiles that cannot be read; an empty thumbnail says enough here.
    });
    return () => stop.abort();
  }, [slide, x0, y0, width0, height0]);
  return <canvas ref={canvas} width={SIDE} height={SIDE} />;
}
