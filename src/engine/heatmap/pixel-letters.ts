import type { RgbaImage } from "../slide/types.ts";

/**
 * Letters for pictures that are made where there is no font: capitals, digits and a few marks, 5 x 7 pixels. Per letter its seven
 * rows from top to bottom, each five bits (left pixel highest) as a digit of base 32.
 */
const GLYPHS: Readonly<Record<string, string>> = {
  A: "ehhvhhh",
  B: "uhhuhhu",
  C: "fgggggf",
  D: "uhhhhhu",
  E: "vgguggv",
  F: "vgguggg",
  G: "fggjhhf",
  H: "hhhvhhh",
  I: "e44444e",
  J: "72222ic",
  K: "hikokih",
  L: "ggggggv",
  M: "hrllhhh",
  N: "hhpljhh",
  O: "ehhhhhe",
  P: "uhhuggg",
  Q: "ehhhlid",
  R: "uhhukih",
  S: "fgge11u",
  T: "v444444",
  U: "hhhhhhe",
  V: "hhhhha4",
  W: "hhhllrh",
  X: "hha4ahh",
  Y: "hha4444",
  Z: "v1248gv",
  "0": "ehjlphe",
  "1": "4c4444e",
  "2": "eh1248v",
  "3": "v2421he",
  "4": "26aiv22",
  "5": "vgu11he",
  "6": "68guhhe",
  "7": "v124888",
  "8": "ehhehhe",
  "9": "ehhf12c",
  " ": "0000000",
  ".": "00000cc",
  ",": "0000c48",
  ":": "0cc0cc0",
  "-": "000e000",
  "+": "044v440",
  "/": "11248gg",
  "(": "2488842",
  ")": "8422248",
  "%": "op248j3",
  "?": "eh12404",
};

export const GLYPH_HEIGHT = 7;
const GLYPH_WIDTH = 5;

/** Pixels that a text takes at a whole-number scale, one empty column after each letter. */
export function textWidth(text: string, scale: number): number {
  return text.length * (GLYPH_WIDTH + 1) * scale;
}

/** Writes a text in capitals, its upper left corner at (x, y); what has no letter here is a question mark, what is outside is cut. */
export function drawText(
  image: RgbaImage,
  text: string,
  at: { readonly x: number; readonly y: number; readonly scale: number; readonly colour: readonly number[] },
): void {
  [...text.toUpperCase()].forEach((letter, index) => {
    const rows = GLYPHS[letter] ?? GLYPHS["?"]!;
    for (let row = 0; row < GLYPH_HEIGHT; row++) {
      const bits = Number.parseInt(rows.charAt(row), 32);
      for (let col = 0; col < GLYPH_WIDTH; col++) {
        if (((bits >> (GLYPH_WIDTH - 1 - col)) & 1) === 0) continue;
        const x = at.x + (index * (GLYPH_WIDTH + 1) + col) * at.scale;
        square(image, x, at.y + row * at.scale, at.scale, at.colour);
      }
    }
  });
}

function square(image: RgbaImage, left: number, top: number, side: number, colour: readonly number[]): void {
  for (let y = Math.max(0, top); y < Math.min(image.height, top + side); y++) {
    for (let x = Math.max(0, left); x < Math.min(image.width, left + side); x++) {
      image.data.set([colour[0] ?? 0, colour[1] ?? 0, colour[2] ?? 0, 255], (y * image.width + x) * 4);
    }
  }
}
