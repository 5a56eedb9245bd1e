import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import type { FinishedResult } from "../state/result.ts";
import { inEnglish } from "../words/words.ts";
import { INK, legendOf, QUIET_INK, TEXT, text } from "./figure-legend.ts";
import { type Field0, type Panel, readPanel, wholeField } from "./figure-panel.ts";
import { figureText } from "./figure-text.ts";
import { ASSUMED_MARK, formatUm, isAssumed } from "./numbers.ts";
import { describePng } from "./png-chunks.ts";
import { pngOf } from "./png-of.ts";
import { scaleBarOf } from "./scale.ts";
import { type BoxMm, PIXELS_PER_INCH, PIXELS_PER_MM, SHEET_FONT, type Sheet, type SheetItem } from "./sheet.ts";
import { paintSheet } from "./sheet-canvas.ts";
import { type FigureLook, mapItems, pixelsPerCellOf } from "./sheet-map.ts";
import { sheetToSvg } from "./sheet-svg.ts";

/** What a figure shows and how wide it is printed. */
export interface FigureOptions {
  /** Millimetres: 85 for a column of a journal, 180 for two. */
  readonly width: number;
  readonly shows: "map" | "tissue" | "both";
  readonly look: FigureLook;
  /** What of the slide; null for the whole. */
  readonly field: Field0 | null;
  /** Highest picture, mm. Default: what leaves room for legend and caption on a page. */
  readonly pictureHeight?: number;
  /** What stands below. Default: legend and caption. */
  readonly foot?: "full" | "legend";
}

