import { quantileOfSorted } from "../base/quantile.ts";
import { TISSUE_CLASS } from "../tissue/types.ts";
import { hueShares, tissueColour } from "./colours.ts";
import { tissueDensity } from "./density.ts";
import { foldShare } from "./folds.ts";
import { type Ink, inkOn } from "./ink.ts";
import type { TrustSample } from "./sample.ts";
import { sharpnessOf } from "./sharpness.ts";
import { type StainVectors, stainVectors } from "./stain-vectors.ts";

/** What was measured on a slide before a run. */
export interface SlideMeasures {
  readonly tissueShare: number;
  readonly tissueMm2: number;
  /** Of the rectangle around all tissue. */
  readonly tissueWidthMm: number;
  readonly tissueHeightMm: number;
  /** Share of the slide that is darker than any stained tissue. */
  readonly blackShare: number;
  readonly ink: Ink;
  readonly foldShare: number;
  /** Of each square of tissue in which there is something to be sharp. */
  readonly fineness: readonly number[];
  /** Of the same squares, in the same order: as `PatchSharpness.edge`. */
  readonly edges: readonly number[];
  /** Squares that were looked at. */
  readonly squares: number;
  /** Middle of the squares' standard deviations of brightness, levels of 255. */
  readonly contrast: number;
  readonly foreignShare: number;
  readonly colourfulness: number;
  /** Null where too little is stained. */
  readonly stains: StainVectors | null;
  readonly rgbMean: readonly [number, number, number];
  readonly rgbStd: readonly [number, number, number];
}

/** A square with less contrast has nothing in it that could be sharp or blurred, levels of 255. */
const LEAST_CONTRAST = 2;

export function measureSlide(sample: TrustSample): SlideMeasures {
  const density = tissueDensity(sample);
  const { foreign, colourfulness } = hueShares(density);
  const { mean, std } = tissueColour(sample);
  const seen = sample.patches.map(sharpnessOf).filter((one) => one !== null);
  const judged = seen.filter(({ contrast }) => contrast >= LEAST_CONTRAST);
  return {
    ...extentOf(sample),
    ink: inkOn(sample),
    foldShare: foldShare(sample),
    fineness: judged.map(({ fine }) => fine),
    edges: judged.map(({ edge }) => edge),
    squares: sample.patches.length,
    contrast: median(seen.map(({ contrast }) => contrast)),
    foreignShare: foreign,
    colourfulness,
    stains: stainVectors(density),
    rgbMean: mean,
    rgbStd: std,
  };
}

/** 0 of nothing. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Of values in any order; 0 of nothing. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return 0;
  return quantileOfSorted(
    values.toSorted((a, b) => a - b),
    share,
  );
}

function extentOf({ mask, low, pixelSize }: TrustSample) {
  let tissue = 0;
  let black = 0;
  let [left, top, right, bottom] = [mask.cols, mask.rows, -1, -1];
  for (let i = 0; i < mask.data.length; i++) {
    if (Math.max(low.rgb[i * 3]!, low.rgb[i * 3 + 1]!, low.rgb[i * 3 + 2]!) < BLACK) black++;
    if (mask.data[i] !== TISSUE_CLASS.tissue) continue;
    tissue++;
    left = Math.min(left, i % mask.cols);
    right = Math.max(right, i % mask.cols);
    top = Math.min(top, Math.floor(i / mask.cols));
    bottom = Math.max(bottom, Math.floor(i / mask.cols));
  }
  const widthUm = mask.cell0X * pixelSize.mppX;
  const heightUm = mask.cell0Y * pixelSize.mppY;
  return {
    tissueShare: tissue / mask.data.length,
    tissueMm2: (tissue * widthUm * heightUm) / 1e6,
    tissueWidthMm: (Math.max(0, right - left + 1) * widthUm) / 1000,
    tissueHeightMm: (Math.max(0, bottom - top + 1) * heightUm) / 1000,
    blackShare: black / mask.data.length,
  };
}

/** Levels of 255 that stained tissue does not get below in all three colours, but unscanned fields and fluorescence do. */
const BLACK = 30;
