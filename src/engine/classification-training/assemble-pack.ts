import { sha256Hex } from "../base/sha256.ts";
import { selfTestDecisions } from "../features/self-test.ts";
import type { ModelPack, ReferenceStatistics, SelfTestCase } from "../modelpack/types.ts";
import { columnStatistics } from "../svm/scale.ts";
import { rounded } from "../training/figures.ts";
import type { ClassificationRequest } from "./classification-request.ts";
import type { CollectedBags } from "./collect-bags.ts";
import { bagSampling } from "./config.ts";
import type { BagRule } from "./cross-validate-bags.ts";
import type { RecordedClassification } from "./figures.ts";
import { type BagModel, columnsOf, plainRows } from "./fit-bags.ts";
import type { LabelledImage } from "./labelled-image.ts";

/** Everything that a run found. */
export interface ClassificationFindings {
  readonly model: BagModel;
  readonly rule: BagRule;
  readonly figures: RecordedClassification;
  readonly bags: CollectedBags;
  readonly classes: readonly string[];
  readonly groups: readonly string[];
}

/** A backend may differ in the confidence of a slide by about this much. */
const SELF_TEST_CONFIDENCE = 0.0025;

/** The pack with its record and self-test. Runs the network on the self-test's picture. */
export async function assembleClassificationPack(
  request: ClassificationRequest,
  images: readonly LabelledImage[],
  findings: ClassificationFindings,
): Promise<ModelPack> {
  const { config, backboneBytes, backend } = request;
  const { model, rule, classes, bags } = findings;
  const { path: _, ...backbone } = config.backbone;
  const steepest = Math.max(...rule.calibrations.map(({ a }) => Math.abs(a)));
  const pack: ModelPack = {
    format: "palisade-pack",
    version: 1,
    id: config.id,
    name: config.name,
    description: config.description,
    task: "classification",
    classes,
    backbone: { ...backbone, sha256: await sha256Hex(backboneBytes) },
    sampling: bagSampling(config),
    pooling: { kind: "p-norm", p: config.p },
    selected: model.selected.length === backbone.channels ? null : model.selected,
    svms: model.pairs.map(({ positive, negative, weights, bias }, k) => ({
      positive: classes[positive]!,
      negative: classes[negative]!,
      weights: Float32Array.from(weights),
      bias,
      calibration: rule.calibrations[k]!,
    })),
    threshold: 0.5,
    postProcess: { minRegionUm2: 0, maxHoleUm2: 0 },
    training: trainingRecord(request, images, findings),
    reference: referenceOf(bags, model, images.length),
    selfTest: { cases: [], tolerance: rounded((SELF_TEST_CONFIDENCE * 4) / steepest, 6) },
  };
  const question = { seed: 1, width: 2 * config.sampling.patch, height: config.sampling.patch };
  const decisions = await selfTestDecisions(backend, { pack, backboneBytes, packSha256: "" }, question);
  const known: SelfTestCase = { ...question, decisions: decisions.map((decision) => rounded(decision, 6)) };
  return { ...pack, selfTest: { ...pack.selfTest, cases: [known] } };
}

function trainingRecord(
  { config, command, appVersion }: ClassificationRequest,
  images: readonly LabelledImage[],
  { rule, model, figures, bags, groups }: ClassificationFindings,
): ModelPack["training"] {
  const { sampling, p, features, views, svm, folds } = config;
  return {
    data: config.data,
    groups,
    command,
    seed: config.seed,
    appVersion,
    settings: {
      sampling,
      p,
      features,
      views,
      svm,
      folds,
      images: images.map(({ name }) => name),
      imageMpp: rounded(median(bags.mpp)),
      patches: bags.patches,
      chosenC: rule.c,
      passes: Math.max(...model.pairs.map(({ iterations }) => iterations)),
      converged: model.pairs.every(({ converged }) => converged),
    },
    figures: {
      byFold: figures,
      aucs: svm.c.map((c, index) => ({ c, auc: rounded(rule.aucs[index]!) })),
    },
  };
}

/** Of the selected features of the images as they are. Six significant digits are more than a comparison of slides needs. */
function referenceOf(bags: CollectedBags, model: BagModel, images: number): ReferenceStatistics {
  const rows = plainRows(bags.set, images);
  const { mean, std } = columnStatistics(columnsOf(bags.set, rows, model.selected), model.selected.length);
  const short = (value: number) => Number(value.toPrecision(6));
  const three = ([red, green, blue]: readonly [number, number, number]) =>
    [short(red), short(green), short(blue)] as const;
  return {
    featureMean: Array.from(mean, short),
    featureStd: Array.from(std, short),
    rgbMean: three(bags.rgbMean),
    rgbStd: three(bags.rgbStd),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}