export interface FigureProgress {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

const MARGIN = 2;
const GAP = 3;
const PICTURE_HEIGHT = 200;
const LINE_HEIGHT = 3.3;
/** Of a ramp that stands alone. */
const LEGEND_WIDTH = 90;

/**
 * The figure as it lies on paper. Reads of the slide what `width` at 300 dpi needs. It names no file, because figures travel, and is in English.
 * Throws what reading the slide throws.
 */
export async function makeFigure(
  result: FinishedResult,
  options: FigureOptions,
  { signal, onProgress }: FigureProgress = {},
): Promise<Sheet> {
  const { width, shows, look, field, foot = "full", pictureHeight = PICTURE_HEIGHT } = options;
  const count = shows === "both" ? 2 : 1;
  const room = { width: (width - 2 * MARGIN - (count - 1) * GAP) / count, height: pictureHeight };
  const panel = await readPanel(result, field ?? wholeField(result), room, { signal, onProgress });
  const shown = count === 2 ? (["tissue", "map"] as const) : ([shows === "tissue" ? "tissue" : "map"] as const);
  const used = count * panel.box.width + (count - 1) * GAP;
  const left = (width - used) / 2;
  const items = shown.flatMap((what, i) => {
    const shift = left + i * (panel.box.width + GAP);
    return panelItems(result, movedBy(panel, shift, MARGIN), what === "map" ? look : null);
  });
  return inEnglish(() => {
    const below = MARGIN + panel.box.height + GAP;
    const pixelsPerCell = pixelsPerCellOf(result.findings.grid, panel.toMm);
    const place = { width, y: below, look: shows === "tissue" ? null : look, pixelsPerCell };
    const end = foot === "full" ? footItems(result, place) : legendItems(result, place);
    return { width, height: end.height, title: figureText(result).heading, items: [...items, ...end.items] };
  });
}

/** A PNG that says it has 300 dots an inch, or an SVG in millimetres. */
export async function figureFile(result: FinishedResult, sheet: Sheet, format: "png" | "svg"): Promise<Blob> {
  const texts = { Title: sheet.title, Software: `Palisade ${result.appVersion}`, Disclaimer: RESEARCH_USE_NOTICE };
  if (format === "svg") {
    return new Blob([await sheetToSvg(sheet, `Palisade ${result.appVersion}. ${RESEARCH_USE_NOTICE}`)], {
      type: "image/svg+xml",
    });
  }
  const png = await pngOf(paintSheet(sheet, PIXELS_PER_MM));
  return new Blob([describePng(png, { pixelsPerInch: PIXELS_PER_INCH, texts })], { type: "image/png" });
}

function panelItems(result: FinishedResult, { box, toMm, canvas, umPerMm, isSkewed }: Panel, look: FigureLook | null) {
  const { findings, classes } = result;
  const all = classes?.chosen === null ? { all: classes.all, labels: classes.map.labels } : null;
  const { grid, mask, threshold } = findings;
  const map = { grid, mask, threshold, pixelsPerCell: pixelsPerCellOf(grid, toMm), classes: all };
  const tissue: SheetItem = { kind: "picture", box, canvas, format: "jpeg" };
  return [
    { kind: "group", name: "tissue", opacity: 1, clip: { box }, items: [tissue] } as const,
    ...(look ? mapItems(map, look, toMm, box) : []),
    scaleBarItem(
      box,
      umPerMm,
      `${isAssumed(result.pixelSize) ? ` (${ASSUMED_MARK})` : ""}${isSkewed ? " across" : ""}`,
    ),
  ];
}

/** Burned in at the lower right, dark within light, so that it is seen on glass and on tissue. */
function scaleBarItem(box: BoxMm, umPerMm: number, mark: string): SheetItem {
  const bar = scaleBarOf(umPerMm, Math.max(8, box.width * 0.28), "um");
  const right = box.x + box.width - 2.2;
  const y = box.y + box.height - 3;
  const place = { x: right - bar.width, y, width: bar.width, height: 0.9 };
  const words = inEnglish(() => `${formatUm(bar.length)}${mark}`);
  return {
    kind: "group",
    name: "scale bar",
    opacity: 1,
    clip: null,
    items: [
      { kind: "box", box: place, fill: INK, stroke: { colour: "#ffffff", width: 0.35 } },
      { kind: "box", box: place, fill: INK },
      text(words, right, y - 1, "end", { halo: "#ffffff" }),
    ],
  };
}

interface FootPlace {
  readonly width: number;
  readonly y: number;
  /** Null without a map. */
  readonly look: FigureLook | null;
  readonly pixelsPerCell: number;
}

function legendItems(result: FinishedResult, { width, y, look, pixelsPerCell }: FootPlace) {
  const room = Math.min(width - 2 * MARGIN, result.classes?.chosen === null ? width : LEGEND_WIDTH);
  const legend = look
    ? legendOf(result, look, { x: (width - room) / 2, y, width: room, pixelsPerCell })
    : { items: [], height: 0 };
  return { items: legend.items, height: y + legend.height + MARGIN };
}

function footItems(
  result: FinishedResult,
  { width, y, look, pixelsPerCell }: FootPlace,
): { readonly items: readonly SheetItem[]; readonly height: number } {
  const inner = width - 2 * MARGIN;
  const isWide = width >= 120;
  const legendWidth = isWide ? Math.min(64, inner * 0.4) : inner;
  const legend = look
    ? legendOf(result, look, { x: MARGIN, y, width: legendWidth, pixelsPerCell })
    : { items: [], height: 0 };
  const beside = isWide && look !== null;
  const textX = beside ? MARGIN + legendWidth + 2 * GAP : MARGIN;
  const textY = beside || !look ? y : y + legend.height + 1.5;
  const caption = captionItems(result, look !== null, { x: textX, y: textY, width: width - MARGIN - textX });
  return {
    items: [...legend.items, { kind: "group", name: "caption", opacity: 1, clip: null, items: caption.items }],
    height: Math.max(y + legend.height, textY + caption.height) + MARGIN,
  };
}

function captionItems(
  result: FinishedResult,
  hasMap: boolean,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): { readonly items: readonly SheetItem[]; readonly height: number } {
  const { heading, facts, tissueFacts } = figureText(result);
  const lines = [
    ...(hasMap ? wrapped(heading, width, true).map((words) => ({ words, isBold: true, colour: INK })) : []),
    ...wrapped(hasMap ? facts : tissueFacts, width, false).map((words) => ({ words, isBold: false, colour: INK })),
    ...wrapped(RESEARCH_USE_NOTICE, width, false).map((words) => ({ words, isBold: false, colour: QUIET_INK })),
  ];
  return {
    items: lines.map(({ words, isBold, colour }, i) =>
      text(words, x, y + TEXT + i * LINE_HEIGHT, "start", { isBold, colour }),
    ),
    height: lines.length * LINE_HEIGHT,
  };
}

/** Broken at spaces, by the letters of this computer and with a little air for those of another. */
function wrapped(words: string, width: number, isBold: boolean): string[] {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return [words];
  context.font = `${isBold ? "bold " : ""}${TEXT * 10}px ${SHEET_FONT}`;
  const lines: string[] = [];
  let line = "";
  for (const word of words.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && context.measureText(longer).width / 10 > width * 0.94) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === "" ? lines : [...lines, line];
}

function movedBy(panel: Panel, x: number, y: number): Panel {
  const { toMm, box } = panel;
  return {
    ...panel,
    box: { ...box, x: box.x + x, y: box.y + y },
    toMm: { ...toMm, e: toMm.e + x, f: toMm.f + y },
  };
}
