import { type Random, shuffle } from "../base/random.ts";
import { patchPositions } from "../heatmap/windows.ts";
import type { Lattice } from "../patches/types.ts";
import type { AreaWithin, Truth } from "./truth.ts";

export interface WindowOptions {
  /** Windows drawn from each image (and view of it), at most. Default 400. */
  readonly perImage: number;
  /** Share of the patch that must be tissue, 0 to 1. Default 0.5. */
  readonly minTissue: number;
  /** A window is trained as positive when more than this share of its patch is; the paper's 0.5. */
  readonly positiveAbove: number;
  /** The same for the held-out patches on which confidences are calibrated: what a confidence is a confidence of. */
  readonly calibrateAbove: number;
}

/** Truth at every patch position of a lattice, row-major, as shares of the patch's area (0 to 1). */
export interface PatchTruth {
  readonly tissue: Float32Array;
  readonly positive: Float32Array;
}

/** What lies over the slide's edge is neither tissue nor positive. */
export function patchTruth(truth: Truth, lattice: Lattice): PatchTruth {
  const { cols, rows } = patchPositions(lattice);
  const { stride0X, stride0Y, patchStrides } = lattice;
  const area = patchStrides * stride0X * patchStrides * stride0Y;
  const tissue = new Float32Array(cols * rows);
  const positive = new Float32Array(cols * rows);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const right = (col + patchStrides) * stride0X;
      const bottom = (row + patchStrides) * stride0Y;
      const found = truth.areas(col * stride0X, row * stride0Y, right, bottom);
      tissue[row * cols + col] = found.tissue / area;
      positive[row * cols + col] = found.positive / area;
    }
  }
  return { tissue, positive };
}

/** Patch positions with enough tissue, ascending. */
export function tissuePatches(truth: PatchTruth, minTissue: number): Int32Array {
  const positions: number[] = [];
  for (let at = 0; at < truth.tissue.length; at++) if (truth.tissue[at]! >= minTissue) positions.push(at);
  return Int32Array.from(positions);
}

/**
 * Draws patch positions evenly from those with enough tissue; returned ascending, with their labels (1 positive). `further` are the
 * next `pool` of the same draw, in its order.
 */
export function sampleWindows(
  truth: PatchTruth,
  options: Pick<WindowOptions, "perImage" | "minTissue" | "positiveAbove">,
  random: Random,
  pool = 0,
): { readonly positions: Int32Array; readonly labels: Uint8Array; readonly further: Int32Array } {
  const candidates = tissuePatches(truth, options.minTissue);
  shuffle(candidates, random);
  const positions = candidates.slice(0, options.perImage).sort();
  const further = candidates.slice(options.perImage, options.perImage + pool);
  return { positions, labels: labelsAt(truth, positions, options.positiveAbove), further };
}

export function labelsAt(truth: PatchTruth, positions: Int32Array, positiveAbove: number): Uint8Array {
  return Uint8Array.from(positions, (at) => (truth.positive[at]! > positiveAbove ? 1 : 0));
}

/** 1 for each patch of which more than `share` lies within the area that `within` measures. */
export function patchesAbove(within: AreaWithin, lattice: Lattice, positions: Int32Array, share: number): Uint8Array {
  const { cols } = patchPositions(lattice);
  const { stride0X, stride0Y, patchStrides } = lattice;
  const least = share * patchStrides * stride0X * patchStrides * stride0Y;
  return Uint8Array.from(positions, (at) => {
    const col = at % cols;
    const row = Math.floor(at / cols);
    const right = (col + patchStrides) * stride0X;
    const bottom = (row + patchStrides) * stride0Y;
    return within(col * stride0X, row * stride0Y, right, bottom) > least ? 1 : 0;
  });
}

/** Level-0 pixels. */
export function patchCentres(lattice: Lattice, positions: Int32Array): { x0: Float64Array; y0: Float64Array } {
  const { cols } = patchPositions(lattice);
  const half = lattice.patchStrides / 2;
  return {
    x0: Float64Array.from(positions, (at) => ((at % cols) + half) * lattice.stride0X),
    y0: Float64Array.from(positions, (at) => (Math.floor(at / cols) + half) * lattice.stride0Y),
  };
}
