import type { ClassArea } from "../../engine/heatmap/class-map.ts";
import { levelMask } from "../../engine/heatmap/level-mask.ts";
import { legendEnds } from "../../engine/heatmap/palette.ts";
import type { ConfidenceGrid } from "../../engine/heatmap/types.ts";
import type { FinishedResult } from "../state/result.ts";
import { formatPercent, formatThreshold } from "./numbers.ts";
import type { BoxMm, SheetItem } from "./sheet.ts";
import { classPattern, type FigureLook, mapItems } from "./sheet-map.ts";

export const TEXT = 2.4;
export const INK = "#1a1b1d";
export const QUIET_INK = "#4b4c52";
const LINE = { colour: QUIET_INK, width: 0.12 } as const;
const BAR = 3;
const SWATCH = 3;
const ROW = 4.2;

interface LegendPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** As the map's: the legend shows the lines that the map shows. */
  readonly pixelsPerCell: number;
}

interface Legend {
  readonly items: readonly SheetItem[];
  readonly height: number;
}

/** What the map's colours or lines mean, as wide as asked for. In English, as all of a figure. */
export function legendOf(result: FinishedResult, look: FigureLook, at: LegendPlace): Legend {
  const { classes } = result;
  return classes?.chosen === null ? classLegend(classes.map.areas, look, at) : rampLegend(result, look, at);
}

/** Confidence from 0 to 1 drawn as the map is, with its ends named and the threshold marked. */
function rampLegend(
  { title, findings: { threshold } }: FinishedResult,
  look: FigureLook,
  { x, y, width, pixelsPerCell }: LegendPlace,
): Legend {
  const box: BoxMm = { x, y: y + ROW, width, height: BAR };
  const grid = ramp(threshold);
  const scale = width / grid.width0;
  const toMm = { a: scale, b: 0, c: 0, d: scale, e: x, f: box.y - BAR };
  const mask = levelMask(grid, threshold);
  const map = mapItems(
    { grid, mask, threshold, pixelsPerCell, classes: null },
    { ...look, opacity: 1, contours: false },
    toMm,
    box,
  );
  const ends = legendEnds(title);
  const mark = x + threshold * width;
  // At an end the words stay over the bar.
  const anchor = threshold < 0.25 ? "start" : threshold > 0.75 ? "end" : "middle";
  return {
    items: [
      {
        kind: "group",
        name: "legend",
        opacity: 1,
        clip: null,
        items: [
          ...map,
          { kind: "box", box, fill: null, stroke: LINE },
          { kind: "box", box: { x: mark - 0.15, y: box.y - 0.7, width: 0.3, height: BAR + 1.4 }, fill: INK },
          text(`threshold ${formatThreshold(threshold)}`, mark, y + ROW - 1.2, anchor),
          text(ends.low, x, box.y + BAR + TEXT + 0.5, "start"),
          text(ends.high, x + width, box.y + BAR + TEXT + 0.5, "end"),
        ],
      },
    ],
    height: ROW + BAR + TEXT + 1.2,
  };
}

/** 100 cells from 0 to 1, with rows to spare above and below, so that outlines close out of sight. */
function ramp(threshold: number): ConfidenceGrid {
  const [cols, rows] = [200, 20];
  return {
    cols,
    rows,
    stride0X: 1,
    stride0Y: 1,
    width0: cols,
    height0: rows,
    // Exactly at the threshold's mark the map begins to count.
    values: Float32Array.from({ length: cols * rows }, (_, i) => ((i % cols) + (threshold < 1 ? 0.5 : 0)) / cols),
    tissue: new Uint8Array(cols * rows).fill(1),
  };
}

/** A swatch, name and share for each class that the map has. */
function classLegend(areas: readonly ClassArea[], { mapLook }: FigureLook, { x, y, width }: LegendPlace): Legend {
  const shown = areas.flatMap((area, index) => (area.isBackground || area.area0 === 0 ? [] : [{ area, index }]));
  const perRow = Math.max(1, Math.floor(width / 42));
  const room = width / perRow;
  const items = shown.flatMap(({ area, index }, i): SheetItem[] => {
    const box = {
      x: x + (i % perRow) * room,
      y: y + Math.floor(i / perRow) * ROW,
      width: SWATCH * 1.5,
      height: SWATCH,
    };
    const fill = mapLook === "colour" ? area.colour : null;
    const inside: SheetItem[] =
      mapLook === "hatching"
        ? [
            {
              kind: "group",
              name: area.name,
              opacity: 1,
              clip: { box },
              items: classPattern(index, area.colour, box),
            },
          ]
        : [];
    const stroke = mapLook === "contours" ? { colour: area.colour, width: 0.4 } : LINE;
    return [
      ...inside,
      { kind: "box", box, fill, stroke },
      text(`${area.name} ${formatPercent(area.fraction)}`, box.x + box.width + 1.2, box.y + SWATCH - 0.5, "start"),
    ];
  });
  return {
    items: [{ kind: "group", name: "legend", opacity: 1, clip: null, items }],
    height: Math.ceil(shown.length / perRow) * ROW,
  };
}

export function text(
  words: string,
  x: number,
  y: number,
  anchor: "start" | "middle" | "end",
  more: { readonly isBold?: boolean; readonly halo?: string; readonly colour?: string; readonly size?: number } = {},
): SheetItem {
  const { isBold = false, colour = INK, size = TEXT, halo } = more;
  return { kind: "text", text: words, x, y, anchor, size, isBold, colour, ...(halo === undefined ? {} : { halo }) };
}
