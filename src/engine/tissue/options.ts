import type { PixelSize } from "../slide/types.ts";

/**
 * Sizes are micrometres on the slide. The numbers were chosen on low-power sections and thumbnails so that pale
 * necrosis stays tissue; the outline found is not sensitive to them (Dice within 0.003 for 4 to 10 levels of colour).
 */
export interface TissueOptions {
  /** Overrides the slide's own. Without either a cell counts as 10 µm. Default: the slide's. */
  readonly pixelSize?: PixelSize;
  /** Wanted side of a mask cell; larger where the slide's longest side would have more than `maxCells`. Default 8. */
  readonly cellUm?: number;
  /** Cells along the longest side at most. Default 2048. */
  readonly maxCells?: number;
  /** Reach of the averaging that bridges lacy, vacuolated tissue: half the side of its square. Default 20. */
  readonly reachUm?: number;
  /**
   * Least and largest stain that makes tissue; between them the noise of the slide's own glass decides. Stain is colour (highest less
   * lowest channel, of 255, after white balance) plus a quarter of the texture. Default 5 and 9.
   */
  readonly lowestStain?: number;
  readonly highestStain?: number;
  /** Share of the light that colourless material must swallow to be tissue, 0 to 1: keeps grey slides, leaves out bubbles. Default 0.3. */
  readonly greyAbsorption?: number;
  /** Pieces of tissue smaller than this are dust, square micrometres. Default 20,000, a square of 140 µm. */
  readonly minPieceUm2?: number;
  /** Holes smaller than this are filled, square micrometres. Default 20,000. */
  readonly maxHoleUm2?: number;
  /** Pen strokes are at least this wide. Default 60. */
  readonly penWidthUm?: number;
  readonly signal?: AbortSignal;
}

export type ResolvedTissueOptions = Required<Omit<TissueOptions, "pixelSize" | "signal">>;

export const DEFAULT_TISSUE_OPTIONS: ResolvedTissueOptions = {
  cellUm: 8,
  maxCells: 2048,
  reachUm: 20,
  lowestStain: 5,
  highestStain: 9,
  greyAbsorption: 0.3,
  minPieceUm2: 20_000,
  maxHoleUm2: 20_000,
  penWidthUm: 60,
};
