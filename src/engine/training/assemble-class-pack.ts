import { sha256Hex } from "../base/sha256.ts";
import { selfTestDecisions } from "../features/self-test.ts";
import type { BinarySvm, ModelPack, SelfTestCase } from "../modelpack/types.ts";
import {
  packSampling,
  questions,
  referenceStatistics,
  SELF_TEST_CONFIDENCE,
  type TrainingFindings,
} from "./assemble-pack.ts";
import type { RecordedClassFigures } from "./class-figures.ts";
import type { ClassRule } from "./class-rule.ts";
import { rounded } from "./figures.ts";
import type { FittedClasses } from "./fit-classes.ts";
import type { ClassTrainingRequest } from "./train-classes.ts";

/** Everything that a run on several classes found. */
export interface ClassFindings extends Pick<TrainingFindings, "reference" | "groups" | "images"> {
  readonly model: FittedClasses;
  readonly rule: ClassRule;
  readonly figures: RecordedClassFigures;
  /** By class. */
  readonly thresholds: readonly number[];
  /** How many windows of each class were drawn. */
  readonly windowsByClass: readonly number[];
}

/** The pack with its record and self-test. Runs the network on the self-test's pictures. */
export async function assembleClassPack(request: ClassTrainingRequest, findings: ClassFindings): Promise<ModelPack> {
  const { config, backboneBytes, backend, classes } = request;
  const { thresholds, rule } = findings;
  const { path: _, ...backbone } = config.backbone;
  const steepest = Math.max(...rule.calibrations.map(({ a }) => Math.abs(a)));
  const pack: ModelPack = {
    format: "palisade-pack",
    version: 1,
    id: config.id,
    name: config.name,
    description: config.description,
    task: "segmentation",
    classes: classes.map(({ name }) => name),
    classDetails: classes.map(({ colour, maskColour }, k) => ({ colour, maskColour, threshold: thresholds[k]! })),
    backbone: { ...backbone, sha256: await sha256Hex(backboneBytes) },
    sampling: packSampling(config, request.mpp, config.sampling.stride),
    pooling: { kind: "mean" },
    selected: null,
    svms: svmsOf(request, findings),
    threshold: thresholds[0]!,
    postProcess: config.postProcess,
    training: trainingRecord(request, findings),
    reference: referenceStatistics(findings.reference),
    selfTest: { cases: [], tolerance: rounded((SELF_TEST_CONFIDENCE * 4) / steepest, 6) },
  };
  const cases: SelfTestCase[] = [];
  for (const question of questions(pack.sampling)) {
    const decisions = await selfTestDecisions(backend, { pack, backboneBytes, packSha256: "" }, question);
    cases.push({ ...question, decisions: decisions.map((decision) => rounded(decision, 6)) });
  }
  return { ...pack, selfTest: { ...pack.selfTest, cases } };
}

function svmsOf({ classes }: ClassTrainingRequest, { model, rule }: ClassFindings): BinarySvm[] {
  return model.pairs.map(({ positive, negative, weights, bias }, index) => ({
    positive: classes[positive]!.name,
    negative: classes[negative]!.name,
    weights: Float32Array.from(weights),
    bias,
    calibration: rule.calibrations[index]!,
  }));
}

function trainingRecord(request: ClassTrainingRequest, findings: ClassFindings): ModelPack["training"] {
  const { config, command, appVersion, classes } = request;
  const { model, rule, figures, images, windowsByClass } = findings;
  const { classes: classWindows, views, svm, folds, threshold, postProcess, sampling } = config;
  return {
    data: config.data,
    groups: findings.groups,
    command,
    seed: config.seed,
    appVersion,
    settings: {
      mpp: request.mpp,
      sampling,
      classWindows,
      views,
      svm,
      folds,
      threshold,
      postProcess,
      images,
      drawnWindows: Object.fromEntries(classes.map(({ name }, k) => [name, windowsByClass[k]])),
      chosenC: rule.c,
      chosenPrior: rule.prior,
      passes: model.pairs.reduce((most, { passes }) => Math.max(most, passes), 0),
      converged: model.pairs.every(({ converged }) => converged),
    },
    figures: {
      byFold: figures,
      objectives: rule.objectives.map(({ c, prior, objective }) => ({ c, prior, objective: rounded(objective) })),
    },
  };
}
