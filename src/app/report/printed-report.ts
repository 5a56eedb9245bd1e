import type { MeasuredMap } from "../../engine/heatmap/measure-map.ts";
import type { Region } from "../../engine/heatmap/types.ts";
import type { FinishedResult } from "../state/result.ts";
import { measuredOf } from "./exports.ts";
import { type FigureProgress, makeFigure } from "./figure.ts";
import type { NamingOptions } from "./naming.ts";
import { PIXELS_PER_MM } from "./sheet.ts";
import { paintSheet } from "./sheet-canvas.ts";
import type { FigureLook } from "./sheet-map.ts";
import { drawSlidePatch } from "./slide-patch.ts";

/** A focus with the piece of the slide around it. */
export interface PrintedFinding {
  readonly region: Region;
  readonly picture: HTMLCanvasElement;
}

/** All that a printed report shows, of one moment. */
export interface PrintedReport {
  readonly result: FinishedResult;
  /** Tissue and map side by side, with scale bars and legend. */
  readonly overview: HTMLCanvasElement;
  readonly measured: MeasuredMap;
  /** Largest first; empty where all classes are shown at once. */
  readonly findings: readonly PrintedFinding[];
  /** Of the slide's fingerprint; null where the slide could not be read for it. */
  readonly slideSha256: string | null;
  /** Null where it stays out. */
  readonly slideName: string | null;
  /** Milliseconds since 1970. */
  readonly printedAt: number;
}

export interface ReportOptions extends NamingOptions {
  readonly look: FigureLook;
  readonly now: number;
}

/** Narrow enough for A4 and Letter with margins of 12 mm, low enough to leave room for all else on one page. */
const WIDTH = 186;
const PICTURE_HEIGHT = 64;
const FINDINGS = 6;
/** Pixels of a thumbnail: 26 mm at 300 dpi. */
const SIDE = 307;
/** Level-0 side of a thumbnail as a share of its region's. */
const AIR = 1.3;
/** Of the work, by guess: what the overview takes. */
const OVERVIEW_SHARE = 0.7;

/** Reads of the slide what the paper shows. Throws what reading the slide throws. */
export async function makeReport(
  result: FinishedResult,
  { look, hasName, now }: ReportOptions,
  { signal, onProgress }: FigureProgress,
): Promise<PrintedReport> {
  const options = {
    width: WIDTH,
    shows: "both",
    look,
    field: null,
    pictureHeight: PICTURE_HEIGHT,
    foot: "legend",
  } as const;
  const sheet = await makeFigure(result, options, {
    signal,
    onProgress: (fraction) => onProgress?.(fraction * OVERVIEW_SHARE),
  });
  const { slide, classes } = result;
  const shown = classes?.chosen === null ? [] : result.findings.regions.slice(0, FINDINGS);
  const findings: PrintedFinding[] = [];
  for (const region of shown) {
    findings.push({ region, picture: await regionPicture(result, region, signal) });
    onProgress?.(OVERVIEW_SHARE + ((1 - OVERVIEW_SHARE) * findings.length) / shown.length);
  }
  return {
    result,
    overview: paintSheet(sheet, PIXELS_PER_MM),
    measured: measuredOf(result),
    findings,
    slideSha256: (await slide.fingerprint)?.sha256 ?? null,
    slideName: hasName || slide.isDemo ? slide.info.name : null,
    printedAt: now,
  };
}

async function regionPicture(
  { slide }: FinishedResult,
  region: Region,
  signal: AbortSignal | undefined,
): Promise<HTMLCanvasElement> {
  const xs = region.outer.map(([x0]) => x0);
  const ys = region.outer.map(([, y0]) => y0);
  const [left, right] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b))];
  const [top, bottom] = [ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))];
  const side0 = Math.max(right - left, bottom - top, SIDE) * AIR;
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  const box = { x0: (left + right - side0) / 2, y0: (top + bottom - side0) / 2, width0: side0, height0: side0 };
  await drawSlidePatch(context, slide.client, box, SIDE, signal);
  strokeRegion(context, region, box.x0, box.y0, SIDE / side0);
  return canvas;
}

function strokeRegion(context: CanvasRenderingContext2D, region: Region, x0: number, y0: number, scale: number): void {
  context.beginPath();
  for (const ring of [region.outer, ...region.holes]) {
    ring.forEach(([x, y], i) => {
      if (i === 0) context.moveTo((x - x0) * scale, (y - y0) * scale);
      else context.lineTo((x - x0) * scale, (y - y0) * scale);
    });
    context.closePath();
  }
  context.lineJoin = "round";
  context.strokeStyle = "#ffffff";
  context.lineWidth = 5;
  context.stroke();
  context.strokeStyle = "#101113";
  context.lineWidth = 2;
  context.stroke();
}
