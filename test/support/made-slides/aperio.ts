import { description, madeTiff, pattern, subfileType } from "./tiff-file.ts";

const TILE = [64, 64] as const;

/**
 * An SVS of a GT 450: levels of uneven ratio, a level 0 with a tile left out, and label and macro that only their
 * NewSubfileType tells apart. `named`: older scanners name them in the description.
 */
export function madeAperio(labels: "named" | "gt450"): Uint8Array<ArrayBuffer> {
  const maker = labels === "gt450" ? "Aperio Leica Biosystems GT450 v1.0.1" : "Aperio Image Library v11.2.1";
  const text = `${maker}\r\n300x200 [0,0 300x200] (64x64) RAW|AppMag = 40|MPP = 0.2631|ICC Profile = ScanScope v1|Title = a=b`;
  const second = (line: string) => (labels === "gt450" ? maker : `${maker}\n${line}`);
  return madeTiff([
    { width: 300, height: 200, tile: TILE, colour: pattern(0), missing: [6], fields: [description(text)] },
    { width: 75, height: 50, colour: pattern(1), fields: [description(`${maker}\n300x200 -> 75x50 - |AppMag = 40`)] },
    { width: 100, height: 66, tile: TILE, colour: pattern(2), fields: [description(text)] },
    { width: 43, height: 28, tile: TILE, colour: pattern(3), fields: [description(text)] },
    { width: 20, height: 24, colour: pattern(4), fields: [description(second("label 20x24")), subfileType(1)] },
    { width: 60, height: 20, colour: pattern(5), fields: [description(second("macro 60x20")), subfileType(9)] },
  ]);
}
