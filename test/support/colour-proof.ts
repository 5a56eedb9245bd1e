import { PALETTES, samplePalette } from "../../src/engine/heatmap/palette.ts";
import { COLOUR_VISIONS, type Colour, colourOf, distance, GROUNDS, over, type Vision } from "./colour-vision.ts";

/** The page's own opacity until the reader moves it. */
export const OPACITY = 0.75;

type Ground = keyof typeof GROUNDS;

/** A confidence as it is seen over tissue. */
export function seenOver(palette: string, confidence: number, ground: Ground): Colour {
  const [red, green, blue, alpha] = samplePalette(palette, confidence);
  return over([red, green, blue], (alpha / 255) * OPACITY, GROUNDS[ground]);
}

export interface PaletteDistances {
  readonly palette: string;
  readonly ground: Ground;
  readonly vision: Vision;
  /** Between neighbours a tenth apart, from 0.5 to 1. */
  readonly step: number;
  /** Between 0 and 1. */
  readonly ends: number;
  /** Between the tissue and the map on it, from 0.6 to 1. */
  readonly tissue: number;
}

const UPPER = [0.5, 0.6, 0.7, 0.8, 0.9, 1];

export function paletteDistances(): readonly PaletteDistances[] {
  const grounds = Object.keys(GROUNDS) as Ground[];
  return PALETTES.flatMap(({ id }) =>
    grounds.flatMap((ground) =>
      COLOUR_VISIONS.map((vision): PaletteDistances => {
        const seen = UPPER.map((confidence) => seenOver(id, confidence, ground));
        return {
          palette: id,
          ground,
          vision,
          step: Math.min(...seen.slice(1).map((colour, i) => distance(colour, seen[i]!, vision))),
          ends: distance(seenOver(id, 0, ground), seenOver(id, 1, ground), vision),
          tissue: Math.min(...seen.slice(1).map((colour) => distance(colour, GROUNDS[ground], vision))),
        };
      }),
    ),
  );
}

export interface ClassPair {
  readonly names: readonly [string, string];
  readonly distance: number;
}

/** All pairs of classes as the map shows them on this ground, the most alike first. */
export function classPairs(
  classes: readonly { readonly name: string; readonly colour: string }[],
  ground: Ground,
  vision: Vision,
): readonly ClassPair[] {
  const seen = classes.map(({ colour }) => over(colourOf(colour), OPACITY, GROUNDS[ground]));
  return classes
    .flatMap((a, i) =>
      classes.slice(i + 1).map((b, j): ClassPair => {
        return { names: [a.name, b.name], distance: distance(seen[i]!, seen[i + 1 + j]!, vision) };
      }),
    )
    .sort((a, b) => a.distance - b.distance);
}

/** The tables of docs/colour.md. */
export function colourTables(classes: Parameters<typeof classPairs>[0]): {
  readonly palettes: string;
  readonly classes: string;
} {
  const all = paletteDistances();
  const rows = PALETTES.flatMap(({ id, name }) =>
    (Object.keys(GROUNDS) as Ground[]).map((ground) => {
      const own = all.filter((one) => one.palette === id && one.ground === ground);
      const least = (part: "step" | "ends" | "tissue") => {
        const lowest = own.reduce((a, b) => (b[part] < a[part] ? b : a));
        return `${lowest[part].toFixed(1)} (${lowest.vision})`;
      };
      return `| ${name} | ${ground} | ${least("step")} | ${least("ends")} | ${least("tissue")} |`;
    }),
  );
  const pairs = (Object.keys(GROUNDS) as Ground[]).flatMap((ground) =>
    ([...COLOUR_VISIONS, "grey"] as const).map((vision) => {
      const [least] = classPairs(classes, ground, vision);
      return `| ${ground} | ${vision} | ${least?.distance.toFixed(1)} | ${least?.names.join(", ")} |`;
    }),
  );
  return {
    palettes: ["| palette | on | step of 0.1 | ends | against the tissue |", "|---|---|---|---|---|", ...rows].join(
      "\n",
    ),
    classes: ["| on | vision | least distance | between |", "|---|---|---|---|", ...pairs].join("\n"),
  };
}
