import type { RgbaImage } from "../slide/types.ts";
import type { ConfidenceGrid } from "./types.ts";

/** What to do with confidences below the threshold. */
export type BelowThreshold = "faint" | "hidden";

export interface Palette {
  readonly id: string;
  /** For a person. */
  readonly name: string;
  /** Opacity of confidence 0 and 1, 0 to 255; in between it rises evenly. */
  readonly alpha: readonly [number, number];
  /** Evenly spaced colours from confidence 0 to 1, hexadecimal RGB; between them linear. */
  readonly stops: readonly string[];
}

/**
 * The default first. `glow` runs from clear over cyan-green to yellow: hues that pink and purple tissue lacks, told apart with every common
 * colour blindness because their luminance rises all the way. Cividis after Nunez et al., PLOS ONE 13 (2018) e0199239;
 * inferno after S. van der Walt and N. Smith (matplotlib, CC0); both by ten of their colours.
 */
export const PALETTES: readonly Palette[] = [
  {
    id: "glow",
    name: "Glow (cyan-green to yellow)",
    alpha: [0, 235],
    stops: ["006a68", "00837a", "009c86", "00b48a", "35c985", "74da75", "a8e75f", "d2f04a", "f0f53a", "fff730"],
  },
  {
    id: "cividis",
    name: "Cividis",
    alpha: [60, 240],
    stops: ["00224e", "123570", "3b496c", "575d6d", "707173", "8a8678", "a59c74", "c3b369", "e1cc55", "fee838"],
  },
  {
    id: "inferno",
    name: "Inferno",
    alpha: [60, 240],
    stops: ["000004", "1b0c41", "4a0c6b", "781c6d", "a52c60", "cf4446", "ed6925", "fb9b06", "f7d13d", "fcffa4"],
  },
  { id: "grey", name: "Grey", alpha: [60, 240], stops: ["000000", "ffffff"] },
];

export const DEFAULT_PALETTE_ID = "glow";

/** What stands at the ends of the legend of a class's map. */
export function legendEnds(name: string): { readonly low: string; readonly high: string } {
  return { low: `0 not ${name.toLowerCase()}`, high: `1 ${name.toLowerCase()}` };
}

/** Share of their opacity that confidences below the threshold keep when they are shown faintly. */
const FAINT = 0.35;

/** 256 colours from confidence 0 to 1, four bytes each (red, green, blue, alpha). An unknown id gives the default. */
export function paletteTable(id: string): Uint8ClampedArray<ArrayBuffer> {
  const palette = PALETTES.find((candidate) => candidate.id === id) ?? PALETTES[0]!;
  const colours = palette.stops.map(parseColour);
  const table = new Uint8ClampedArray(1024);
  for (let i = 0; i < 256; i++) {
    const place = (i / 255) * (colours.length - 1);
    const lower = Math.min(colours.length - 2, Math.floor(place));
    for (let channel = 0; channel < 3; channel++) {
      const from = colours[lower]![channel]!;
      table[i * 4 + channel] = from + (place - lower) * (colours[lower + 1]![channel]! - from);
    }
    table[i * 4 + 3] = palette.alpha[0] + (i / 255) * (palette.alpha[1] - palette.alpha[0]);
  }
  return table;
}

/** Colour of one confidence, 0 to 1, each part 0 to 255; the last is the opacity. */
export function samplePalette(id: string, confidence: number): readonly [number, number, number, number] {
  const at = tableIndex(confidence) * 4;
  const table = paletteTable(id);
  return [table[at]!, table[at + 1]!, table[at + 2]!, table[at + 3]!];
}

export interface RenderOptions {
  /** Id of one of `PALETTES`. */
  readonly palette: string;
  readonly threshold: number;
  readonly below: BelowThreshold;
}

/** One pixel per cell; clear where there is no tissue or nothing was computed. */
export function renderGrid(grid: ConfidenceGrid, options: RenderOptions): RgbaImage {
  const strong = paletteTable(options.palette);
  const weak = strong.map((value, i) => (i % 4 === 3 ? (options.below === "faint" ? value * FAINT : 0) : value));
  // Whole pixels at once: the tables and the picture share the machine's byte order.
  const strongPixels = new Uint32Array(strong.buffer);
  const weakPixels = new Uint32Array(weak.buffer);
  const data = new Uint8ClampedArray(grid.cols * grid.rows * 4);
  const pixels = new Uint32Array(data.buffer);
  const { values, tissue } = grid;
  const { threshold } = options;
  for (let i = 0; i < pixels.length; i++) {
    const confidence = values[i]!;
    if (tissue[i] !== 1 || Number.isNaN(confidence)) continue;
    const table = confidence >= threshold ? strongPixels : weakPixels;
    pixels[i] = table[tableIndex(confidence)]!;
  }
  return { width: grid.cols, height: grid.rows, data };
}

function tableIndex(confidence: number): number {
  // Rounded as Math.round does for what is not negative, at a third of its time.
  const index = (confidence * 255 + 0.5) | 0;
  return index < 0 ? 0 : index > 255 ? 255 : index;
}

function parseColour(hex: string): readonly [number, number, number] {
  const value = Number.parseInt(hex, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
