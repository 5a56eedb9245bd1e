import type { Session } from "../features/types.ts";
import { packSampling } from "../training/assemble-pack.ts";
import { collectWindows, type TrainingScene } from "../training/collect.ts";
import { withoutHaemorrhage } from "../training/compare-refinements.ts";
import { fitExclusions, judgeImages, judgingViews } from "../training/judge-images.ts";
import { judgeByRules } from "./judge-by-rules.ts";
import type { MethodOutcome, StudyScene } from "./study.ts";

/**
 * The method itself (SVM-CNN of the paper), with the network and mode of the training file, as `palisade train` computes its figures but
 * without rounds of hard regions, which the other methods do not get either.
 */
export async function svmOnNetworkFeatures(
  study: StudyScene,
  session: Session,
  foldOf: Int32Array,
): Promise<MethodOutcome> {
  const { pixelSize } = study;
  const config = { ...study.config, refinements: { ...study.config.refinements, hardRegions: null } };
  const pack = {
    backbone: { ...config.backbone, sha256: "" },
    sampling: packSampling(config, pixelSize.mppX, config.folds.stride || config.sampling.stride),
    pooling: { kind: "mean" } as const,
  };
  const scene: TrainingScene = { ...study, config, pack, session };
  const windows = withoutHaemorrhage(await collectWindows(scene));
  const models = fitExclusions(scene, windows, foldOf, { size: 2, added: new Map() });
  const judged = await judgeImages(scene, judgingViews(scene, false), models, foldOf);
  return judgeByRules(judged, foldOf, config);
}
