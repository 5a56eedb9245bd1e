import { AppError } from "../../engine/base/errors.ts";
import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import { type ClassArea, renderClasses } from "../../engine/heatmap/class-map.ts";
import { legendEnds, paletteTable, renderGrid } from "../../engine/heatmap/palette.ts";
import type { Region } from "../../engine/heatmap/types.ts";
import type { RgbaImage } from "../../engine/slide/types.ts";
import type { FinishedResult } from "../state/result.ts";
import { inEnglish } from "../words/words.ts";
import { figureText } from "./figure-text.ts";
import { ASSUMED_MARK, formatPercent, formatUm, isAssumed } from "./numbers.ts";
import { meanMpp, scaleBarOf } from "./scale.ts";
import { canvasOf, readTissue } from "./tissue-picture.ts";

/** Pixels along the longer side of the tissue in the figure. */
const LONGEST_SIDE = 4096;
/** The picture of a slide that is not at hand is brought to this, so that outlines stay fine. */
const RECORDED_SIDE = 2048;
const INK = "#1a1b1d";
const QUIET_INK = "#5b5c62";
const CONTOUR = "#101113";
const CASING = "rgb(255 255 255 / 0.8)";

/** The tissue with its map, heading, legend, scale bar and research-use sentence, as a PNG. */
export async function drawFigure(result: FinishedResult): Promise<Blob> {
  const tissue = enlarged(
    await readTissue(result.slide.client, LONGEST_SIDE),
    result.slide.recorded ? RECORDED_SIDE : 1,
  );
  const { width, height } = tissue;
  const unit = Math.max(14, Math.round(Math.max(width, 900) / 64));
  const sheet = { width: Math.max(width, 900), top: unit * 5, height, bottom: unit * 6.5, unit };
  const canvas = document.createElement("canvas");
  canvas.width = sheet.width;
  canvas.height = Math.round(sheet.top + height + sheet.bottom);
  const context = canvas.getContext("2d");
  if (!context)
    throw new AppError(
      "app/unexpected",
      "The browser could not make a picture of this size; close other tabs and try again.",
    );
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  drawHeading(context, result, unit);
  context.save();
  context.translate(0, sheet.top);
  drawTissue(context, result, tissue, { width, height });
  context.restore();
  drawFoot(context, result, sheet, width);
  return pngOf(canvas);
}

function drawHeading(context: CanvasRenderingContext2D, result: FinishedResult, unit: number): void {
  const { heading, facts } = figureText(result);
  context.textBaseline = "alphabetic";
  context.fillStyle = INK;
  context.font = `600 ${unit * 1.5}px system-ui, sans-serif`;
  context.fillText(heading, unit, unit * 2.2);
  context.fillStyle = QUIET_INK;
  context.font = `${unit}px system-ui, sans-serif`;
  context.fillText(facts, unit, unit * 3.9, context.canvas.width - 2 * unit);
}

