import { useEffect, useRef } from "preact/hooks";
import type { MapLook } from "../../engine/heatmap/map-look.ts";
import { drawPatternSample } from "../viewer/map-ramp.ts";

/** What a class looks like on the map: its colour, an outline, or its hatching. `colour` null: left clear. */
export function ClassSwatch(props: { readonly colour: string | null; readonly index: number; readonly look: MapLook }) {
  const { colour, index, look } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const isPattern = look === "hatching" && colour !== null;
  useEffect(() => {
    if (isPattern && canvas.current) drawPatternSample(canvas.current, colour, index);
  }, [isPattern, colour, index]);
  if (isPattern) return <canvas class="class-colour is-pattern" ref={canvas} />;
  const isLine = look === "contours" && colour !== null;
  return (
    <svg class="class-colour" viewBox="0 0 12 12" aria-hidden="true">
      <rect
        x={isLine ? 3 : 0}
        y={isLine ? 3 : 0}
        width={isLine ? 6 : 12}
        height={isLine ? 6 : 12}
        fill={colour === null || isLine ? "none" : colour}
        stroke={isLine ? colour : "none"}
        stroke-width="2"
      />
    </svg>
  );
}
