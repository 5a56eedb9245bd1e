import type { HatchLines } from "../../engine/heatmap/hatch-lines.ts";
import { hatchSpacing0 } from "../../engine/heatmap/map-look.ts";
import { type Affine, type Box, scaleOf } from "./affine.ts";

export interface HatchInk {
  readonly core: string;
  readonly casing: string;
  /** CSS pixels. */
  readonly coreWidth: number;
  readonly casingWidth: number;
}

export interface HatchPlace {
  readonly toCanvas: Affine;
  /** What of the slide is seen, in level-0 pixels. */
  readonly seen: Box;
  readonly pixelRatio: number;
}

/**
 * Lines that lie on the tissue, so that they move with it, as sharp strokes at every zoom: a light casing under a dark core stands out from pale and from
 * dark tissue, in print too. Ends where the context's clip ends.
 */
export function drawHatching(
  context: CanvasRenderingContext2D,
  lines: readonly HatchLines[],
  { core, casing, coreWidth, casingWidth }: HatchInk,
  place: HatchPlace,
): void {
  const paths = lines.map((run) => ({ path: linesPath(run, place), dash: dashOf(run, place) }));
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (const { colour, width } of [
    { colour: casing, width: casingWidth },
    { colour: core, width: coreWidth },
  ]) {
    context.strokeStyle = colour;
    context.lineWidth = width * place.pixelRatio;
    for (const { path, dash } of paths) {
      context.lineCap = dash.length > 0 ? "round" : "butt";
      context.setLineDash(dash);
      context.stroke(path);
    }
  }
  context.restore();
}

/** From a whole number of dashes before the box, so that dashes lie on the tissue too. */
function linesPath({ angle, every, except, dash }: HatchLines, { toCanvas, seen, pixelRatio }: HatchPlace): Path2D {
  const finest0 = hatchSpacing0(scaleOf(toCanvas) / pixelRatio);
  const spacing0 = finest0 * every;
  const along = { x: Math.cos((angle * Math.PI) / 180), y: Math.sin((angle * Math.PI) / 180) };
  const corners = [
    [seen.left, seen.top],
    [seen.right, seen.top],
    [seen.left, seen.bottom],
    [seen.right, seen.bottom],
  ] as const;
  const across = corners.map(([x, y]) => y * along.x - x * along.y);
  const lengths = corners.map(([x, y]) => x * along.x + y * along.y);
  const period0 = dash ? (dash[0] + dash[1]) * finest0 : 1;
  const from = Math.floor(Math.min(...lengths) / period0) * period0;
  const to = Math.max(...lengths);
  const path = new Path2D();
  const { a, b, c, d, e, f } = toCanvas;
  const at = (length: number, off: number) => {
    const x0 = length * along.x - off * along.y;
    const y0 = length * along.y + off * along.x;
    return [a * x0 + c * y0 + e, b * x0 + d * y0 + f] as const;
  };
  const last = Math.floor(Math.max(...across) / spacing0);
  for (let line = Math.ceil(Math.min(...across) / spacing0); line <= last; line++) {
    if (except !== undefined && line % except === 0) continue;
    path.moveTo(...at(from, line * spacing0));
    path.lineTo(...at(to, line * spacing0));
  }
  return path;
}

function dashOf({ dash }: HatchLines, { toCanvas, pixelRatio }: HatchPlace): number[] {
  if (!dash) return [];
  const unit = hatchSpacing0(scaleOf(toCanvas) / pixelRatio) * scaleOf(toCanvas);
  return [dash[0] * unit, dash[1] * unit];
}
