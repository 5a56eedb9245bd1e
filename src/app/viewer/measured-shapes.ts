import type { MeasuredShape } from "../../engine/annotations/measurement.ts";
import type { Point0 } from "../state/view.ts";
import { type Affine, onStage, type StagePoint } from "./affine.ts";
import type { ContourStyle } from "./map-overlay.ts";

/** Half the length of the strokes across the ends of a line, CSS pixels. */
const TICK = 6;
/** Half the side of the mark on a point that is being set, CSS pixels. */
const MARK = 3;
/** CSS pixels: a shape that is no larger is a spot at this zoom. */
const SPOT = 40;

export interface ShapeStyle extends ContourStyle {
  readonly pixelRatio: number;
  /** Of the readout. */
  readonly font: string;
  readonly ground: string;
  readonly ink: string;
}

/** What stands beside a shape: all of it, or the number alone where the shape is smaller than the words. */
export interface Readout {
  readonly number: string;
  readonly words: string;
}

/** A shape on the stage, its strokes as wide at every zoom, with its readout beside it. */
export function drawShape(
  context: CanvasRenderingContext2D,
  { kind, points }: MeasuredShape,
  readout: Readout | null,
  toStage: Affine,
  style: ShapeStyle,
): void {
  const corners = points.map((point) => onStage(toStage, point));
  const path = pathOf(corners, kind === "area");
  if (kind === "length") addTicks(path, corners, style.pixelRatio);
  stroke(context, path, style);
  const at = kind === "area" ? middleOf(corners) : corners.at(-1);
  if (!at || !readout) return;
  const isSpot = corners.every(({ x, y }) => Math.hypot(x - at.x, y - at.y) < SPOT * style.pixelRatio);
  const words = isSpot ? readout.number : `${readout.number}: ${readout.words}`;
  drawReadout(context, words, at, kind === "area" && !isSpot, style);
}

/** A shape that is being set: a mark on each point, and dashes to where the next one would be. */
export function drawDraft(
  context: CanvasRenderingContext2D,
  { kind, points }: MeasuredShape,
  next: Point0 | null,
  words: string,
  toStage: Affine,
  style: ShapeStyle,
): void {
  const corners = points.map((point) => onStage(toStage, point));
  const path = pathOf(corners, false);
  // A stroke of a pen is close set; marks would hide it.
  const marked = corners.length > 50 ? corners.slice(0, 1) : corners;
  const half = MARK * style.pixelRatio;
  for (const { x, y } of marked) path.rect(x - half, y - half, 2 * half, 2 * half);
  stroke(context, path, style);
  const last = corners.at(-1);
  if (!last || !next) return;
  const to = onStage(toStage, next);
  const first = corners[0];
  const onward = pathOf(kind === "area" && corners.length > 1 && first ? [last, to, first] : [last, to], false);
  stroke(context, onward, style, [6, 4]);
  if (words) drawReadout(context, words, to, false, style);
}

/** Marks the place whose value is read. */
export function drawCrossHair(
  context: CanvasRenderingContext2D,
  point: Point0,
  toStage: Affine,
  style: ShapeStyle,
): void {
  const { x, y } = onStage(toStage, point);
  const [near, far] = [4 * style.pixelRatio, 14 * style.pixelRatio];
  const path = new Path2D();
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    path.moveTo(x + dx * near, y + dy * near);
    path.lineTo(x + dx * far, y + dy * far);
  }
  stroke(context, path, style);
}

function pathOf(corners: readonly StagePoint[], isClosed: boolean): Path2D {
  const path = new Path2D();
  corners.forEach(({ x, y }, i) => {
    if (i === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  });
  if (isClosed) path.closePath();
  return path;
}

/** A stroke across each end of a line. */
function addTicks(path: Path2D, corners: readonly StagePoint[], pixelRatio: number): void {
  for (const [end, beside] of [
    [corners[0], corners[1]],
    [corners.at(-1), corners.at(-2)],
  ]) {
    if (!end || !beside) continue;
    const length = Math.hypot(end.x - beside.x, end.y - beside.y);
    if (length === 0) continue;
    const x = ((end.y - beside.y) / length) * TICK * pixelRatio;
    const y = (-(end.x - beside.x) / length) * TICK * pixelRatio;
    path.moveTo(end.x - x, end.y - y);
    path.lineTo(end.x + x, end.y + y);
  }
}

function middleOf(corners: readonly StagePoint[]): StagePoint {
  const sum = corners.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / corners.length, y: sum.y / corners.length };
}

/** Dark within light, so that it is seen on every stain. */
function stroke(
  context: CanvasRenderingContext2D,
  path: Path2D,
  { core, casing, pixelRatio }: ShapeStyle,
  dash: readonly number[] = [],
): void {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.lineCap = dash.length > 0 ? "butt" : "round";
  context.lineJoin = "round";
  context.setLineDash(dash.map((part) => part * pixelRatio));
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

/** Upright however the slide is turned, and within the stage. `isCentred`: on the place, else to the right below it. */
function drawReadout(
  context: CanvasRenderingContext2D,
  words: string,
  at: StagePoint,
  isCentred: boolean,
  { ground, ink, pixelRatio, font }: ShapeStyle,
): void {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.font = font;
  const width = context.measureText(words).width + 12 * pixelRatio;
  const height = 20 * pixelRatio;
  const { canvas } = context;
  const x = isCentred ? at.x - width / 2 : at.x + 12 * pixelRatio;
  const y = isCentred ? at.y - height / 2 : at.y + 12 * pixelRatio;
  const isNear = at.x > -width && at.y > -height && at.x < canvas.width + width && at.y < canvas.height + height;
  if (isNear) {
    const left = Math.min(Math.max(x, 0), canvas.width - width);
    const top = Math.min(Math.max(y, 0), canvas.height - height);
    context.fillStyle = ground;
    context.beginPath();
    context.roundRect(left, top, width, height, 4 * pixelRatio);
    context.fill();
    context.fillStyle = ink;
    context.textBaseline = "middle";
    context.fillText(words, left + 6 * pixelRatio, top + height / 2);
  }
  context.restore();
}
