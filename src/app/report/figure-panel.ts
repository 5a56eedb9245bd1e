import { throwIfAborted } from "../../engine/base/errors.ts";
import type { FinishedResult } from "../state/result.ts";
import type { FigureProgress } from "./figure.ts";
import { type BoxMm, PIXELS_PER_MM, type ToMm } from "./sheet.ts";
import { drawPlaced } from "./sheet-map.ts";
import { type Part0, readTissue } from "./tissue-picture.ts";

interface Point0 {
  readonly x0: number;
  readonly y0: number;
}

/** A rectangle as seen, which may lie turned or mirrored on the slide: its corners, from the top left one clockwise. */
export type Field0 = readonly [Point0, Point0, Point0, Point0];

/** A part of the slide as it lies on paper, its upper left corner at the origin. */
export interface Panel {
  readonly box: BoxMm;
  readonly toMm: ToMm;
  readonly canvas: HTMLCanvasElement;
  /** Along the paper's horizontal. */
  readonly umPerMm: number;
  /** True where lengths in other directions have another scale, as on a screen that shows oblong pixels as squares. */
  readonly isSkewed: boolean;
}

export function wholeField({ slide }: FinishedResult): Field0 {
  const { width0, height0 } = slide.info;
  return [
    { x0: 0, y0: 0 },
    { x0: width0, y0: 0 },
    { x0: width0, y0: height0 },
    { x0: 0, y0: height0 },
  ];
}

/** Brings a field as large as it fits into the room, and reads what of the slide lies in it. */
export async function readPanel(
  { slide, pixelSize }: FinishedResult,
  [topLeft, topRight, , bottomLeft]: Field0,
  room: { readonly width: number; readonly height: number },
  { signal, onProgress }: FigureProgress,
): Promise<Panel> {
  const { mppX, mppY } = pixelSize;
  const across = { x: topRight.x0 - topLeft.x0, y: topRight.y0 - topLeft.y0 };
  const down = { x: bottomLeft.x0 - topLeft.x0, y: bottomLeft.y0 - topLeft.y0 };
  const widthUm = Math.hypot(across.x * mppX, across.y * mppY);
  const heightUm = Math.hypot(down.x * mppX, down.y * mppY);
  // Upright and on their side, oblong pixels get their true shape; at other turns what is a right angle on the screen would not be one.
  const skew = Math.abs(across.x * down.x * mppX ** 2 + across.y * down.y * mppY ** 2) / (widthUm * heightUm);
  const isSkewed = skew > 1e-3;
  const ratio = isSkewed ? Math.hypot(down.x, down.y) / Math.hypot(across.x, across.y) : heightUm / widthUm;
  const width = Math.min(room.width, room.height / ratio);
  const box: BoxMm = { x: 0, y: 0, width, height: width * ratio };
  const toMm = placed(topLeft, across, down, box);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(box.width * PIXELS_PER_MM));
  canvas.height = Math.max(1, Math.round(box.height * PIXELS_PER_MM));
  const context = canvas.getContext("2d");
  if (context) {
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    const part = partOnSlide(slide.info, topLeft, across, down);
    const pixelsPerPixel0 = Math.hypot(toMm.a, toMm.b) * PIXELS_PER_MM;
    const side = Math.ceil(Math.max(part.width0, part.height0) * pixelsPerPixel0);
    if (part.width0 > 0 && part.height0 > 0) {
      const tissue = await readTissue(slide.client, side, { part, signal, onProgress });
      throwIfAborted(signal);
      drawPlaced(context, tissue, toMm, box, { ...part, isSmooth: true });
    }
  }
  return { box, toMm, canvas, umPerMm: widthUm / box.width, isSkewed };
}

type Step = { readonly x: number; readonly y: number };

/** Solves for the map that brings the field's corner to the origin and its sides onto those of the box. */
function placed(corner: Point0, across: Step, down: Step, box: BoxMm): ToMm {
  const determinant = across.x * down.y - across.y * down.x;
  const a = (box.width * down.y) / determinant;
  const c = (-box.width * down.x) / determinant;
  const b = (-box.height * across.y) / determinant;
  const d = (box.height * across.x) / determinant;
  return { a, b, c, d, e: -a * corner.x0 - c * corner.y0, f: -b * corner.x0 - d * corner.y0 };
}

/** The upright rectangle of the slide that holds what of the field lies on it. */
function partOnSlide(
  { width0, height0 }: { readonly width0: number; readonly height0: number },
  corner: Point0,
  across: Step,
  down: Step,
): Part0 {
  const xs = [0, across.x, down.x, across.x + down.x].map((x) => corner.x0 + x);
  const ys = [0, across.y, down.y, across.y + down.y].map((y) => corner.y0 + y);
  const left = Math.max(0, Math.min(...xs));
  const top = Math.max(0, Math.min(...ys));
  const right = Math.min(width0, Math.max(...xs));
  const bottom = Math.min(height0, Math.max(...ys));
  return { x0: left, y0: top, width0: right - left, height0: bottom - top };
}
