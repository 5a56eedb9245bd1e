import { renderClasses, type ShownClass } from "../../engine/heatmap/class-map.ts";
import { CLASS_PATTERNS } from "../../engine/heatmap/hatch-lines.ts";
import { levelMask } from "../../engine/heatmap/level-mask.ts";
import { contourLevels, hatchBands, type MapLook, weakHatchLevel } from "../../engine/heatmap/map-look.ts";
import { cellRings, type OutlineRing, smoothRings } from "../../engine/heatmap/outline-rings.ts";
import { type BelowThreshold, renderGrid, samplePalette } from "../../engine/heatmap/palette.ts";
import type { CellMask, ConfidenceGrid } from "../../engine/heatmap/types.ts";
import type { RgbaImage } from "../../engine/slide/types.ts";
import {
  type BoxMm,
  type LineMm,
  PIXELS_PER_MM,
  ringOnSheet,
  type SheetItem,
  type Stroke,
  type ToMm,
} from "./sheet.ts";
import { hatching } from "./sheet-hatching.ts";
import { canvasOf } from "./tissue-picture.ts";

/** How a map is drawn, as the reader set it. */
export interface FigureLook {
  readonly mapLook: MapLook;
  /** 0 to 1. */
  readonly opacity: number;
  readonly palette: string;
  readonly below: BelowThreshold;
  readonly contours: boolean;
}

/** A map to be laid on paper. */
export interface SheetMap {
  readonly grid: ConfidenceGrid;
  readonly mask: CellMask;
  readonly threshold: number;
  /** Size of a cell on a screen that shows the paper in its own size, CSS pixels: decides how many contours there is room for. */
  readonly pixelsPerCell: number;
  /** All classes in their colours; null for the map of one. */
  readonly classes: { readonly all: readonly ShownClass[]; readonly labels: Uint8Array } | null;
}

const CORE = "#101113";
const CASING = "#ffffff";
/** Of lines on paper, mm. */
const MAIN = [0.5, 0.22] as const;
const THIN = [0.34, 0.17] as const;
const HATCH = { core: CORE, casing: CASING, coreWidth: 0.13, casingWidth: 0.32 } as const;
const WEAK_HATCH = { ...HATCH, coreWidth: 0.1, casingWidth: 0.26 } as const;
const CLASS_HATCH = { coreWidth: 0.22, casingWidth: 0.45 } as const;

/** Of a grid laid on paper. */
export function pixelsPerCellOf({ stride0X }: ConfidenceGrid, { a, b }: ToMm): number {
  return Math.hypot(a, b) * stride0X * (96 / 25.4);
}

/** The map over the box, in the reader's look: colours as a picture, everything else as lines. */
export function mapItems(map: SheetMap, look: FigureLook, toMm: ToMm, box: BoxMm): SheetItem[] {
  const place = { toMm, box };
  const items = map.classes ? classItems(map, map.classes, look, place) : confidenceItems(map, look, place);
  return [{ kind: "group", name: "map", opacity: 1, clip: { box }, items }];
}

interface Place {
  readonly toMm: ToMm;
  readonly box: BoxMm;
}

function confidenceItems(map: SheetMap, look: FigureLook, place: Place): SheetItem[] {
  const { grid, mask, threshold } = map;
  const main = linesOf(smoothRings(grid, mask, threshold), place);
  const hasMain = look.contours || look.mapLook === "contours";
  const outline: SheetItem[] = hasMain ? [cased("threshold", main, CASING, CORE, MAIN)] : [];
  if (look.mapLook === "contours") return [levels(map, look, place), ...outline];
  if (look.mapLook === "hatching") return [bands(map, look, place), ...outline];
  const { palette, below } = look;
  return [cells(grid, renderGrid(grid, { palette, threshold, below }), look.opacity, true, place), ...outline];
}

function levels(
  { grid, threshold, pixelsPerCell }: SheetMap,
  { below, palette, opacity }: FigureLook,
  place: Place,
): SheetItem {
  const shown = contourLevels(threshold, { pixelsPerCell, hasWeak: below === "faint" });
  const items = shown.map((level): SheetItem => {
    const [red, green, blue] = samplePalette(palette, level);
    const lines = linesOf(smoothRings(grid, levelMask(grid, level), level), place);
    const dash = level < threshold ? { dash: [0.7, 0.7] as const } : {};
    return cased(`level ${level}`, lines, CORE, hex(red, green, blue), THIN, dash);
  });
  return { kind: "group", name: "levels", opacity, clip: null, items };
}

/** Each band within the one before, with the lines that lie between those that are there already. */
function bands({ grid, mask, threshold }: SheetMap, { below, opacity }: FigureLook, place: Place): SheetItem {
  const all = hatchBands(threshold);
  const widest = all[0]?.every ?? 1;
  const weakLevel = weakHatchLevel(threshold);
  const weak: SheetItem[] =
    below === "faint"
      ? [
          {
            kind: "group",
            name: "weak",
            opacity: 1,
            clip: { lines: linesOf(smoothRings(grid, levelMask(grid, weakLevel), weakLevel), place) },
            items: hatching([{ angle: -45, every: widest, dash: [1, 2] }], place.box, WEAK_HATCH),
          },
        ]
      : [];
  const items = all.map(({ level, every }, i): SheetItem => {
    const within = i === 0 ? mask : levelMask(grid, level, mask);
    const pattern = { angle: -45, every, ...(every === widest ? {} : { except: 2 }) };
    return {
      kind: "group",
      name: `from ${level.toFixed(2)}`,
      opacity: 1,
      clip: { lines: linesOf(smoothRings(grid, within, level), place) },
      items: hatching([pattern], place.box, HATCH),
    };
  });
  return { kind: "group", name: "hatching", opacity, clip: null, items: [...weak, ...items] };
}

