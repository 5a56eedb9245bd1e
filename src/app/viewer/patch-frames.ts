import type { SpeakingPatches } from "../state/evidence.ts";
import type { Rect0 } from "../state/view.ts";
import type { Affine } from "./affine.ts";

export interface FrameStyle {
  readonly supporting: string;
  readonly opposing: string;
  readonly casing: string;
  readonly pixelRatio: number;
}

/** Frames around the patches that spoke: whole lines for those that support, dashes for those that oppose, the visited one thicker and on top. */
export function drawPatchFrames(
  context: CanvasRenderingContext2D,
  { supporting, opposing }: SpeakingPatches,
  visited: number | null,
  toStage: Affine,
  style: FrameStyle,
): void {
  const visitedLast = [...opposing, ...supporting].sort(
    (a, b) => Number(a.row === visited) - Number(b.row === visited),
  );
  for (const patch of visitedLast) {
    const isFor = patch.evidence > 0;
    drawFrame(context, patch.box, toStage, {
      colour: isFor ? style.supporting : style.opposing,
      casing: style.casing,
      width: patch.row === visited ? 4 : 2,
      isDashed: !isFor,
      pixelRatio: style.pixelRatio,
    });
  }
}

export interface OneFrameStyle extends Pick<FrameStyle, "casing" | "pixelRatio"> {
  readonly colour: string;
  /** CSS pixels. */
  readonly width: number;
  readonly isDashed: boolean;
}

/** A frame around a rectangle of the slide. */
export function drawFrame(
  context: CanvasRenderingContext2D,
  box: Rect0,
  toStage: Affine,
  { colour, casing, width, isDashed, pixelRatio }: OneFrameStyle,
): void {
  const path = framePath(box, toStage);
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.lineJoin = "round";
  context.strokeStyle = casing;
  context.lineWidth = (width + 2) * pixelRatio;
  context.stroke(path);
  context.setLineDash(isDashed ? [6 * pixelRatio, 4 * pixelRatio] : []);
  context.strokeStyle = colour;
  context.lineWidth = width * pixelRatio;
  context.stroke(path);
  context.restore();
}

function framePath(box: Rect0, toStage: Affine): Path2D {
  const inLevel0 = new Path2D();
  inLevel0.rect(box.x0, box.y0, box.width0, box.height0);
  const path = new Path2D();
  path.addPath(inLevel0, toStage);
  return path;
}
