import { AppError } from "../base/errors.ts";
import type { BinarySvm, ModelPack } from "../modelpack/types.ts";
import type { Head } from "./head.ts";

/** The one SVM of a segmentation pack. Throws `analysis/mode-mismatch` for a pack of another task. */
export function segmentationSvm(pack: ModelPack): BinarySvm {
  const [svm, ...others] = pack.svms;
  if (pack.task === "segmentation" && svm && others.length === 0) return svm;
  throw new AppError(
    "analysis/mode-mismatch",
    `Expected a segmentation pack with one SVM, found the ${pack.task} pack "${pack.name}" with ${pack.svms.length}; choose another pack.`,
  );
}

/** The SVM's weights as a projection of the backbone's map: a plane per window, zero where a channel was not selected. */
export function headOfPack(pack: ModelPack): Head {
  const { channels, output } = pack.backbone;
  const svm = segmentationSvm(pack);
  const selected = pack.selected ?? Array.from({ length: channels }, (_, channel) => channel);
  const planes = svm.weights.length / selected.length;
  if (!Number.isInteger(planes)) {
    throw new RangeError(`${svm.weights.length} weights are no multiple of ${selected.length} channels.`);
  }
  const weights = new Float32Array(planes * channels);
  for (let plane = 0; plane < planes; plane++) {
    selected.forEach((channel, index) => {
      weights[plane * channels + channel] = svm.weights[plane * selected.length + index]!;
    });
  }
  return { output, channels, planes, weights };
}
