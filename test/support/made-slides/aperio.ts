import { description, madeTiff, pattern, subfileType } from "./tiff-file.ts";

/** Left out of level 0 of a GT 450. */
export const APERIO_MISSING = 6;
const TILE = [64, 64] as const;

/**
 * An SVS with levels of uneven ratio. `gt450`: a tile of level 0 is left out, and only NewSubfileType tells label and
 * macro; `named`: as older scanners, which name them in the description too.
 */
export function madeAperio(labels: "named" | "gt450"): Uint8Array<ArrayBuffer> {
  const maker = labels === "gt450" ? "Aperio Leica Biosystems GT450 v1.0.1" : "Aperio Image Library v11.2.1";
  const text = `${maker}\r\n300x200 [0,0 300x200] (64x64) RAW|AppMag = 40|MPP = 0.2631|ICC Profile = ScanScope v1|Title = a=b`;
  const second = (line: string) => (labels === "gt450" ? maker : `${maker}\n${line}`);
  return madeTiff([
    {
      width: 300,
      height: 200,
      tile: TILE,
      colour: pattern(0),
      missing: labels === "gt450" ? [APERIO_MISSING] : [],
      fields: [description(text)],
    },
    { width: 75, height: 50, colour: pattern(1), fields: [description(`${maker}\n300x200 -> 75x50 - |AppMag = 40`)] },
    { width: 100, height: 66, tile: TILE, colour: pattern(2), fields: [description(text)] },
    { width: 43, height: 28, tile: TILE, colour: pattern(3), fields: [description(text)] },
    { width: 20, height: 24, colour: pattern(4), fields: [description(second("label 20x24")), subfileType(1)] },
    { width: 60, height: 20, colour: pattern(5), fields: [description(second("macro 60x20")), subfileType(9)] },
  ]);
}
