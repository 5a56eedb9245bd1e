import { AppError } from "../base/errors.ts";
import type { BinarySvm, ModelPack } from "../modelpack/types.ts";
import type { Head } from "./head.ts";

/** The SVMs of a segmentation pack, one for each pair of classes. Throws `analysis/mode-mismatch` for a pack of another task. */
export function segmentationSvms(pack: ModelPack): readonly BinarySvm[] {
  if (pack.task === "segmentation" && pack.svms.length > 0) return pack.svms;
  throw new AppError(
    "analysis/mode-mismatch",
    `Expected a segmentation pack with an SVM, found the ${pack.task} pack "${pack.name}" with ${pack.svms.length}; choose another pack.`,
  );
}

/**
 * The weights of all SVMs as a projection of the backbone's map: SVM by SVM a plane per window, zero where a channel was not
 * selected.
 */
export function headOfPack(pack: ModelPack): Head {
  const { channels, output } = pack.backbone;
  const svms = segmentationSvms(pack);
  const selected = pack.selected ?? Array.from({ length: channels }, (_, channel) => channel);
  const windows = pack.sampling.windows.length;
  const weights = new Float32Array(svms.length * windows * channels);
  svms.forEach((svm, index) => {
    if (svm.weights.length !== windows * selected.length) {
      throw new RangeError(`${svm.weights.length} weights are not ${windows} times ${selected.length} channels.`);
    }
    for (let window = 0; window < windows; window++) {
      const plane = (index * windows + window) * channels;
      selected.forEach((channel, place) => {
        weights[plane + channel] = svm.weights[window * selected.length + place]!;
      });
    }
  });
  return { output, channels, planes: svms.length * windows, weights };
}
