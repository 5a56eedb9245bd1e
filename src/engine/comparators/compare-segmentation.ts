import { AppError } from "../base/errors.ts";
import { openTriedBackbone } from "../features/backbone-session.ts";
import type { Backend } from "../features/types.ts";
import { groupFolds } from "../svm/folds.ts";
import { packSampling } from "../training/assemble-pack.ts";
import type { TrainingConfig } from "../training/config.ts";
import type { TrainingImage } from "../training/training-image.ts";
import type { MaskColour } from "../training/truth.ts";
import { graphRlmStudy } from "./graph-rlm-study.ts";
import { type MethodOutcome, type StudyScene, studyPack } from "./study.ts";
import { svmOnManualFeatures } from "./svm-manual.ts";
import { svmOnNetworkFeatures } from "./svm-network.ts";

/** Segmentation methods, as the paper's Fig. 6 orders them. */
export const SEGMENTATION_METHODS = ["graphrlm", "svm-mf", "svm-cnn"] as const;
export type SegmentationMethod = (typeof SEGMENTATION_METHODS)[number];

export interface SegmentationComparison {
  readonly images: readonly TrainingImage[];
  readonly positive: MaskColour;
  /** Micrometres per pixel of the images. */
  readonly mpp: number;
  readonly config: TrainingConfig;
  readonly backend: Backend;
  readonly backboneBytes: Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: string) => void;
}

/**
 * Runs one method over all images: folds by group, every choice on the folds that are not judged. All methods get the same folds, the same
 * draws of windows, the same tissue, truth and post-processing. Throws `training/bad-data`, and as reading and training.
 */
export async function compareSegmentation(
  comparison: SegmentationComparison,
  method: SegmentationMethod,
): Promise<MethodOutcome> {
  const { config, mpp, backend, backboneBytes, signal, onStep, positive } = comparison;
  const images = [...comparison.images].sort((a, b) => (a.name < b.name ? -1 : 1));
  const groups = images.map(({ group }) => group);
  const found = new Set(groups).size;
  if (found < 3) {
    throw new AppError(
      "training/bad-data",
      `Expected images of at least three groups for nested cross-validation, found ${found}; add images or check the expression that names the groups.`,
    );
  }
  const foldOf = groupFolds(groups, config.folds.count);
  const scene: StudyScene = {
    images,
    positive,
    config,
    pixelSize: { mppX: mpp, mppY: mpp, origin: "assumed" },
    pack: studyPack(config, mpp),
    ...(signal ? { signal } : {}),
    ...(onStep ? { onStep } : {}),
  };
  if (method === "graphrlm") return await graphRlmStudy(scene, foldOf);
  if (method === "svm-mf") return await svmOnManualFeatures(scene, foldOf);
  const session = await openTriedBackbone(
    backend,
    backboneBytes,
    { ...config.backbone, sha256: "" },
    packSampling(config, mpp, config.folds.stride || config.sampling.stride),
  );
  try {
    return await svmOnNetworkFeatures(scene, session, foldOf);
  } finally {
    await session.close();
  }
}
