import type { Session } from "../features/types.ts";
import { packSampling } from "../training/assemble-pack.ts";
import { collectWindows, type TrainingScene } from "../training/collect.ts";
import { fitExclusions, judgeImages } from "../training/judge-images.ts";
import { judgeByRules } from "./judge-by-rules.ts";
import type { MethodOutcome, StudyScene } from "./study.ts";

/** The method itself (SVM-CNN of the paper), with the network and mode of the training file, as `palisade train` computes its figures. */
export async function svmOnNetworkFeatures(
  study: StudyScene,
  session: Session,
  foldOf: Int32Array,
): Promise<MethodOutcome> {
  const { config, pixelSize } = study;
  const pack = {
    backbone: { ...config.backbone, sha256: "" },
    sampling: packSampling(config, pixelSize.mppX, config.folds.stride || config.sampling.stride),
    pooling: { kind: "mean" } as const,
  };
  const scene: TrainingScene = { ...study, pack, session };
  const { windows } = await collectWindows(scene);
  const models = fitExclusions(scene, windows, foldOf);
  return judgeByRules(await judgeImages(scene, models, foldOf), foldOf, config);
}
