/**
 * Where the lights change. Ranges of the training images come from the pack (`reference.ranges`); these numbers say how far outside still counts
 * as like them, and hold for every pack. The table in docs/trust.md, made by tools/trust, shows what they do on known images; none was chosen on
 * others.
 */
export interface TrustOptions {
  /** Amber from so many widths of the training images' range beyond its end. A half: of the 37 sections, held out by block, 9 in 10 stay green in every check. */
  readonly rangeMargin: number;
  /** Red from so many times the pack's coarsest pixel size: at twice, a patch holds four times the tissue and half of its detail is gone. */
  readonly coarsestTimes: number;
  /** µm per pixel times objective. 4.4 (Zeiss 20x, 0.22 µm) to 11 (Aperio 20x, 0.55 µm) among scanners of the last 20 years; amber beyond. */
  readonly powerProduct: readonly [number, number];
  /** Red where the product is so many times beyond these limits: then one of the two is wrong by a level of the pyramid or more. */
  readonly powerRedTimes: number;
  /** Finest pixel that light can fill, micrometres: a third of the 0.2 µm that an objective of aperture 1.4 resolves. */
  readonly finestMpp: number;
  /** Longest side of tissue on a slide of 76 x 26 mm, and on the largest made, 152 x 102 mm (ISO 8037-1 and whole mounts). */
  readonly amberExtentMm: number;
  readonly redExtentMm: number;
  /** Patches of the pack that the tissue must hold for its numbers to mean something. */
  readonly leastPatches: number;
  /** A square is out of focus where it is less fine than this share of the middle of the training images: what blur of 0.75 pixels of the pack leaves of them. */
  readonly blurShare: number;
  /** Share of the squares out of focus, of those with anything in them to be sharp. */
  readonly amberBlurred: number;
  readonly redBlurred: number;
  /** Red counts squares with less than this share of the training images' middle: blur of 1.5 pixels of the pack (15 µm at 10 µm a pixel) leaves as much, */
  readonly redBlurShare: number;
  /** and with no edge as steep as this, so that what was drawn with even fields does not count. */
  readonly sharpEdge: number;
  /** Share of what is not glass that is ink: twice the most that was found where there is none. */
  readonly amberInk: number;
  /** Share of the tissue that may be folded, beyond the training images'. */
  readonly amberFolds: number;
  /** Share of the coloured pixels that haematoxylin and eosin do not give: training images have up to 0.7 %, other organs in H&E 1.5 %. */
  readonly amberForeign: number;
  readonly redForeign: number;
  /** Colourfulness below which a picture is grey; H&E has 0.5 and more. */
  readonly amberColourless: number;
  readonly redColourless: number;
  /** Share of the slide in black from which there was no light behind it. */
  readonly redBlack: number;
  /** Brightness must vary so much, levels of 255, before a picture counts as tissue that is not H&E rather than something drawn. */
  readonly leastContrast: number;
  /** Distance of features over the upper end of the training images held out by block. */
  readonly amberDistance: number;
  readonly redDistance: number;
}

export const DEFAULT_TRUST_OPTIONS: TrustOptions = {
  rangeMargin: 0.5,
  coarsestTimes: 2,
  powerProduct: [4, 12],
  powerRedTimes: 3,
  finestMpp: 0.07,
  amberExtentMm: 76,
  redExtentMm: 152,
  leastPatches: 4,
  blurShare: 0.1,
  amberBlurred: 0.5,
  redBlurred: 0.9,
  redBlurShare: 0.02,
  sharpEdge: 1.8,
  amberInk: 0.015,
  amberFolds: 0.05,
  amberForeign: 0.05,
  redForeign: 0.3,
  amberColourless: 0.3,
  redColourless: 0.15,
  redBlack: 0.5,
  leastContrast: 2,
  amberDistance: 1.2,
  redDistance: 3,
};
