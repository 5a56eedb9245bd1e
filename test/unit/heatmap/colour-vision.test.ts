import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PALETTES } from "../../../src/engine/heatmap/palette.ts";
import { classPairs, colourTables, paletteDistances } from "../../support/colour-proof.ts";
import {
  COLOUR_VISIONS,
  type Colour,
  colourOf,
  distance,
  GROUNDS,
  over,
  seenAs,
  VISIONS,
} from "../../support/colour-vision.ts";

const TISSUE = ["pink", "purple"] as const;
const distances = paletteDistances();

/** Of the shipped model, without background, which maps leave clear. */
function shippedClasses(): readonly { readonly name: string; readonly colour: string }[] {
  const pack: unknown = JSON.parse(readFileSync("public/models/tissue-lowpower/pack.json", "utf8"));
  const { classes, classDetails } = pack as {
    readonly classes: readonly string[];
    readonly classDetails: readonly { readonly colour: string }[];
  };
  return classes
    .map((name, i) => ({ name, colour: classDetails[i]?.colour ?? "" }))
    .filter(({ name }) => name !== "Background");
}

describe("the simulation of colour blindness", () => {
  it("leaves greys as they are, takes red from green without red or green cones, and blue from green without blue ones", () => {
    for (const vision of VISIONS) {
      for (const [i, part] of seenAs([128, 128, 128], vision).entries())
        expect(part, `${vision} ${i}`).toBeCloseTo(128, 0);
    }
    const red: Colour = [190, 90, 60];
    const green: Colour = [128, 118, 60];
    expect(distance(red, green, "deuteranopia")).toBeLessThan(distance(red, green, "usual") / 3);
    const [blue, teal]: Colour[] = [
      [60, 140, 190],
      [60, 148, 140],
    ] as const;
    expect(distance(blue!, teal!, "tritanopia")).toBeLessThan(distance(blue!, teal!, "usual") / 3);
  });
});

describe.each(PALETTES.map(({ id }) => id))("on tissue, with every colour vision, the palette %s", (id) => {
  const own = distances.filter(({ palette, ground }) => palette === id && ground !== "glass");

  it("keeps neighbouring steps of a tenth apart from 0.5 on", () => {
    // Twice what is just noticeable side by side.
    for (const one of own) expect(one.step, `${one.ground} ${one.vision}`).toBeGreaterThan(2);
  });

  it("keeps its ends far apart", () => {
    for (const one of own) expect(one.ends, `${one.ground} ${one.vision}`).toBeGreaterThan(20);
  });
});

describe("the default palette", () => {
  it("stands out from pink and purple tissue from 0.6 on, with every colour vision", () => {
    const own = distances.filter(({ palette, ground }) => palette === PALETTES[0]?.id && ground !== "glass");
    for (const one of own) expect(one.tissue, `${one.ground} ${one.vision}`).toBeGreaterThan(10);
  });
});

describe("the classes of the shipped model", () => {
  const classes = shippedClasses();

  it.each(COLOUR_VISIONS)("have colours that stay apart on glass, pink and purple: %s", (vision) => {
    for (const ground of ["glass", ...TISSUE] as const) {
      const [least] = classPairs(classes, ground, vision);
      expect(least?.distance, `${ground}: ${least?.names.join(" and ")}`).toBeGreaterThan(8);
    }
  });

  it("do not stay apart in grey print, which is why hatching tells them apart without colour", () => {
    expect(classPairs(classes, "pink", "grey")[0]?.distance).toBeLessThan(3);
  });
});

describe("lines over the slide", () => {
  it("have a dark or a light part that stands out from glass, pink and purple, in grey print too", () => {
    const tokens = readFileSync("src/app/ui/tokens.css", "utf8");
    const core = colourOf(/--contour-core: (#\w{6})/.exec(tokens)?.[1] ?? "");
    const light = Number(/--contour-casing: rgb\(255 255 255 \/ ([\d.]+)\)/.exec(tokens)?.[1]);
    for (const vision of VISIONS) {
      for (const ground of Object.values(GROUNDS)) {
        const parts = [core, over([255, 255, 255], light, ground)].map((colour) => distance(colour, ground, vision));
        expect(Math.max(...parts)).toBeGreaterThan(30);
        expect(distance(core, over([255, 255, 255], light, ground), vision)).toBeGreaterThan(50);
      }
    }
  });
});

describe("docs/colour.md", () => {
  it("states these distances (npx tsx tools/colour-sheet.ts writes them)", () => {
    const text = readFileSync("docs/colour.md", "utf8");
    const tables = colourTables(shippedClasses());
    expect(text).toContain(tables.palettes);
    expect(text).toContain(tables.classes);
  });
});
