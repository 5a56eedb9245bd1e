import { seededRandom } from "../../src/engine/base/random.ts";
import { description, madeTiff, subfileType } from "../support/made-slides/tiff-file.ts";
import type { MadeFile } from "./made-files.ts";

/** As a careless laboratory names and labels its slides. */
export const PATIENT = { first: "Zacharias", last: "Quillfeather", number: "H26-48151" } as const;
export const PATIENT_PATTERN = /zacharias|quillfeather|h26-?48151/i;

/** Of the label image: no tissue and no palette comes near it. */
export const LABEL_BLUE = [0, 0, 255] as const;

const WIDTH = 600;
const HEIGHT = 400;

/** An SVS of pink tissue at 10 µm a pixel whose file name, description, barcode and label hold a made patient's name. */
export function namedSlide(): MadeFile {
  const { first, last, number } = PATIENT;
  const text = `Aperio Image Library v11.2.1\r\n${WIDTH}x${HEIGHT} [0,0 ${WIDTH}x${HEIGHT}] (64x64) RAW|AppMag = 1|MPP = 10.0|Patient = ${last}^${first}|Barcode = ${number}|Title = ${first} ${last}`;
  const colour = tissueColour();
  const buffer = madeTiff([
    { width: WIDTH, height: HEIGHT, tile: [64, 64], colour, fields: [description(text)] },
    { width: 150, height: 100, colour: (x, y) => colour(4 * x, 4 * y), fields: [description("Aperio thumbnail")] },
    {
      width: 200,
      height: 100,
      colour: () => LABEL_BLUE,
      fields: [description(`Aperio Image Library v11.2.1\nlabel 200x100 ${last}, ${first} ${number}`), subfileType(1)],
    },
  ]);
  return { name: `${last}, ${first} ${number}.svs`, mimeType: "", buffer: Buffer.from(buffer) };
}

function tissueColour(): (x: number, y: number) => readonly [number, number, number] {
  const random = seededRandom(7);
  const grains = Float64Array.from({ length: WIDTH * HEIGHT }, () => random());
  return (x, y) => {
    const isGlass = x < 60 || y < 40 || x >= 540 || y >= 360;
    if (isGlass) return [245, 245, 245];
    const grain = grains[y * WIDTH + x] ?? 0;
    return grain < 0.25 ? [96 + 60 * grain, 60, 130] : [214 - 20 * grain, 130 - 20 * grain, 176];
  };
}
