import type { RgbaImage } from "../slide/types.ts";
import { BINARY_PATTERNS, binaryPatterns } from "./binary-patterns.ts";
import { type Codebook, WORDS, wordsOf } from "./codebook.ts";
import { type CountTable, countLabels, writeCounts } from "./count-table.ts";
import { denseSift, SIFT_SIZE, SIFT_STEP, type SiftGrid } from "./dense-sift.ts";
import { greyImage } from "./grey.ts";
import { labImage } from "./lab.ts";
import { LAB_BINS, labBins } from "./lab-bins.ts";

/** 128 words of dense SIFT, 10 binary patterns, 48 bins of L*a*b*: the 186 values of the paper. */
export const MANUAL_VALUES = WORDS + BINARY_PATTERNS + 3 * LAB_BINS;

/** All that patches of an image need but the codebook. About 15 bytes a pixel with cells of 8 pixels. */
export interface ManualImage {
  /** Pixels per side of the cells in which patterns and colours are counted: patches begin and end at multiples of it. */
  readonly cell: number;
  readonly sift: SiftGrid;
  readonly patterns: CountTable;
  readonly colours: CountTable;
}

/** Upper left corner and side of a square patch, in pixels of the image; all multiples of the image's cell. */
export interface SquarePatch {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Computes once for the whole image what all its patches share. `cell`: a divisor of all patches' corners and sizes. */
export function manualImage(image: RgbaImage, cell: number): ManualImage {
  const grey = greyImage(image);
  const { width, height } = image;
  return {
    cell,
    sift: denseSift(grey),
    patterns: countLabels([{ width, height, data: binaryPatterns(grey) }], BINARY_PATTERNS, cell),
    colours: countLabels(labBins(labImage(image)), LAB_BINS, cell),
  };
}

/** The image's descriptors as words of one codebook, ready to be counted in patches. */
export function countWords({ sift }: ManualImage, codebook: Codebook): CountTable {
  return countLabels([{ width: sift.cols, height: sift.rows, data: wordsOf(sift, codebook) }], WORDS, 1);
}

/**
 * Rows of MANUAL_VALUES for patches: shares of the words among the descriptors that lie wholly within the patch, shares of the binary
 * patterns and of the bins of L*, a* and b* among its pixels. Each of the five histograms adds up to 1.
 */
export function manualRows(image: ManualImage, words: CountTable, patches: readonly SquarePatch[]): Float32Array {
  const rows = new Float32Array(patches.length * MANUAL_VALUES);
  const { cell, patterns, colours } = image;
  patches.forEach(({ x, y, size }, i) => {
    const offset = i * MANUAL_VALUES;
    const descriptors = {
      left: Math.ceil(x / SIFT_STEP),
      top: Math.ceil(y / SIFT_STEP),
      right: Math.floor((x + size - SIFT_SIZE) / SIFT_STEP) + 1,
      bottom: Math.floor((y + size - SIFT_SIZE) / SIFT_STEP) + 1,
    };
    const count = (descriptors.right - descriptors.left) * (descriptors.bottom - descriptors.top);
    writeCounts(words, descriptors, rows, offset, 1 / count);
    const box = { left: x / cell, top: y / cell, right: (x + size) / cell, bottom: (y + size) / cell };
    if (!Object.values(box).every(Number.isInteger)) {
      throw new RangeError(`a patch of ${size} at ${x}, ${y} does not consist of cells of ${cell} pixels`);
    }
    writeCounts(patterns, box, rows, offset + WORDS, 1 / size ** 2);
    writeCounts(colours, box, rows, offset + WORDS + BINARY_PATTERNS, 1 / size ** 2);
  });
  return rows;
}
