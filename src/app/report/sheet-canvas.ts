import { AppError } from "../../engine/base/errors.ts";
import { type BoxMm, type Clip, type LineMm, SHEET_FONT, type Sheet, type SheetItem, type Stroke } from "./sheet.ts";

/** Paints a sheet with so many pixels a millimetre. Throws `app/unexpected` when the browser cannot hold it. */
export function paintSheet({ width, height, items }: Sheet, pixelsPerMm: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * pixelsPerMm);
  canvas.height = Math.round(height * pixelsPerMm);
  const context = canvas.getContext("2d");
  if (!context) {
    throw new AppError(
      "app/unexpected",
      "The browser could not make a picture of this size; close other tabs and try again.",
    );
  }
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const item of items) paintItem(context, item, pixelsPerMm, 1);
  return canvas;
}

function paintItem(context: CanvasRenderingContext2D, item: SheetItem, k: number, opacity: number): void {
  context.globalAlpha = opacity;
  switch (item.kind) {
    case "picture": {
      const { x, y, width, height } = scaled(item.box, k);
      context.imageSmoothingQuality = "high";
      context.drawImage(item.canvas, x, y, width, height);
      return;
    }
    case "lines": {
      const path = pathOf(item.lines, item.isClosed, k);
      for (const one of item.strokes) stroke(context, path, one, k);
      return;
    }
    case "box": {
      const { x, y, width, height } = scaled(item.box, k);
      if (item.fill !== null) {
        context.fillStyle = item.fill;
        context.fillRect(x, y, width, height);
      }
      if (!item.stroke) return;
      const outline = new Path2D();
      outline.rect(x, y, width, height);
      stroke(context, outline, item.stroke, k);
      return;
    }
    case "text":
      paintText(context, item, k);
      return;
    case "group":
      context.save();
      if (item.clip) context.clip(clipPath(item.clip, k), "evenodd");
      for (const one of item.items) paintItem(context, one, k, opacity * item.opacity);
      context.restore();
  }
}

function paintText(context: CanvasRenderingContext2D, item: Extract<SheetItem, { kind: "text" }>, k: number): void {
  context.font = `${item.isBold ? "bold " : ""}${item.size * k}px ${SHEET_FONT}`;
  context.textAlign = item.anchor === "middle" ? "center" : item.anchor;
  context.textBaseline = "alphabetic";
  if (item.halo !== undefined) {
    context.strokeStyle = item.halo;
    context.lineWidth = item.size * k * 0.28;
    context.lineJoin = "round";
    context.strokeText(item.text, item.x * k, item.y * k);
  }
  context.fillStyle = item.colour;
  context.fillText(item.text, item.x * k, item.y * k);
}

function stroke(context: CanvasRenderingContext2D, path: Path2D, { colour, width, dash }: Stroke, k: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width * k;
  context.lineJoin = "round";
  context.lineCap = dash ? "round" : "butt";
  context.setLineDash(dash ? [dash[0] * k, dash[1] * k] : []);
  context.stroke(path);
  context.setLineDash([]);
}

function clipPath(clip: Clip, k: number): Path2D {
  if ("lines" in clip) return pathOf(clip.lines, true, k);
  const { x, y, width, height } = scaled(clip.box, k);
  const path = new Path2D();
  path.rect(x, y, width, height);
  return path;
}

function pathOf(lines: readonly LineMm[], isClosed: boolean, k: number): Path2D {
  const path = new Path2D();
  for (const line of lines) {
    for (let i = 0; i + 1 < line.length; i += 2) {
      if (i === 0) path.moveTo(line[i]! * k, line[i + 1]! * k);
      else path.lineTo(line[i]! * k, line[i + 1]! * k);
    }
    if (isClosed) path.closePath();
  }
  return path;
}

function scaled({ x, y, width, height }: BoxMm, k: number): BoxMm {
  return { x: x * k, y: y * k, width: width * k, height: height * k };
}
