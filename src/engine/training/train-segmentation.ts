import { AppError } from "../base/errors.ts";
import { openTriedBackbone } from "../features/backbone-session.ts";
import { checkSampling } from "../modelpack/check-geometry.ts";
import type { ModelPack } from "../modelpack/types.ts";
import type { PixelSize } from "../slide/types.ts";
import { groupFolds, leaveOneGroupOut } from "../svm/folds.ts";
import { columnStatistics } from "../svm/scale.ts";
import { assemblePack, packSampling } from "./assemble-pack.ts";
import { type Collected, collectWindows, type TrainingScene } from "./collect.ts";
import { compareRefinements, type RefinementFigures } from "./compare-refinements.ts";
import type { TrainingConfig } from "./config.ts";
import type { FoldFigures } from "./cross-validate.ts";
import { type RecordedFigures, recordFigures } from "./figures.ts";
import { ascending, type FittedModel, fitPath, rowsOf, type WindowSet } from "./fit.ts";
import { judgingViews } from "./judge-images.ts";
import { checkRounds, crossValidate, lastOf, type Round } from "./rounds.ts";
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
  /** What each step of the refinements reached, the pack's own last; empty when there are none. */
  readonly refinements: readonly RefinementFigures[];
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
    checkRounds(config.refinements.hardRegions?.rounds ?? 0, folds);
    const collected = await collectWindows(scene);
    const groupOf = new Map(images.map(({ name, group }) => [name, group]));
    const record = (figures: FoldFigures) => recordFigures(figures, groupOf);
    const views = judgingViews(scene, isJudgedOften(config));
    const compared = await compareRefinements(scene, views, collected, folds, record);
    const { windows, last, refinements } = compared;
    const byGroup = config.folds.leaveOneGroupOut
      ? record(
          lastOf(await crossValidate(scene, views, windows, collected.candidates, leaveOneGroupOut(groups))).figures,
        )
      : null;
    options.onStep?.("training on all images");
    const recorded = record(last.figures);
    const model = fitAll(scene, windows, last);
    const trained = await assemblePack(request, {
      model,
      rule: last.rule,
      figures: recorded,
      leaveOneGroupOut: byGroup,
      refinements,
      reference: {
        ...columnStatistics(collected.windows.features, collected.windows.cols, { rows: plainRows(collected) }),
        rgbMean: collected.rgbMean,
        rgbStd: collected.rgbStd,
      },
      groups: [...new Set(groups)].sort(),
      images: images.map(({ name }) => name),
      windows: windows.drawn + last.added.length,
      positiveWindows: trainingRows(windows, last).reduce((sum, row) => sum + windows.labels[row]!, 0),
    });
    return { pack: trained, figures: recorded, leaveOneGroupOut: byGroup, refinements };
  } finally {
    await session.close();
  }
}

/** With fewer than three there is nothing left to train on when two folds are held out. */
export function checkGroups(groups: readonly string[]): void {
  const found = new Set(groups).size;
  if (found >= 3) return;
  throw new AppError(
    "training/bad-data",
    `Expected images of at least three groups for nested cross-validation, found ${found}; add images or check the expression that names the groups.`,
  );
}

/** Whether the network's maps of an image are looked at more than once. */
function isJudgedOften({ refinements, folds }: TrainingConfig): boolean {
  return refinements.hardRegions !== null || refinements.ablation || folds.leaveOneGroupOut;
}

/** Along the same path of C as in the folds, up to the chosen one. */
function fitAll(scene: TrainingScene, windows: WindowSet, last: Round): FittedModel {
  const { svm, seed } = scene.config;
  const { index } = last.rule;
  const c = ascending(svm.c).slice(0, index + 1);
  return fitPath(windows, trainingRows(windows, last), { ...svm, c }, seed)[index]!;
}

function trainingRows(windows: WindowSet, { added }: Round): Int32Array {
  return rowsOf(windows, () => true, added);
}

function plainRows({ isPlain, windows }: Collected): Int32Array {
  const rows = rowsOf(windows, () => true);
  const plain = rows.filter((row) => isPlain[row] === 1);
  return plain.length > 0 ? plain : rows;
}
