import { RESEARCH_USE_NOTICE } from "../base/research-use.ts";
import type { RgbaImage } from "../slide/types.ts";
import { OVERLAY_COLOURS } from "../training/overlay.ts";
import { type Drawing, type DrawingItem, fitText, INK, QUIET_INK, textWidth } from "./drawing.ts";

/** One image in its row; the pictures are of one size. */
export interface OverlayRow {
  readonly name: string;
  readonly original: RgbaImage;
  /** With the class laid over in grey. */
  readonly truth: RgbaImage;
  /** One per method, with what to say below, such as its score. */
  readonly methods: readonly { readonly picture: RgbaImage; readonly words: string }[];
}

const MARGIN = 24;
const GAP = 8;
const TEXT = 14;
const SMALL = 12;
const SWATCH = 12;
const LEGEND = [
  { words: "found", colour: OVERLAY_COLOURS.found },
  { words: "missed", colour: OVERLAY_COLOURS.missed },
  { words: "found falsely", colour: OVERLAY_COLOURS.false },
] as const;

/**
 * Fig. 6 of Xu et al., ICASSP 2015: for each image the original, the truth in grey and every method's result in purple (found),
 * pale red (missed) and orange (found falsely).
 */
export function overlayFigure(rows: readonly OverlayRow[], methods: readonly string[], className: string): Drawing {
  const headings = ["original", "truth", ...methods];
  const column = Math.max(...rows.map(({ original }) => original.width));
  const top = MARGIN + 24;
  const items: DrawingItem[] = headings.map((words, index) => heading(words, MARGIN + index * (column + GAP), column));
  let y = top;
  for (const { name, original, truth, methods: found } of rows) {
    const middle = (column - original.width) / 2;
    const pictures = [original, truth, ...found.map(({ picture }) => picture)];
    pictures.forEach((image, index) => {
      items.push({ kind: "picture", x: MARGIN + index * (column + GAP) + middle, y, image });
    });
    const line = y + original.height + SMALL + 3;
    items.push(small(fitText(name, SMALL, 2 * column), MARGIN, line));
    found.forEach(({ words }, index) => {
      items.push(small(words, MARGIN + (index + 2) * (column + GAP), line));
    });
    y = line + 14;
  }
  items.push(...legend(className, y + 14), small(RESEARCH_USE_NOTICE, MARGIN, y + 48));
  const legendWidth = 3 * 150 + 2 * MARGIN;
  return {
    width: Math.max(headings.length * (column + GAP) - GAP + 2 * MARGIN, legendWidth),
    height: Math.ceil(y + 48 + MARGIN),
    title: `${className}: truth and results`,
    items,
  };
}

function heading(words: string, x: number, width: number): DrawingItem {
  const text = fitText(words, TEXT, width);
  return {
    kind: "text",
    x: x + width / 2,
    y: MARGIN + 10,
    text,
    size: TEXT,
    anchor: "middle",
    isBold: true,
    colour: INK,
  };
}

function legend(className: string, y: number): DrawingItem[] {
  let x = MARGIN;
  return LEGEND.flatMap(({ words, colour }, index): DrawingItem[] => {
    const label = index === 0 ? `${className} ${words}` : words;
    const at = x;
    x += SWATCH + 6 + textWidth(label, SMALL) + 22;
    return [
      { kind: "box", x: at, y: y - SWATCH + 2, width: SWATCH, height: SWATCH, fill: colour },
      small(label, at + SWATCH + 6, y),
    ];
  });
}

function small(text: string, x: number, y: number): DrawingItem {
  return { kind: "text", x, y, text, size: SMALL, anchor: "start", isBold: false, colour: QUIET_INK };
}
