import { classFolds } from "../classification-training/class-folds.ts";
import { type CollectedBags, collectBags } from "../classification-training/collect-bags.ts";
import { bagSampling, type ClassificationConfig } from "../classification-training/config.ts";
import {
  type CrossValidation,
  crossValidateBags,
  crossValidateJudges,
} from "../classification-training/cross-validate-bags.ts";
import type { RecordedClassification } from "../classification-training/figures.ts";
import type { LabelledImage } from "../classification-training/labelled-image.ts";
import { classesOf, recordValidation } from "../classification-training/train-classification.ts";
import { openTriedBackbone } from "../features/backbone-session.ts";
import type { Bag } from "../features/bag.ts";
import type { Backend, Session } from "../features/types.ts";
import type { ModelPack } from "../modelpack/types.ts";
import type { BagStudy } from "./bag-study.ts";
import { imageLevelSet } from "./image-level.ts";
import { manualJudges } from "./manual-bags.ts";
import { MCIL_ROUNDS, mcilJudges } from "./mcil-judges.ts";

/** Classification methods, in the order of the paper's table 2. */
export const CLASSIFICATION_METHODS = ["mcil", "image-level", "svm-mf", "svm-cnn"] as const;
export type ClassificationMethod = (typeof CLASSIFICATION_METHODS)[number];

export interface ClassificationComparison {
  readonly images: readonly LabelledImage[];
  readonly config: ClassificationConfig;
  readonly backend: Backend;
  readonly backboneBytes: Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: string) => void;
}

/** Runs methods one by one over the same images, folds and views; what two of them need of the network is computed once. */
export interface ClassificationStudy {
  readonly classes: readonly string[];
  run(method: ClassificationMethod): Promise<RecordedClassification>;
  close(): Promise<void>;
}

/** Throws `training/bad-data`, and as reading, the network and training. Whoever opens it closes it. */
export async function openClassificationStudy(comparison: ClassificationComparison): Promise<ClassificationStudy> {
  const { config, backend, backboneBytes, signal, onStep } = comparison;
  const images = [...comparison.images].sort((a, b) => (a.name < b.name ? -1 : 1));
  const classes = classesOf(images, config);
  const labels = Uint8Array.from(images, ({ label }) => classes.indexOf(label));
  const groups = images.map(({ group }) => group);
  const { svm, seed, features, backbone } = config;
  const study: BagStudy = {
    images,
    config,
    fit: { classes: classes.length, labels, features, svm, seed },
    foldOf: classFolds(groups, labels, classes, config.folds.count),
    ...(signal ? { signal } : {}),
    ...(onStep ? { onStep } : {}),
  };
  const network = { ...backbone, sha256: "" };
  const session = await openTriedBackbone(backend, backboneBytes, network, bagSampling(config));
  const validate = validator(study, session);
  return {
    classes,
    run: async (method) => recordValidation(images, classes, await validate(method)),
    close: () => session.close(),
  };
}

function validator(study: BagStudy, session: Session): (method: ClassificationMethod) => Promise<CrossValidation> {
  const { config, fit, foldOf, signal, onStep } = study;
  const backbone: ModelPack["backbone"] = { ...config.backbone, sha256: "" };
  const options = { ...fit, ...(signal ? { signal } : {}) };
  const bags: Bag[] = [];
  let collected: Promise<CollectedBags> | undefined;
  const network = () => {
    const scene = { images: study.images, config, pack: { backbone, sampling: bagSampling(config) }, session };
    const watched = { ...(signal ? { signal } : {}), ...(onStep ? { onStep } : {}) };
    collected ??= collectBags({ ...scene, ...watched, onBag: (bag) => bags.push(bag) });
    return collected;
  };
  return async (method) => {
    if (method === "svm-cnn") return crossValidateBags((await network()).set, foldOf, options);
    if (method === "image-level") {
      return crossValidateBags(await imageLevelSet(study, backbone, session), foldOf, options);
    }
    if (method === "svm-mf") return crossValidateJudges(foldOf, await manualJudges(study), options);
    const { set } = await network();
    const rounds = { ...options, svm: { ...fit.svm, c: MCIL_ROUNDS } };
    return crossValidateJudges(foldOf, mcilJudges(study, set, bags), rounds);
  };
}
