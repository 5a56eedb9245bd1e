import type { SpeakingPatches } from "../state/evidence.ts";
import type { Affine } from "./map-overlay.ts";

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
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.lineJoin = "round";
  const byWeight = [...opposing, ...supporting].sort((a, b) => Number(a.row === visited) - Number(b.row === visited));
  for (const patch of byWeight) {
    const isFor = patch.evidence > 0;
    const path = framePath(patch.box, toStage);
    const width = (patch.row === visited ? 4 : 2) * style.pixelRatio;
    context.setLineDash([]);
    context.strokeStyle = style.casing;
    context.lineWidth = width + 2 * style.pixelRatio;
    context.stroke(path);
    context.setLineDash(isFor ? [] : [6 * style.pixelRatio, 4 * style.pixelRatio]);
    context.strokeStyle = isFor ? style.supporting : style.opposing;
    context.lineWidth = width;
    context.stroke(path);
  }
  context.restore();
}

function framePath(box: SpeakingPatches["supporting"][number]["box"], toStage: Affine): Path2D {
  const inLevel0 = new Path2D();
  inLevel0.rect(box.x0, box.y0, box.width0, box.height0);
  const path = new Path2D();
  path.addPath(inLevel0, toStage);
  return path;
}
