import type { TrainingConfig } from "../training/config.ts";
import { exclusionKey, type FoldedImage, nestedFigures } from "../training/cross-validate.ts";
import { ascending } from "../training/fit.ts";
import { foundMask } from "../training/held-out.ts";
import { scoreMask } from "../training/score.ts";
import type { MethodOutcome } from "./study.ts";

/**
 * Masks of images from decisions on their patches: C, calibration and threshold are chosen for each fold on the others alone, as the
 * figures of a training are.
 */
export function judgeByRules(
  judged: readonly FoldedImage[],
  foldOf: Int32Array,
  config: TrainingConfig,
): MethodOutcome {
  const { threshold, postProcess, windows, svm } = config;
  const options = { threshold, postProcess, ...windows };
  const { rules } = nestedFigures(judged, Math.max(...foldOf) + 1, ascending(svm.c), options);
  return {
    images: judged.map(({ image, fold, decisions }) => {
      const rule = rules[fold]!;
      const own = decisions.get(exclusionKey([fold]))![rule.index]!;
      const { mask } = foundMask({ image, decisions: own }, rule, postProcess);
      return { image, fold, mask, score: scoreMask(mask, image.cells) };
    }),
    choices: rules.map((rule) => ({ c: rule.c, threshold: rule.threshold })),
  };
}
