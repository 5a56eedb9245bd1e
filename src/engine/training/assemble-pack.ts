import { sha256Hex } from "../base/sha256.ts";
import { selfTestDecisions } from "../features/self-test.ts";
import type { ModelPack, Sampling, SelfTestCase } from "../modelpack/types.ts";
import type { ColumnStatistics } from "../svm/scale.ts";
import type { RefinementFigures } from "./compare-refinements.ts";
import type { TrainingConfig } from "./config.ts";
import type { ChosenRule } from "./cross-validate.ts";
import { type RecordedFigures, rounded } from "./figures.ts";
import type { FittedModel } from "./fit.ts";
import type { TrainingRequest } from "./training-request.ts";

/** Everything that a run found. */
export interface TrainingFindings {
  readonly model: FittedModel;
  readonly rule: ChosenRule;
  readonly figures: RecordedFigures;
  readonly leaveOneGroupOut: RecordedFigures | null;
  readonly refinements: readonly RefinementFigures[];
  readonly reference: ColumnStatistics & {
    readonly rgbMean: readonly [number, number, number];
    readonly rgbStd: readonly [number, number, number];
  };
  readonly groups: readonly string[];
  readonly images: readonly string[];
  /** How many windows were drawn, and how many of them are positive. */
  readonly windows: number;
  readonly positiveWindows: number;
}

/** A backend may differ in the confidence of a patch by about this much. */
export const SELF_TEST_CONFIDENCE = 0.0025;

export function packSampling(config: TrainingConfig, mpp: number, stride: number): Sampling {
  const { patch, resizeTo, mode, windows, scaleRange } = config.sampling;
  const mppRange = [rounded(mpp * scaleRange[0]), rounded(mpp * scaleRange[1])] as const;
  return { mpp, mppRange, patch, stride, resizeTo, mode, windows };
}

/** The pack with its record and self-test. Runs the network on the self-test's pictures. */
export async function assemblePack(request: TrainingRequest, findings: TrainingFindings): Promise<ModelPack> {
  const { config, backboneBytes, backend } = request;
  const { model, rule } = findings;
  const { path: _, ...backbone } = config.backbone;
  const pack: ModelPack = {
    format: "palisade-pack",
    version: 1,
    id: config.id,
    name: config.name,
    description: config.description,
    task: "segmentation",
    classes: [config.negativeClass, config.positiveClass],
    backbone: { ...backbone, sha256: await sha256Hex(backboneBytes) },
    sampling: packSampling(config, request.mpp, config.sampling.stride),
    pooling: { kind: "mean" },
    selected: null,
    svms: [
      {
        positive: config.positiveClass,
        negative: config.negativeClass,
        weights: Float32Array.from(model.weights),
        bias: model.bias,
        calibration: rule.calibration,
      },
    ],
    threshold: rule.threshold,
    postProcess: config.postProcess,
    training: trainingRecord(request, findings),
    reference: referenceStatistics(findings.reference),
    selfTest: { cases: [], tolerance: rounded((SELF_TEST_CONFIDENCE * 4) / Math.abs(rule.calibration.a), 6) },
  };
  const cases: SelfTestCase[] = [];
  for (const question of questions(pack.sampling)) {
    const decisions = await selfTestDecisions(backend, { pack, backboneBytes, packSha256: "" }, question);
    cases.push({ ...question, decisions: decisions.map((decision) => rounded(decision, 6)) });
  }
  return { ...pack, selfTest: { ...pack.selfTest, cases } };
}

/** Two pictures, large enough that cells without the white border in sight are among the answers. */
export function questions({ mode, patch }: Sampling) {
  if (mode === "patchwise") return [{ seed: 1, width: 2 * patch, height: patch }];
  return [
    { seed: 1, width: 128, height: 96 },
    { seed: 2, width: 64, height: 64 },
  ];
}

function trainingRecord(request: TrainingRequest, findings: TrainingFindings): ModelPack["training"] {
  const { config, command, appVersion } = request;
  const { model, rule, figures, leaveOneGroupOut, refinements, images, windows, positiveWindows } = findings;
  const isRefined = refinements.length > 0;
  const { windows: windowOptions, views, svm, folds, threshold, postProcess, sampling } = config;
  return {
    data: config.data,
    groups: findings.groups,
    command,
    seed: config.seed,
    appVersion,
    settings: {
      positive: request.positive,
      mpp: request.mpp,
      sampling,
      windows: windowOptions,
      views,
      svm,
      folds,
      threshold,
      postProcess,
      ...(isRefined ? { refinements: config.refinements } : {}),
      images,
      drawnWindows: windows,
      positiveWindows,
      chosenC: rule.c,
      passes: model.passes,
      converged: model.converged,
    },
    figures: {
      byFold: figures,
      leaveOneGroupOut,
      ...(isRefined ? { refinements } : {}),
      objectives: rule.objectives.map(({ c, objective }) => ({ c, objective: rounded(objective) })),
    },
  };
}

/** Six significant digits are more than a comparison of slides needs. */
export function referenceStatistics({
  mean,
  std,
  rgbMean,
  rgbStd,
}: TrainingFindings["reference"]): ModelPack["reference"] {
  const short = (value: number) => Number(value.toPrecision(6));
  const three = (values: readonly [number, number, number]) =>
    [short(values[0]), short(values[1]), short(values[2])] as const;
  return {
    featureMean: Array.from(mean, short),
    featureStd: Array.from(std, short),
    rgbMean: three(rgbMean),
    rgbStd: three(rgbStd),
  };
}
