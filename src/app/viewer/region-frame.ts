import type { Rect0 } from "../state/view.ts";
import { type Affine, onStage } from "./affine.ts";
import { drawFrame } from "./patch-frames.ts";

/** CSS pixels. */
const HANDLE = 9;

export interface RegionStyle {
  readonly colour: string;
  readonly casing: string;
  readonly pixelRatio: number;
  /** With handles at edges and corners. */
  readonly isEditing: boolean;
}

/** The region of interest, turned and mirrored with the slide; its lines and handles are as wide at every zoom. */
export function drawRegion(
  context: CanvasRenderingContext2D,
  rect: Rect0,
  toStage: Affine,
  { colour, casing, pixelRatio, isEditing }: RegionStyle,
): void {
  drawFrame(context, rect, toStage, { colour, casing, width: 2.5, isDashed: !isEditing, pixelRatio });
  if (!isEditing) return;
  const angle = Math.atan2(toStage.b, toStage.a);
  const side = HANDLE * pixelRatio;
  for (const [across, down] of HANDLES) {
    const at = onStage(toStage, { x0: rect.x0 + across * rect.width0, y0: rect.y0 + down * rect.height0 });
    context.save();
    context.setTransform(1, 0, 0, 1, at.x, at.y);
    context.rotate(angle);
    context.fillStyle = casing;
    context.strokeStyle = colour;
    context.lineWidth = 1.5 * pixelRatio;
    context.fillRect(-side / 2, -side / 2, side, side);
    context.strokeRect(-side / 2, -side / 2, side, side);
    context.restore();
  }
}

/** Corners and the middles of edges, as shares of width and height. */
const HANDLES = [0, 0.5, 1]
  .flatMap((across) => [0, 0.5, 1].map((down) => [across, down] as const))
  .filter(([across, down]) => across !== 0.5 || down !== 0.5);
