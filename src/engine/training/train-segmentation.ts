import { AppError } from "../base/errors.ts";
import { openTriedBackbone } from "../features/backbone-session.ts";
import { checkSampling } from "../modelpack/check-geometry.ts";
import type { ModelPack } from "../modelpack/types.ts";
import type { PixelSize } from "../slide/types.ts";
import { groupFolds, leaveOneGroupOut } from "../svm/folds.ts";
import { columnStatistics } from "../svm/scale.ts";
import { assemblePack, packSampling } from "./assemble-pack.ts";
import { type Collected, collectWindows, type TrainingScene } from "./collect.ts";
import { type ChosenRule, chooseOn, type FoldFigures, nestedFigures } from "./cross-validate.ts";
import { type RecordedFigures, recordFigures } from "./figures.ts";
import { ascending, fitPath, rowsOf } from "./fit.ts";
import { fitExclusions, judgeImages } from "./judge-images.ts";
import type { TrainingRequest } from "./training-request.ts";

export interface TrainingOptions {
  readonly signal?: AbortSignal;
  /** One sentence per step, for a person who waits. */
  readonly onStep?: (step: string) => void;
}

export interface TrainedPack {
  readonly pack: ModelPack;
  readonly figures: RecordedFigures;
  readonly leaveOneGroupOut: RecordedFigures | null;
}

/**
 * Trains a segmentation pack: windows with stains and sizes jittered, linear SVMs over folds of groups, C, calibration and
 * threshold by cross-validation, and figures for which every choice was made without the fold that they judge. The same request
 * on the same machine gives the same pack to the byte.
 *
 * Throws `training/bad-data`, `svm/one-class`, what reading, running and the pack's geometry throw, and `AbortError`.
 */
export async function trainSegmentation(request: TrainingRequest, options: TrainingOptions = {}): Promise<TrainedPack> {
  const { config, backend, backboneBytes } = request;
  const images = [...request.images].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (images.length === 0) {
    throw new AppError("training/bad-data", "Expected images with masks to train on, found none; check both folders.");
  }
  const pixelSize: PixelSize = { mppX: request.mpp, mppY: request.mpp, origin: "assumed" };
  const pack = {
    backbone: { ...config.backbone, sha256: "" },
    sampling: packSampling(config, request.mpp, config.folds.stride || config.sampling.stride),
    pooling: { kind: "mean" } as const,
  };
  checkSampling({ value: pack, path: "" }, { ...pack, task: "segmentation" });
  const session = await openTriedBackbone(backend, backboneBytes, pack.backbone, pack.sampling);
  try {
    const scene: TrainingScene = { images, positive: request.positive, pixelSize, config, pack, session, ...options };
    const groups = images.map(({ group }) => group);
    checkGroups(groups);
    const folds = groupFolds(groups, config.folds.count);
    const collected = await collectWindows(scene);
    const { rule, figures } = await crossValidate(scene, collected, folds);
    const groupOf = new Map(images.map(({ name, group }) => [name, group]));
    const recorded = recordFigures(figures, groupOf);
    const byGroup = config.folds.leaveOneGroupOut
      ? recordFigures((await crossValidate(scene, collected, leaveOneGroupOut(groups))).figures, groupOf)
      : null;
    options.onStep?.("training on all images");
    const model = fitAll(scene, collected, rule);
    const trained = await assemblePack(request, {
      model,
      rule,
      figures: recorded,
      leaveOneGroupOut: byGroup,
      reference: {
        ...columnStatistics(collected.windows.features, collected.windows.cols, { rows: plainRows(collected) }),
        rgbMean: collected.rgbMean,
        rgbStd: collected.rgbStd,
      },
      groups: [...new Set(groups)].sort(),
      images: images.map(({ name }) => name),
      windows: collected.windows.labels.length,
      positiveWindows: collected.windows.labels.reduce((sum, label) => sum + label, 0),
    });
    return { pack: trained, figures: recorded, leaveOneGroupOut: byGroup };
  } finally {
    await session.close();
  }
}

/** With fewer than three there is nothing left to train on when two folds are held out. */
function checkGroups(groups: readonly string[]): void {
  const found = new Set(groups).size;
  if (found >= 3) return;
  throw new AppError(
    "training/bad-data",
    `Expected images of at least three groups for nested cross-validation, found ${found}; add images or check the expression that names the groups.`,
  );
}

async function crossValidate(
  scene: TrainingScene,
  { windows }: Collected,
  foldOf: Int32Array,
): Promise<{ readonly rule: ChosenRule; readonly figures: FoldFigures }> {
  const models = fitExclusions(scene, windows, foldOf);
  const judged = await judgeImages(scene, models, foldOf);
  const { threshold, postProcess, windows: windowOptions, svm } = scene.config;
  const candidates = ascending(svm.c);
  const ruleOptions = { threshold, postProcess, ...windowOptions };
  scene.onStep?.("choosing C, calibration and threshold");
  return {
    rule: chooseOn(judged, candidates, ruleOptions),
    figures: nestedFigures(judged, Math.max(...foldOf) + 1, candidates, ruleOptions),
  };
}

/** Along the same path of C as in the folds, up to the chosen one. */
function fitAll(scene: TrainingScene, { windows }: Collected, rule: ChosenRule) {
  const { svm, seed } = scene.config;
  const c = ascending(svm.c).slice(0, rule.index + 1);
  return fitPath(
    windows,
    rowsOf(windows, () => true),
    { ...svm, c },
    seed,
  )[rule.index]!;
}

function plainRows({ isPlain }: Collected): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < isPlain.length; row++) if (isPlain[row] === 1) rows.push(row);
  return rows.length > 0 ? Int32Array.from(rows) : Int32Array.from(isPlain.keys());
}
