import { sha256Hex } from "../base/sha256.ts";
import { PACK_FORMAT, PACK_VERSION, WEIGHTS_FILE } from "./format.ts";
import { prettyJson } from "./pretty-json.ts";
import {
  type Backbone,
  type ClassDetail,
  type ModelPack,
  RANGE_NAMES,
  type ReferenceRanges,
  type ReferenceStatistics,
  type Sampling,
  type SelfTest,
  type TrainingRecord,
} from "./types.ts";
import { writeWeights } from "./weights-file.ts";

/**
 * The files of a pack by their paths: pack.json, svm.bin, and the network unless it belongs to a sibling (`../...`). The same
 * pack gives the same bytes. The network's SHA-256 is taken from its bytes, whatever `pack.backbone.sha256` says.
 */
export async function writePack(
  pack: ModelPack,
  backboneBytes: Uint8Array<ArrayBuffer>,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const weights = writeWeights(pack.svms.map((svm) => svm.weights));
  const manifest = {
    format: PACK_FORMAT,
    version: PACK_VERSION,
    id: pack.id,
    name: pack.name,
    description: pack.description,
    task: pack.task,
    classes: pack.classes,
    ...(pack.classDetails ? { classDetails: pack.classDetails.map(orderClassDetail) } : {}),
    backbone: orderBackbone(pack.backbone, await sha256Hex(backboneBytes)),
    sampling: orderSampling(pack.sampling),
    pooling: pack.pooling.kind === "mean" ? { kind: "mean" } : { kind: "p-norm", p: pack.pooling.p },
    selected: pack.selected,
    svms: pack.svms.map(({ positive, negative, bias, calibration: { a, b } }) => ({
      positive,
      negative,
      bias,
      calibration: { a, b },
    })),
    weights: { file: WEIGHTS_FILE, sha256: await sha256Hex(weights) },
    threshold: pack.threshold,
    postProcess: { minRegionUm2: pack.postProcess.minRegionUm2, maxHoleUm2: pack.postProcess.maxHoleUm2 },
    training: orderTraining(pack.training),
    reference: pack.reference && orderReference(pack.reference),
    selfTest: orderSelfTest(pack.selfTest),
  };
  const files = new Map([
    ["pack.json", new TextEncoder().encode(`${prettyJson(manifest)}\n`)],
    [WEIGHTS_FILE, weights],
  ]);
  if (!pack.backbone.file.startsWith("../")) files.set(pack.backbone.file, backboneBytes);
  return files;
}

function orderBackbone(backbone: Backbone, sha256: string) {
  const { file, input, channelOrder, mean, std, output, kind, cell, halo, channels, licence, origin } = backbone;
  return { file, sha256, input, channelOrder, mean, std, output, kind, cell, halo, channels, licence, origin };
}

function orderClassDetail({ colour, maskColour, threshold }: ClassDetail) {
  return { colour, maskColour, threshold };
}

function orderSampling({ mpp, mppRange, patch, stride, resizeTo, mode, windows, colour }: Sampling) {
  return { mpp, mppRange, patch, stride, resizeTo, mode, windows, ...(colour ? { colour } : {}) };
}

function orderTraining({ data, groups, command, seed, appVersion, settings, figures }: TrainingRecord) {
  return { data, groups, command, seed, appVersion, settings, figures };
}

function orderReference({ featureMean, featureStd, rgbMean, rgbStd, ranges }: ReferenceStatistics) {
  return { featureMean, featureStd, rgbMean, rgbStd, ...(ranges ? { ranges: orderRanges(ranges) } : {}) };
}

function orderRanges({ images, haematoxylin, eosin, measures }: ReferenceRanges) {
  return {
    images,
    haematoxylin,
    eosin,
    measures: Object.fromEntries(RANGE_NAMES.map((name) => [name, measures[name]])),
  };
}

function orderSelfTest({ cases, tolerance }: SelfTest) {
  return {
    cases: cases.map(({ seed, width, height, decisions }) => ({ seed, width, height, decisions })),
    tolerance,
  };
}