function classItems(
  { grid }: SheetMap,
  { all, labels }: NonNullable<SheetMap["classes"]>,
  { mapLook, opacity }: FigureLook,
  place: Place,
): SheetItem[] {
  if (mapLook === "colour") return [cells(grid, renderClasses(grid, labels, all), opacity, false, place)];
  const items = all.flatMap(({ name, colour, isBackground }, index): SheetItem[] => {
    if (isBackground) return [];
    const data = Uint8Array.from(labels, (label) => (label === index ? 1 : 0));
    const lines = linesOf(cellRings(grid, { cols: grid.cols, rows: grid.rows, data }), place);
    if (lines.length === 0) return [];
    // Each line within its own class, so that two classes that touch have a line each.
    const outline = cased("outline", lines, casingOf(colour), colour, mapLook === "contours" ? [1, 0.6] : [0.7, 0.4]);
    const pattern = mapLook === "contours" ? [] : classPattern(index, colour, place.box);
    return [{ kind: "group", name, opacity: 1, clip: { lines }, items: [...pattern, outline] }];
  });
  return [{ kind: "group", name: "classes", opacity, clip: null, items }];
}

/** The hatching of a class all over a box. */
export function classPattern(index: number, colour: string, box: BoxMm): SheetItem[] {
  const ink = { ...CLASS_HATCH, core: colour, casing: casingOf(colour) };
  return hatching(CLASS_PATTERNS[index % CLASS_PATTERNS.length] ?? [], box, ink);
}

function linesOf(rings: readonly OutlineRing[], { toMm, box }: Place): LineMm[] {
  return rings.flatMap((ring) => {
    const line = ringOnSheet(ring, toMm, box);
    return line ? [line] : [];
  });
}

/** One pixel a cell, brought to the paper's resolution; clear where there is nothing. */
function cells(
  grid: ConfidenceGrid,
  image: RgbaImage,
  opacity: number,
  isSmooth: boolean,
  { toMm, box }: Place,
): SheetItem {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(box.width * PIXELS_PER_MM));
  canvas.height = Math.max(1, Math.round(box.height * PIXELS_PER_MM));
  const context = canvas.getContext("2d");
  if (context) {
    drawPlaced(context, canvasOf(image), toMm, box, {
      width0: grid.cols * grid.stride0X,
      height0: grid.rows * grid.stride0Y,
      clip0: grid,
      isSmooth,
    });
  }
  return {
    kind: "group",
    name: "cells",
    opacity,
    clip: null,
    items: [{ kind: "picture", box, canvas, format: "png" }],
  };
}

/** Draws a picture of level-0 size `width0` x `height0`, from the slide's corner on, as it lies on paper. */
export function drawPlaced(
  context: CanvasRenderingContext2D,
  picture: HTMLCanvasElement,
  { a, b, c, d, e, f }: ToMm,
  box: BoxMm,
  size: {
    readonly width0: number;
    readonly height0: number;
    readonly x0?: number;
    readonly y0?: number;
    readonly clip0?: { readonly width0: number; readonly height0: number };
    readonly isSmooth: boolean;
  },
): void {
  const scaleX = context.canvas.width / box.width;
  const scaleY = context.canvas.height / box.height;
  context.save();
  context.setTransform(a * scaleX, b * scaleY, c * scaleX, d * scaleY, (e - box.x) * scaleX, (f - box.y) * scaleY);
  context.imageSmoothingEnabled = size.isSmooth;
  context.imageSmoothingQuality = "high";
  if (size.clip0) {
    context.beginPath();
    context.rect(0, 0, size.clip0.width0, size.clip0.height0);
    context.clip();
  }
  context.drawImage(picture, size.x0 ?? 0, size.y0 ?? 0, size.width0, size.height0);
  context.restore();
}

function cased(
  name: string,
  lines: readonly LineMm[],
  casing: string,
  core: string,
  [outer, inner]: readonly [number, number],
  dash: Pick<Stroke, "dash"> = {},
): SheetItem {
  const strokes = [
    { colour: casing, width: outer, ...dash },
    { colour: core, width: inner, ...dash },
  ];
  const item: SheetItem = { kind: "lines", lines, isClosed: true, strokes };
  return { kind: "group", name, opacity: 1, clip: null, items: [item] };
}

/** Light around dark colours, dark around light ones. */
function casingOf(colour: string): string {
  const value = Number.parseInt(colour.slice(1), 16);
  const light = 0.3 * (value >> 16) + 0.59 * ((value >> 8) & 255) + 0.11 * (value & 255);
  return light < 170 ? CASING : CORE;
}

function hex(...channels: readonly number[]): string {
  return `#${channels.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
}
