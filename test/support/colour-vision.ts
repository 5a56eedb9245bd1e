import { converter, differenceCiede2000, type Rgb } from "culori";

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/**
 * How colours look to people without one kind of cone: matrices of severity 1.0 for linear RGB from G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A
 * Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009)
 * 1291-1298. `grey`: the luminance alone, as a laser printer gives it.
 */
const MATRICES = {
  usual: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
  grey: [0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722],
} as const;

export type Vision = keyof typeof MATRICES;

export const VISIONS = Object.keys(MATRICES) as readonly Vision[];
/** Of people; without grey. */
export const COLOUR_VISIONS: readonly Vision[] = VISIONS.filter((vision) => vision !== "grey");

const toLinear = converter("lrgb");
const toRgb = converter("rgb");
const ciede2000 = differenceCiede2000();

function parse([r, g, b]: Colour): Rgb {
  return { mode: "rgb", r: r / 255, g: g / 255, b: b / 255 };
}

export function seenAs(colour: Colour, vision: Vision): Colour {
  const { r, g, b } = toLinear(parse(colour));
  const m = MATRICES[vision];
  const linear = [0, 3, 6].map((row) => m[row]! * r + m[row + 1]! * g + m[row + 2]! * b);
  const [red, green, blue] = linear.map((part) => Math.min(1, Math.max(0, part)));
  const seen = toRgb({ mode: "lrgb", r: red!, g: green!, b: blue! });
  return [seen.r * 255, seen.g * 255, seen.b * 255];
}

/** CIEDE2000 (G. Sharma, W. Wu, E. N. Dalal, Color Research and Application 30 (2005) 21-30) as culori computes it: about 1 is just noticeable side by side. */
export function distance(a: Colour, b: Colour, vision: Vision): number {
  return ciede2000(parse(seenAs(a, vision)), parse(seenAs(b, vision)));
}

/** A colour of the map over the tissue, as a browser mixes them. */
export function over(colour: Colour, alpha: number, ground: Colour): Colour {
  return [0, 1, 2].map((i) => ground[i]! + alpha * (colour[i]! - ground[i]!)) as unknown as Colour;
}

export function colourOf(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Medians of 13 of the training sections (glass, and the pinkest 15 % of their tissue) and of the darker half of the demo slide's bluish tissue. */
export const GROUNDS: Readonly<Record<"glass" | "pink" | "purple", Colour>> = {
  glass: [248, 248, 248],
  pink: [201, 112, 138],
  purple: [116, 75, 120],
};
