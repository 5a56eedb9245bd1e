import { CLASS_PATTERNS, type HatchLines } from "../../engine/heatmap/hatch-lines.ts";
import { contourLevels } from "../../engine/heatmap/map-look.ts";
import type { ConfidenceGrid } from "../../engine/heatmap/types.ts";
import { type Affine, boxOnSlide, scaleOf } from "./affine.ts";
import { drawHatching, type HatchPlace } from "./hatching.ts";
import type { ClassPart, MapPicture } from "./map-picture.ts";
import { type Outline, outlinePath, type PathOptions } from "./outline-path.ts";

export interface ContourStyle {
  readonly core: string;
  readonly casing: string;
}

export interface MapStyle extends ContourStyle {
  readonly pixelRatio: number;
}

/** Everything that a part of the drawing needs to know. */
interface Sheet extends MapStyle, HatchPlace, PathOptions {
  readonly context: CanvasRenderingContext2D;
}

/** Lines smaller than this both ways are left out of the thin ones, CSS pixels. */
const LEAST_THIN = 9;

/** In smaller rings there is no room for a line of the hatching, CSS pixels. */
const LEAST_HATCHED = 3;

/** Draws the map onto a canvas on which the slide lies as `toCanvas` says. */
export function drawMap(
  context: CanvasRenderingContext2D,
  picture: MapPicture,
  toCanvas: Affine,
  style: MapStyle,
): void {
  const seen = boxOnSlide(toCanvas, context.canvas.width, context.canvas.height);
  const sheet: Sheet = { ...style, context, toCanvas, seen };
  context.save();
  clipToSlide(sheet, picture.grid);
  if (picture.kind === "colour") drawCells(sheet, picture);
  if (picture.kind === "contours") drawLevels(sheet, picture);
  if (picture.kind === "hatching") drawBands(sheet, picture);
  if (picture.kind === "class-contours") drawClassLines(sheet, picture.parts, picture.opacity);
  if (picture.kind === "class-hatching") drawClassPatterns(sheet, picture.parts, picture.opacity);
  context.restore();
  if ("outline" in picture && picture.outline) strokeMain(sheet, picture.outline);
}

function clipToSlide(
  { context, toCanvas }: Sheet,
  { width0, height0 }: Pick<ConfidenceGrid, "width0" | "height0">,
): void {
  applyTo(context, toCanvas);
  context.beginPath();
  context.rect(0, 0, width0, height0);
  context.clip();
  context.setTransform(1, 0, 0, 1, 0, 0);
}

function drawCells({ context, toCanvas }: Sheet, picture: Extract<MapPicture, { kind: "colour" }>): void {
  const { grid, cells } = picture;
  applyTo(context, toCanvas);
  context.globalAlpha = picture.opacity;
  context.imageSmoothingEnabled = !picture.isSharp;
  context.imageSmoothingQuality = "high";
  context.drawImage(cells.canvas, 0, 0, grid.cols * grid.stride0X, grid.rows * grid.stride0Y);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
}

function strokeMain(sheet: Sheet, outline: Outline): void {
  strokeCased(sheet, outlinePath(outline, sheet.toCanvas, sheet), { ...sheet, widths: [3.5, 1.5] });
}

