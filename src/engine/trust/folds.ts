import { dropSmallComponents } from "../tissue/morphology.ts";
import { TISSUE_CLASS } from "../tissue/types.ts";
import type { TrustSample } from "./sample.ts";

/** Density over that of the slide's middling tissue from which a cell may be folded: two layers swallow twice as much. */
const LAYERS = 1.8;

/** A fold swallows much of every colour, where blood and eosin let red through. */
const LEAST_RED_SHARE = 0.45;

/** Square micrometres: smaller dark spots are vessels, nuclei in clusters, dust. */
const LEAST_AREA_UM2 = 20_000;

/**
 * Share of the tissue that may be folded: dark bands which swallow all three colours and nearly twice as much as the slide's middling
 * tissue (after Bautista & Yagi, J Pathol Inform 1:25, 2010, who ask for dark and saturated). Approximate: dense tumour, ink within tissue and thick
 * spots look alike.
 */
export function foldShare({ mask, low, white, pixelSize }: TrustSample): number {
  const cells = mask.cols * mask.rows;
  const density = new Float32Array(cells);
  const redShare = new Float32Array(cells);
  const known: number[] = [];
  for (let i = 0; i < cells; i++) {
    if (mask.data[i] !== TISSUE_CLASS.tissue) continue;
    const [r, g, b] = [0, 1, 2].map((c) => Math.max(0, -Math.log((low.rgb[i * 3 + c]! + 1) / (white[c]! + 1))));
    density[i] = (r! + g! + b!) / 3;
    redShare[i] = r! / Math.max(1e-6, r!, g!, b!);
    known.push(density[i]!);
  }
  if (known.length === 0) return 0;
  const limit = LAYERS * Math.max(0.15, known.sort((a, b) => a - b)[Math.floor(known.length / 2)]!);
  const marks = Uint8Array.from(density, (value, i) => (value > limit && redShare[i]! > LEAST_RED_SHARE ? 1 : 0));
  const cellUm2 = mask.cell0X * pixelSize.mppX * mask.cell0Y * pixelSize.mppY;
  dropSmallComponents(marks, mask, 1, LEAST_AREA_UM2 / cellUm2);
  return marks.reduce((a, b) => a + b, 0) / known.length;
}