/** At least `side` pixels along the longer side. */
function enlarged(picture: HTMLCanvasElement, side: number): HTMLCanvasElement {
  const scale = side / Math.max(picture.width, picture.height);
  if (scale <= 1) return picture;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const context = canvas.getContext("2d");
  if (!context) return picture;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function drawTissue(
  context: CanvasRenderingContext2D,
  result: FinishedResult,
  tissue: HTMLCanvasElement,
  size: Size,
): void {
  const { findings, look, slide } = result;
  context.imageSmoothingQuality = "high";
  context.drawImage(tissue, 0, 0);
  const { grid } = findings;
  const scaleX = size.width / slide.info.width0;
  const scaleY = size.height / slide.info.height0;
  const all = result.classes?.chosen === null ? result.classes : null;
  const map = all
    ? renderClasses(grid, all.map.labels, all.all)
    : renderGrid(grid, { palette: look.palette, threshold: findings.threshold, below: look.below });
  context.save();
  context.beginPath();
  context.rect(0, 0, size.width, size.height);
  context.clip();
  context.globalAlpha = look.opacity;
  context.imageSmoothingEnabled = all === null;
  context.drawImage(canvasOf(map), 0, 0, grid.cols * grid.stride0X * scaleX, grid.rows * grid.stride0Y * scaleY);
  context.restore();
  if (look.contours && all === null) strokeRegions(context, findings.regions, scaleX, scaleY, size);
}

function strokeRegions(
  context: CanvasRenderingContext2D,
  regions: readonly Region[],
  scaleX: number,
  scaleY: number,
  size: Size,
): void {
  context.beginPath();
  for (const ring of regions.flatMap((region) => [region.outer, ...region.holes])) {
    ring.forEach(([x0, y0], i) => {
      if (i === 0) context.moveTo(x0 * scaleX, y0 * scaleY);
      else context.lineTo(x0 * scaleX, y0 * scaleY);
    });
    context.closePath();
  }
  const thin = Math.max(1, Math.max(size.width, size.height) / 1400);
  context.lineJoin = "round";
  context.strokeStyle = CASING;
  context.lineWidth = 2.6 * thin;
  context.stroke();
  context.strokeStyle = CONTOUR;
  context.lineWidth = 1.2 * thin;
  context.stroke();
}

interface Sheet extends Size {
  readonly top: number;
  readonly bottom: number;
  readonly unit: number;
}

function drawFoot(context: CanvasRenderingContext2D, result: FinishedResult, sheet: Sheet, widthTissue: number): void {
  const { unit } = sheet;
  const y = sheet.top + sheet.height + unit;
  if (result.classes?.chosen === null) drawClassLegend(context, result.classes.map.areas, { x: unit, y, unit });
  else drawLegend(context, result, { x: unit, y, unit });
  const mpp = (meanMpp(result.pixelSize) * result.slide.info.width0) / widthTissue;
  const bar = scaleBarOf(mpp, unit * 14, "um");
  const x = sheet.width - unit - bar.width;
  context.fillStyle = INK;
  context.fillRect(x, y + unit * 0.3, bar.width, unit * 0.35);
  context.font = `${unit}px system-ui, sans-serif`;
  context.textAlign = "right";
  const mark = isAssumed(result.pixelSize) ? ` (${ASSUMED_MARK})` : "";
  context.fillText(`${inEnglish(() => formatUm(bar.length))}${mark}`, sheet.width - unit, y + unit * 2.2);
  context.textAlign = "left";
  context.fillStyle = QUIET_INK;
  context.fillText(RESEARCH_USE_NOTICE, unit, y + unit * 4.6, sheet.width - 2 * unit);
}

function drawLegend(
  context: CanvasRenderingContext2D,
  result: FinishedResult,
  at: { readonly x: number; readonly y: number; readonly unit: number },
): void {
  const { x, y, unit } = at;
  const width = unit * 18;
  const ends = legendEnds(result.title);
  const table: RgbaImage = { width: 256, height: 1, data: paletteTable(result.look.palette) };
  context.drawImage(canvasOf(table), x, y, width, unit);
  context.strokeStyle = QUIET_INK;
  context.lineWidth = Math.max(1, unit / 16);
  context.strokeRect(x, y, width, unit);
  context.fillStyle = INK;
  const mark = x + result.findings.threshold * width;
  context.fillRect(mark - unit * 0.08, y - unit * 0.35, unit * 0.16, unit * 1.7);
  context.font = `${unit}px system-ui, sans-serif`;
  context.fillText(ends.low, x, y + unit * 2.2);
  context.textAlign = "right";
  context.fillText(ends.high, x + width, y + unit * 2.2);
  context.textAlign = "left";
}

/** Name and share of each class that the map has, in two rows. */
function drawClassLegend(
  context: CanvasRenderingContext2D,
  areas: readonly ClassArea[],
  at: { readonly x: number; readonly y: number; readonly unit: number },
): void {
  const { x, y, unit } = at;
  const shown = areas.filter(({ isBackground, area0 }) => !isBackground && area0 > 0);
  const perRow = Math.ceil(shown.length / 2);
  const room = (context.canvas.width - 18 * unit) / Math.max(1, perRow);
  context.font = `${unit}px system-ui, sans-serif`;
  shown.forEach(({ name, colour, fraction }, index) => {
    const left = x + (index % perRow) * room;
    const top = y + Math.floor(index / perRow) * unit * 1.5;
    context.fillStyle = colour;
    context.fillRect(left, top, unit, unit);
    context.strokeStyle = QUIET_INK;
    context.lineWidth = Math.max(1, unit / 16);
    context.strokeRect(left, top, unit, unit);
    context.fillStyle = INK;
    context.fillText(
      `${name} ${inEnglish(() => formatPercent(fraction))}`,
      left + unit * 1.4,
      top + unit * 0.85,
      room - unit * 1.8,
    );
  });
}

async function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob) return blob;
  throw new AppError("app/unexpected", "The browser could not write the picture; close other tabs and try again.");
}