/** Thin lines in the palette's colours, as many as there is room for; the threshold's own comes on top. */
function drawLevels(sheet: Sheet, picture: Extract<MapPicture, { kind: "contours" }>): void {
  const { context, toCanvas, pixelRatio } = sheet;
  const pixelsPerCell = (scaleOf(toCanvas) * picture.grid.stride0X) / pixelRatio;
  const shown = contourLevels(picture.threshold, { pixelsPerCell, hasWeak: picture.hasWeak });
  context.globalAlpha = picture.opacity;
  for (const { level, colour, outline } of picture.levels) {
    if (!shown.includes(level)) continue;
    const path = outlinePath(outline(), toCanvas, { ...sheet, leastPixels: LEAST_THIN * pixelRatio });
    const isWeak = level < picture.threshold;
    context.setLineDash(isWeak ? [3 * pixelRatio, 3 * pixelRatio] : []);
    strokeCased(sheet, path, {
      core: colour,
      casing: casingOf(colour, sheet),
      widths: isWeak ? [3, 1.25] : [3.25, 1.75],
    });
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Each band clips the one before, and adds the lines that lie between those that are there. */
function drawBands(sheet: Sheet, picture: Extract<MapPicture, { kind: "hatching" }>): void {
  const { context, toCanvas } = sheet;
  context.globalAlpha = picture.opacity;
  const hatched = { ...sheet, leastPixels: LEAST_HATCHED * sheet.pixelRatio };
  const widest = picture.bands[0]?.every ?? 1;
  if (picture.weak) {
    context.save();
    context.clip(outlinePath(picture.weak, toCanvas, hatched), "evenodd");
    const lines: HatchLines = { angle: -45, every: widest, dash: [1, 2] };
    drawHatching(context, [lines], { ...sheet, coreWidth: 1.1, casingWidth: 2.6 }, sheet);
    context.restore();
  }
  for (const { every, outline } of picture.bands) {
    context.clip(outlinePath(outline, toCanvas, hatched), "evenodd");
    const lines: HatchLines = { angle: -45, every, ...(every === widest ? {} : { except: 2 }) };
    drawHatching(context, [lines], { ...sheet, coreWidth: 1.15, casingWidth: 2.6 }, sheet);
  }
}

/** Each line within its own class, so that two classes that touch have a line each. */
function drawClassLines(sheet: Sheet, parts: readonly ClassPart[], opacity: number): void {
  const { context } = sheet;
  context.globalAlpha = opacity;
  for (const { colour, outline } of parts) {
    const path = outlinePath(outline, sheet.toCanvas, sheet);
    context.save();
    context.clip(path, "evenodd");
    strokeCased(sheet, path, { core: colour, casing: casingOf(colour, sheet), widths: [7, 4.5] });
    context.restore();
  }
}

function drawClassPatterns(sheet: Sheet, parts: readonly ClassPart[], opacity: number): void {
  const { context } = sheet;
  context.globalAlpha = opacity;
  for (const { colour, outline, index } of parts) {
    const path = outlinePath(outline, sheet.toCanvas, sheet);
    context.save();
    context.clip(path, "evenodd");
    drawClassPattern(context, CLASS_PATTERNS[index % CLASS_PATTERNS.length] ?? [], colour, sheet);
    strokeCased(sheet, path, { core: colour, casing: casingOf(colour, sheet), widths: [5, 3] });
    context.restore();
  }
}

/** All over the context's clip. */
export function drawClassPattern(
  context: CanvasRenderingContext2D,
  pattern: readonly HatchLines[],
  colour: string,
  place: HatchPlace & ContourStyle,
): void {
  const ink = { core: colour, casing: casingOf(colour, place), coreWidth: 1.8, casingWidth: 3.4 };
  drawHatching(context, pattern, ink, place);
}

/** Light around dark colours, dark around light ones. */
function casingOf(colour: string, { core, casing }: ContourStyle): string {
  const value = Number.parseInt(colour.slice(1), 16);
  const light = 0.3 * (value >> 16) + 0.59 * ((value >> 8) & 255) + 0.11 * (value & 255);
  return light < 170 ? casing : core;
}

function strokeCased(
  { context, pixelRatio }: Sheet,
  path: Path2D,
  { core, casing, widths }: ContourStyle & { readonly widths: readonly [number, number] },
): void {
  // Quicker than round ones, and as good where lines are smooth or square.
  context.lineJoin = "miter";
  context.miterLimit = 2;
  context.strokeStyle = casing;
  context.lineWidth = widths[0] * pixelRatio;
  context.stroke(path);
  context.strokeStyle = core;
  context.lineWidth = widths[1] * pixelRatio;
  context.stroke(path);
}

function applyTo(context: CanvasRenderingContext2D, { a, b, c, d, e, f }: Affine): void {
  context.setTransform(a, b, c, d, e, f);
}
