import type { MeasuredLine } from "../state/measure.ts";
import type { Point0 } from "../state/view.ts";
import type { Affine } from "./affine.ts";
import type { ContourStyle } from "./map-overlay.ts";

/** Half the length of the strokes across the ends, CSS pixels. */
const TICK = 6;

/** The line with a stroke across each end. */
export function drawMeasureLine(
  context: CanvasRenderingContext2D,
  { from, to }: MeasuredLine,
  toStage: Affine,
  { core, casing, pixelRatio }: ContourStyle & { readonly pixelRatio: number },
): void {
  const a = onStage(from, toStage);
  const b = onStage(to, toStage);
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length === 0) return;
  const across = { x: (-(b.y - a.y) / length) * TICK * pixelRatio, y: ((b.x - a.x) / length) * TICK * pixelRatio };
  const path = new Path2D();
  path.moveTo(a.x, a.y);
  path.lineTo(b.x, b.y);
  for (const end of [a, b]) {
    path.moveTo(end.x - across.x, end.y - across.y);
    path.lineTo(end.x + across.x, end.y + across.y);
  }
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.lineCap = "round";
  for (const { colour, width } of [
    { colour: casing, width: 4.5 },
    { colour: core, width: 2 },
  ]) {
    context.strokeStyle = colour;
    context.lineWidth = width * pixelRatio;
    context.stroke(path);
  }
  context.restore();
}

function onStage({ x0, y0 }: Point0, { a, b, c, d, e, f }: Affine): { readonly x: number; readonly y: number } {
  return { x: a * x0 + c * y0 + e, y: b * x0 + d * y0 + f };
}
