import { isBackground } from "../heatmap/class-palette.ts";
import { necrosisMask } from "../heatmap/mask.ts";
import type { ConfidenceGrid } from "../heatmap/types.ts";
import type { PostProcess } from "../modelpack/types.ts";
import { bestThreshold, thresholdGrid } from "../svm/threshold.ts";
import type { ThresholdConfig } from "./config.ts";
import type { JudgedImage } from "./judge-classes.ts";
import type { MaskClass } from "./mask-classes.ts";

/**
 * For each class the confidence from which its map, looked at alone and post-processed, overlaps best with the truth: the highest
 * Dice over the pixels of all held-out images that are not background in the mask. 0.5 for a class of which nothing is found at any threshold.
 */
export function classThresholds(
  judged: readonly JudgedImage[],
  classes: readonly MaskClass[],
  config: ThresholdConfig,
  postProcess: PostProcess,
): number[] {
  const grid = thresholdGrid(config.from, config.to, config.count);
  const background = classes.findIndex(isBackground);
  return classes.map((_, k) => {
    const curve = Float64Array.from(grid, (threshold) => pooledDice(judged, k, background, threshold, postProcess));
    if (!curve.some((dice) => dice > 0)) return 0.5;
    return bestThreshold(grid, [curve], config.smooth).threshold;
  });
}

function pooledDice(
  judged: readonly JudgedImage[],
  k: number,
  background: number,
  threshold: number,
  postProcess: PostProcess,
): number {
  let common = 0;
  let found = 0;
  let truth = 0;
  for (const image of judged) {
    const { data } = necrosisMask(gridOf(image, k), threshold, postProcess, image.pixelSize);
    const cells = data.length;
    const classes = image.planes.count;
    for (let cell = 0; cell < cells; cell++) {
      const own = image.areas0[k * cells + cell]!;
      truth += own;
      if (data[cell] !== 1) continue;
      common += own;
      for (let c = 0; c < classes; c++)
        if (c !== background || k === background) found += image.areas0[c * cells + cell]!;
    }
  }
  return found + truth === 0 ? 0 : (2 * common) / (found + truth);
}

function gridOf({ lattice, planes, tissue }: JudgedImage, k: number): ConfidenceGrid {
  const { cols, rows, stride0X, stride0Y, width0, height0 } = lattice;
  const values = planes.values.subarray(k * cols * rows, (k + 1) * cols * rows);
  return { cols, rows, stride0X, stride0Y, width0, height0, values, tissue };
}
