import { AppError, throwIfAborted } from "../base/errors.ts";
import { openTriedBackbone } from "../features/backbone-session.ts";
import { checkSampling } from "../modelpack/check-geometry.ts";
import type { ModelPack } from "../modelpack/types.ts";
import type { PixelSize } from "../slide/types.ts";
import { groupFolds } from "../svm/folds.ts";
import { columnStatistics } from "../svm/scale.ts";
import { assembleClassPack } from "./assemble-class-pack.ts";
import { packSampling } from "./assemble-pack.ts";
import { type RecordedClassFigures, recordClassFigures } from "./class-figures.ts";
import { type ClassRule, chooseClassRule } from "./class-rule.ts";
import { classThresholds } from "./class-thresholds.ts";
import { type ClassScene, type ClassWindows, collectClasses } from "./collect-classes.ts";
import { exclusionKey, exclusions } from "./cross-validate.ts";
import { ascending, rowsOf } from "./fit.ts";
import { type FittedClasses, fitClassPath } from "./fit-classes.ts";
import { judgeClasses } from "./judge-classes.ts";
import type { MaskClass } from "./mask-classes.ts";
import { checkGroups, type TrainingOptions } from "./train-segmentation.ts";
import type { TrainingRequest } from "./training-request.ts";

/** As `TrainingRequest`, with the classes and their colours in the masks instead of one positive colour. */
export interface ClassTrainingRequest extends Omit<TrainingRequest, "positive"> {
  readonly classes: readonly MaskClass[];
}

export interface TrainedClassPack {
  readonly pack: ModelPack;
  readonly figures: RecordedClassFigures;
}

/**
 * Trains a segmentation pack of several classes: windows of each class, a linear SVM for each pair of classes over folds of groups, C
 * and calibrations by cross-validation, and figures for which every choice was made without the fold that they judge. The same
 * request on the same machine gives the same pack to the byte.
 *
 * Throws `training/bad-data`, `training/bad-config`, what reading, running and the pack's geometry throw, and `AbortError`.
 */
export async function trainClasses(
  request: ClassTrainingRequest,
  options: TrainingOptions = {},
): Promise<TrainedClassPack> {
  const { config, backend, backboneBytes, classes } = request;
  const images = [...request.images].sort((a, b) => (a.name < b.name ? -1 : 1));
  const groups = images.map(({ group }) => group);
  checkGroups(groups);
  checkConfig(request);
  const pixelSize: PixelSize = { mppX: request.mpp, mppY: request.mpp, origin: "assumed" };
  const pack = {
    backbone: { ...config.backbone, sha256: "" },
    sampling: packSampling(config, request.mpp, config.folds.stride || config.sampling.stride),
    pooling: { kind: "mean" } as const,
  };
  checkSampling({ value: pack, path: "" }, { ...pack, task: "segmentation" });
  const session = await openTriedBackbone(backend, backboneBytes, pack.backbone, pack.sampling);
  try {
    const scene: ClassScene = { images, classes, pixelSize, config, pack, session, ...options };
    const foldOf = groupFolds(groups, config.folds.count);
    const { windows, ...colour } = await collectClasses(scene);
    const models = fitExclusions(scene, windows, foldOf);
    options.onStep?.("choosing C, prior and calibrations");
    const candidates = ascending(config.svm.c);
    const choice = { windows, models, foldOf, classes: classes.length, candidates, priors: config.classes.priors };
    const rule = chooseClassRule(choice);
    const rules = Array.from({ length: Math.max(...foldOf) + 1 }, (_, fold) => chooseClassRule(choice, [fold]));
    const judged = await judgeClasses(scene, models, rules, foldOf);
    const figures = recordClassFigures(judged, rules, classes);
    options.onStep?.("choosing thresholds");
    const thresholds = classThresholds(judged, classes, config.threshold, config.postProcess);
    options.onStep?.("training on all images");
    const trained = await assembleClassPack(request, {
      model: fitAll(scene, windows, rule),
      rule,
      figures,
      thresholds,
      reference: {
        ...columnStatistics(windows.features, windows.cols, {
          rows: rowsWhere(windows, (row) => windows.isPlain[row] === 1),
        }),
        ...colour,
      },
      groups: [...new Set(groups)].sort(),
      images: images.map(({ name }) => name),
      windowsByClass: classes.map((_, k) => windows.labels.filter((label) => label === k).length),
    });
    return { pack: trained, figures };
  } finally {
    await session.close();
  }
}

/** What a training file may ask of two classes only. */
function checkConfig({ config: { folds, refinements } }: ClassTrainingRequest): void {
  const found = [
    folds.leaveOneGroupOut ? "leaveOneGroupOut (give folds.count the number of groups instead)" : null,
    refinements.haemorrhage ? "haemorrhage (give it as one of the classes)" : null,
    refinements.hardRegions ? "hardRegions" : null,
  ].filter((name) => name !== null);
  if (found.length === 0) return;
  throw new AppError(
    "training/bad-config",
    `Expected settings for several classes, found ${found.join(", ")}, which belongs to a training on one positive class.`,
  );
}

/** As `fitExclusions` of two classes. */
function fitExclusions(
  scene: ClassScene,
  windows: ClassWindows,
  foldOf: Int32Array,
): ReadonlyMap<string, readonly FittedClasses[]> {
  const models = new Map<string, readonly FittedClasses[]>();
  const sets = exclusions(Math.max(...foldOf) + 1);
  for (const [index, set] of sets.entries()) {
    throwIfAborted(scene.signal);
    const without = set.map((fold) => fold + 1).join(" and ");
    scene.onStep?.(`training without fold ${without} (${index + 1} of ${sets.length})`);
    const rows = rowsOf(windows, (image) => !set.includes(foldOf[image]!));
    const { svm, seed } = scene.config;
    models.set(exclusionKey(set), fitClassPath(windows, rows, scene.classes.length, svm, seed));
  }
  return models;
}

/** Along the same path of C as in the folds, up to the chosen one. */
function fitAll(scene: ClassScene, windows: ClassWindows, rule: ClassRule): FittedClasses {
  const { svm, seed } = scene.config;
  const c = ascending(svm.c).slice(0, rule.index + 1);
  const rows = rowsOf(windows, () => true);
  return fitClassPath(windows, rows, scene.classes.length, { ...svm, c }, seed)[rule.index]!;
}

function rowsWhere(windows: ClassWindows, isWanted: (row: number) => boolean): Int32Array {
  const rows = [...windows.labels.keys()].filter(isWanted);
  return Int32Array.from(rows.length > 0 ? rows : windows.labels.keys());
}
