/** Writes docs/images/colour-vision.png and the tables of docs/colour.md from the palettes and class colours as they are: `npx tsx tools/colour-sheet.ts`. */
import { readFileSync, writeFileSync } from "node:fs";
import { encode } from "fast-png";
import { PALETTES } from "../src/engine/heatmap/palette.ts";
import { colourTables, OPACITY, seenOver } from "../test/support/colour-proof.ts";
import { type Colour, colourOf, GROUNDS, over, seenAs, VISIONS } from "../test/support/colour-vision.ts";

const DOCUMENT = new URL("../docs/colour.md", import.meta.url);
const PICTURE = new URL("../docs/images/colour-vision.png", import.meta.url);
const PACK = new URL("../public/models/tissue-lowpower/pack.json", import.meta.url);
const BAR = { width: 200, height: 14 };
const GAP = 8;

const pack = JSON.parse(readFileSync(PACK, "utf8")) as {
  readonly classes: readonly string[];
  readonly classDetails: readonly { readonly colour: string }[];
};
const classes = pack.classes
  .map((name, i) => ({ name, colour: pack.classDetails[i]?.colour ?? "" }))
  .filter(({ name }) => name !== "Background");

writeFileSync(PICTURE, drawSheet());
writeFileSync(DOCUMENT, withTables(readFileSync(DOCUMENT, "utf8")));

/** A column for each vision; in it a block for each palette and one for the classes, each with a row on glass, pink and purple. */
function drawSheet(): Uint8Array {
  const grounds = Object.keys(GROUNDS) as (keyof typeof GROUNDS)[];
  const block = grounds.length * BAR.height + GAP;
  const width = VISIONS.length * (BAR.width + GAP) + GAP;
  const height = (PALETTES.length + 1) * block + GAP;
  const data = new Uint8Array(width * height * 3).fill(255);
  const rowsOf = (colourAt: (x: number, ground: keyof typeof GROUNDS) => Colour, top: number) => {
    VISIONS.forEach((vision, column) => {
      grounds.forEach((ground, row) => {
        for (let x = 0; x < BAR.width; x++) {
          const colour = seenAs(colourAt(x / (BAR.width - 1), ground), vision).map(Math.round);
          for (let y = 0; y < BAR.height; y++) {
            const at = (top + row * BAR.height + y) * width + GAP + column * (BAR.width + GAP) + x;
            data.set(colour, at * 3);
          }
        }
      });
    });
  };
  for (const [i, { id }] of PALETTES.entries()) rowsOf((x, ground) => seenOver(id, x, ground), GAP + i * block);
  rowsOf(
    (x, ground) => {
      const one = classes[Math.min(classes.length - 1, Math.floor(x * classes.length))];
      return over(colourOf(one?.colour ?? ""), OPACITY, GROUNDS[ground]);
    },
    GAP + PALETTES.length * block,
  );
  return encode({ width, height, channels: 3, data });
}

/** Replaces what stands after each mark, up to the next empty line. */
function withTables(text: string): string {
  const tables = colourTables(classes);
  return (["palettes", "classes"] as const).reduce(
    (whole, name) =>
      whole.replace(new RegExp(`<!-- ${name} -->\\n(?:\\|.*\\n)*`), `<!-- ${name} -->\n${tables[name]}\n`),
    text,
  );
}
