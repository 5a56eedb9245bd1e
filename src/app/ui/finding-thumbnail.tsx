import { useEffect, useRef } from "preact/hooks";
import type { SlideClient } from "../../workers/slide.api.ts";
import { drawSlidePatch } from "../report/slide-patch.ts";
import { squareAround } from "../report/square-around.ts";
import type { Rect0 } from "../state/view.ts";

/** Pixels of a thumbnail's side, for screens of twice the density. */
const SIDE = 112;

/** A place with some air around it, read once it comes into sight and given up when it leaves before; what cannot be read stays empty. */
export function FindingThumbnail({ slide, box }: { readonly slide: SlideClient; readonly box: Rect0 }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { x0, y0, width0, height0 } = box;
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    let stop: AbortController | null = null;
    const observer = new IntersectionObserver((entries) => {
      const isInSight = entries.some(({ isIntersecting }) => isIntersecting);
      if (!isInSight) {
        stop?.abort();
        stop = null;
        return;
      }
      if (stop) return;
      stop = new AbortController();
      const square = squareAround({ x0, y0, width0, height0 }, slide.info);
      drawSlidePatch(context, slide, square, SIDE, stop.signal).then(
        () => observer.disconnect(),
        () => {
          // The stage tells of tiles that cannot be read; an empty thumbnail says enough here.
        },
      );
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      stop?.abort();
    };
  }, [slide, x0, y0, width0, height0]);
  return <canvas class="finding-picture" ref={canvas} width={SIDE} height={SIDE} />;
}
