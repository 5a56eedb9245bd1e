import { CLASS_PATTERNS } from "../../engine/heatmap/hatch-lines.ts";
import type { BelowThreshold } from "../../engine/heatmap/palette.ts";
import type { ConfidenceGrid } from "../../engine/heatmap/types.ts";
import { drawClassPattern, drawMap } from "./map-overlay.ts";
import { pictureOfGrid } from "./map-picture.ts";

export interface RampLook {
  readonly look: "contours" | "hatching";
  readonly threshold: number;
  readonly palette: string;
  readonly below: BelowThreshold;
}

/** CSS pixels of a cell: wide enough that every level has its line. */
const CELL = 6;
/** Cells beyond the picture's edges, so that outlines close out of sight. */
const BEYOND = 4;

/** A map whose confidence rises evenly from 0 at the left to 1 at the right, drawn by the same code as the slide's. */
export function drawRamp(canvas: HTMLCanvasElement, options: RampLook): void {
  const { clientWidth, clientHeight } = canvas;
  const pixelRatio = sizeToShown(canvas);
  const context = canvas.getContext("2d");
  if (!context || clientWidth === 0) return;
  const cols = Math.ceil(clientWidth / CELL) + 2 * BEYOND;
  const rows = Math.ceil(clientHeight / CELL) + 2 * BEYOND;
  const values = Float32Array.from({ length: cols * rows }, (_, i) => {
    const x = ((i % cols) + 0.5 - BEYOND) * CELL;
    return Math.min(1, Math.max(0, x / clientWidth));
  });
  const grid: ConfidenceGrid = {
    cols,
    rows,
    stride0X: CELL,
    stride0Y: CELL,
    width0: cols * CELL,
    height0: rows * CELL,
    values,
    tissue: new Uint8Array(values.length).fill(1),
  };
  const offset = -BEYOND * CELL * pixelRatio;
  const toCanvas = { a: pixelRatio, b: 0, c: 0, d: pixelRatio, e: offset, f: offset };
  drawMap(context, pictureOfGrid(grid, options), toCanvas, { ...lineColours(canvas), pixelRatio });
}

/** A square filled with a class's pattern, as the map shows it. */
export function drawPatternSample(canvas: HTMLCanvasElement, colour: string, index: number): void {
  const pixelRatio = sizeToShown(canvas);
  const context = canvas.getContext("2d");
  if (!context) return;
  const pattern = CLASS_PATTERNS[index % CLASS_PATTERNS.length] ?? [];
  const seen = { left: 0, top: 0, right: canvas.clientWidth, bottom: canvas.clientHeight };
  const toCanvas = { a: pixelRatio, b: 0, c: 0, d: pixelRatio, e: 0, f: 0 };
  drawClassPattern(context, pattern, colour, { ...lineColours(canvas), toCanvas, seen, pixelRatio });
}

function lineColours(canvas: HTMLCanvasElement): { readonly core: string; readonly casing: string } {
  const style = getComputedStyle(canvas);
  return { core: style.getPropertyValue("--contour-core"), casing: style.getPropertyValue("--contour-casing") };
}

/** Gives a canvas as many pixels as it has on the screen, and clears it. */
function sizeToShown(canvas: HTMLCanvasElement): number {
  const pixelRatio = window.devicePixelRatio || 1;
  canvas.width = Math.round(canvas.clientWidth * pixelRatio);
  canvas.height = Math.round(canvas.clientHeight * pixelRatio);
  return pixelRatio;
}
