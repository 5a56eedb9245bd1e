import type { Foci } from "../../engine/heatmap/foci.ts";
import type { ConfidenceGrid } from "../../engine/heatmap/types.ts";
import type { Affine } from "./affine.ts";
import type { ContourStyle } from "./map-overlay.ts";

/** CSS pixels: a focus that is smaller both ways gets a marker, lest it vanish at low power. */
const SMALL = 9;
/** CSS pixels, of the marker. */
const RADIUS = 6;
/** CSS pixels: of several small foci within a square of this side one marker tells; it would cover the others. */
const CROWD = 8;

export interface MarkedFoci {
  readonly grid: Pick<ConfidenceGrid, "stride0X" | "stride0Y" | "width0" | "height0">;
  readonly foci: Foci;
}

/** Rings around the foci that are too small to be seen at this zoom, always of the same size. */
export function drawFocusMarkers(
  context: CanvasRenderingContext2D,
  marked: MarkedFoci,
  toStage: Affine,
  { core, casing, pixelRatio }: ContourStyle & { readonly pixelRatio: number },
): void {
  const stage = { width: context.canvas.width, height: context.canvas.height };
  const path = new Path2D();
  for (const { x, y } of markerPlaces(marked, toStage, stage, pixelRatio)) {
    path.moveTo(x + RADIUS * pixelRatio, y);
    path.arc(x, y, RADIUS * pixelRatio, 0, 2 * Math.PI);
  }
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.strokeStyle = casing;
  context.lineWidth = 4 * pixelRatio;
  context.stroke(path);
  context.strokeStyle = core;
  context.lineWidth = 2 * pixelRatio;
  context.stroke(path);
  context.restore();
}

/** Where markers stand, in device pixels of the stage. O(foci), and never more than the stage has squares. */
export function markerPlaces(
  { grid, foci }: MarkedFoci,
  toStage: Affine,
  stage: { readonly width: number; readonly height: number },
  pixelRatio: number,
): readonly { readonly x: number; readonly y: number }[] {
  // Of a picture that is turned the longer way of a box counts.
  const scale = Math.max(Math.hypot(toStage.a, toStage.b), Math.hypot(toStage.c, toStage.d)) / pixelRatio;
  const taken = new Set<number>();
  const places: { x: number; y: number }[] = [];
  const crowd = CROWD * pixelRatio;
  const squares = Math.ceil(stage.width / crowd) + 1;
  for (let focus = 0; focus < foci.count; focus++) {
    const [col = 0, row = 0, endCol = 0, endRow = 0] = foci.box.subarray(4 * focus, 4 * focus + 4);
    const width0 = (endCol - col) * grid.stride0X;
    const height0 = (endRow - row) * grid.stride0Y;
    if (Math.max(width0, height0) * scale >= SMALL) continue;
    const x0 = Math.min(grid.width0, col * grid.stride0X + width0 / 2);
    const y0 = Math.min(grid.height0, row * grid.stride0Y + height0 / 2);
    const x = toStage.a * x0 + toStage.c * y0 + toStage.e;
    const y = toStage.b * x0 + toStage.d * y0 + toStage.f;
    if (x < 0 || y < 0 || x > stage.width || y > stage.height) continue;
    const square = Math.floor(y / crowd) * squares + Math.floor(x / crowd);
    if (taken.has(square)) continue;
    taken.add(square);
    places.push({ x, y });
  }
  return places;
}
