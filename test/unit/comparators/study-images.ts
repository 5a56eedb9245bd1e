import { readFileSync } from "node:fs";
import type { SegmentationComparison } from "../../../src/engine/comparators/compare-segmentation.ts";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import type { RgbaImage } from "../../../src/engine/slide/types.ts";
import { parseTrainingConfig } from "../../../src/engine/training/config.ts";
import type { TrainingImage } from "../../../src/engine/training/training-image.ts";
import { madeImage } from "../training/made-images.ts";

export const backboneBytes = new Uint8Array(
  readFileSync(new URL("../../../public/models/necrosis-lowpower/backbone.onnx", import.meta.url)),
);

/** Eight made sections in four groups, patches of 32 pixels, three folds. */
export async function madeComparison(
  images: readonly TrainingImage[] = Array.from({ length: 8 }, (_, index) => madeImage(index)),
): Promise<SegmentationComparison> {
  return {
    images,
    positive: [5, 5, 5],
    mpp: 10,
    config: parseTrainingConfig({
      sampling: { patch: 32, windows: [32, 48] },
      windows: { perImage: 60 },
      views: [{}],
      svm: { c: [1e-3, 1e-2] },
      folds: { count: 3 },
      threshold: { from: 0.1, to: 0.9, count: 9 },
      postProcess: { minRegionUm2: 0, maxHoleUm2: 0 },
    }),
    backend: await nodeBackend({ threads: 1 }),
    backboneBytes,
  };
}

/** The same image with another picture or mask. */
export function withMask(image: TrainingImage, change: (mask: RgbaImage) => RgbaImage): TrainingImage {
  return { ...image, readMask: async () => change(await image.readMask()) };
}
