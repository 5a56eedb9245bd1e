import type { LensInside } from "../state/settings.ts";
import type { StagePoint } from "./affine.ts";
import type { MapStyle } from "./map-overlay.ts";

/** Of the ring, CSS pixels; on a small stage a quarter of its shorter side. */
const RADIUS = 110;

/** The ring of the spyglass around a place of the stage, in pixels of the canvas. */
export function lensRing(canvas: HTMLCanvasElement, { x, y }: StagePoint, pixelRatio: number): Path2D {
  const path = new Path2D();
  const radius = Math.min(RADIUS * pixelRatio, Math.min(canvas.width, canvas.height) / 4);
  path.arc(x, y, radius, 0, 2 * Math.PI);
  path.closePath();
  return path;
}

/** Keeps what is painted next within the ring, or out of it, until the context's `restore`. */
export function clipToLens(context: CanvasRenderingContext2D, ring: Path2D, inside: LensInside): void {
  const path = new Path2D(ring);
  if (inside === "tissue") path.rect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clip(path, "evenodd");
}

export function drawLensRing(context: CanvasRenderingContext2D, ring: Path2D, style: MapStyle): void {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (const { colour, width } of [
    { colour: style.casing, width: 4 },
    { colour: style.core, width: 1.5 },
  ]) {
    context.strokeStyle = colour;
    context.lineWidth = width * style.pixelRatio;
    context.stroke(ring);
  }
  context.restore();
}
