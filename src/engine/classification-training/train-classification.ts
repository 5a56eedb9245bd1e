import { AppError } from "../base/errors.ts";
import { slideDecision } from "../classification/decision-for.ts";
import { openTriedBackbone } from "../features/backbone-session.ts";
import { checkSampling } from "../modelpack/check-geometry.ts";
import type { ModelPack } from "../modelpack/types.ts";
import { classPairs } from "../svm/one-vs-one.ts";
import { assembleClassificationPack } from "./assemble-pack.ts";
import { classFolds } from "./class-folds.ts";
import type { ClassificationRequest } from "./classification-request.ts";
import { type BagScene, collectBags } from "./collect-bags.ts";
import { bagSampling, type ClassificationConfig } from "./config.ts";
import { type CrossValidation, crossValidateBags } from "./cross-validate-bags.ts";
import { type RecordedClassification, recordClassification } from "./figures.ts";
import { fitBags, rowsOfImages } from "./fit-bags.ts";
import type { LabelledImage } from "./labelled-image.ts";

export interface ClassificationTrainingOptions {
  readonly signal?: AbortSignal;
  /** One sentence per step, for a person who waits. */
  readonly onStep?: (step: string) => void;
}

export interface TrainedClassification {
  readonly pack: ModelPack;
  readonly figures: RecordedClassification;
}

/**
 * Trains a classification pack: every image's patches pooled, under several stains and turns, features selected, one linear SVM per
 * pair of classes, C and calibration by cross-validation over groups, and figures for which every choice was made without the fold that
 * they judge. The same request on the same machine gives the same pack to the byte, in whatever order the images come.
 *
 * Throws `training/bad-data`, `svm/one-class`, what reading, running and the pack's geometry throw, and `AbortError`.
 */
export async function trainClassification(
  request: ClassificationRequest,
  options: ClassificationTrainingOptions = {},
): Promise<TrainedClassification> {
  const { config, backend, backboneBytes } = request;
  const images = [...request.images].sort((a, b) => (a.name < b.name ? -1 : 1));
  const classes = classesOf(images, config);
  const labels = Uint8Array.from(images, ({ label }) => classes.indexOf(label));
  const groups = images.map(({ group }) => group);
  const foldOf = classFolds(groups, labels, classes, config.folds.count);
  const { backbone, svm, seed, features } = config;
  const pack = { backbone: { ...backbone, sha256: "" }, sampling: bagSampling(config) };
  checkSampling({ value: pack, path: "" }, { ...pack, pooling: { kind: "mean" }, task: "classification" });
  const session = await openTriedBackbone(backend, backboneBytes, pack.backbone, pack.sampling);
  try {
    const scene: BagScene = { images, config, pack, session, ...options };
    const bags = await collectBags(scene);
    options.onStep?.("cross-validation");
    const fit = { classes: classes.length, labels, features, svm, seed };
    const validation = crossValidateBags(bags.set, foldOf, {
      ...fit,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const figures = recordValidation(images, classes, validation);
    options.onStep?.("training on all images");
    const model = fitBags(
      bags.set,
      rowsOfImages(bags.set, () => true),
      { ...fit, svm: { ...svm, c: [validation.rule.c] } },
    )[0]!;
    const findings = { model, rule: validation.rule, figures, bags, classes, groups: [...new Set(groups)].sort() };
    return { pack: await assembleClassificationPack(request, images, findings), figures };
  } finally {
    await session.close();
  }
}

/** The configured classes, else the labels by name. */
export function classesOf(images: readonly LabelledImage[], config: ClassificationConfig): string[] {
  const found = [...new Set(images.map(({ label }) => label))].sort();
  const classes = config.classes.length > 0 ? [...config.classes] : found;
  if (classes.length < 2) {
    throw new AppError(
      "training/bad-data",
      `Expected images of at least two classes, found ${found.length === 0 ? "none" : `only "${found.join('", "')}"`}; check the column label.`,
    );
  }
  const unknown = found.find((label) => !classes.includes(label));
  if (unknown === undefined) return classes;
  throw new AppError(
    "training/bad-data",
    `Expected the labels ${classes.map((name) => `"${name}"`).join(", ")} that the training file names, found "${unknown}".`,
  );
}

/** Figures by image, with names and classes. */
export function recordValidation(
  images: readonly LabelledImage[],
  classes: readonly string[],
  { figures }: CrossValidation,
): RecordedClassification {
  const pairs = classPairs(classes.length);
  const judged = images.map(({ name, group, label }, index) => {
    const { fold, predicted, decisions, probabilities } = figures.images[index]!;
    const decided = pairs.map(({ positive, negative }, k) => ({
      positive: classes[positive]!,
      negative: classes[negative]!,
      decision: decisions[k]!,
    }));
    const decision = slideDecision(classes, classes[predicted]!, decided);
    return {
      name,
      group,
      label,
      predicted: classes[predicted]!,
      confidence: probabilities[predicted]!,
      decision,
      fold,
    };
  });
  return recordClassification(judged, classes, figures.rules);
}
