import { join } from "node:path";
import { encode } from "fast-png";
import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import {
  compareSegmentation,
  SEGMENTATION_METHODS,
  type SegmentationMethod,
} from "../../engine/comparators/compare-segmentation.ts";
import { maskPicture } from "../../engine/comparators/mask-picture.ts";
import type { JudgedMask, MethodOutcome } from "../../engine/comparators/study.ts";
import { nodeBackend } from "../../engine/features/backend-node.ts";
import { recordIntervals, rounded } from "../../engine/training/figures.ts";
import { isPositiveImage, meanScores } from "../../engine/training/score.ts";
import { appVersion } from "../app-version.ts";
import { parseCommandArgs, requiredOption } from "../args.ts";
import { csvLine } from "../csv-line.ts";
import { groupsBy } from "../groups-by.ts";
import { pairImages, parseColour, parseMpp } from "../image-pairs.ts";
import { parseMethods } from "../method-list.ts";
import { makeFolder } from "../output-folder.ts";
import { checkNoMore } from "../task.ts";
import { writeOutput } from "../write-output.ts";
import { trainingImages, withHaemorrhage } from "./train.ts";
import { readSetup } from "./train-setup.ts";

export const COMPARE_SEGMENTATION_USAGE = `palisade compare segmentation --images DIR --masks DIR --positive R,G,B --groups REGEX --mpp N
    [--methods ${SEGMENTATION_METHODS.join(",")}] [--haemorrhage R,G,B] [--backbone PACK] [--config FILE] [--cache DIR] --out DIR [--json]
  Cross-validates several methods on the same images, folds, windows and scoring (see train): graphrlm (graph run-length matrices), svm-mf
  (SVM on manual features), svm-cnn (the method itself). Writes METHOD/NAME.png (found: white), scores.csv and compare.json.`;

const OPTIONS = {
  images: { type: "string" },
  masks: { type: "string" },
  positive: { type: "string" },
  groups: { type: "string" },
  mpp: { type: "string" },
  methods: { type: "string" },
  haemorrhage: { type: "string" },
  cache: { type: "string" },
  backbone: { type: "string" },
  config: { type: "string" },
  out: { type: "string" },
  json: { type: "boolean" },
} as const;

interface TimedOutcome extends MethodOutcome {
  readonly method: SegmentationMethod;
  readonly seconds: number;
}

export async function compareSegmentationMethods(args: string[]): Promise<void> {
  const usage = COMPARE_SEGMENTATION_USAGE;
  const { values, positionals } = parseCommandArgs(args, OPTIONS, usage);
  checkNoMore(positionals);
  const methods = parseMethods(values.methods, SEGMENTATION_METHODS);
  const groupOf = groupsBy(requiredOption(values.groups, "groups", usage));
  const positive = parseColour(requiredOption(values.positive, "positive", usage));
  const mpp = parseMpp(requiredOption(values.mpp, "mpp", usage));
  const out = requiredOption(values.out, "out", usage);
  const pairs = await pairImages(
    requiredOption(values.images, "images", usage),
    requiredOption(values.masks, "masks", usage),
  );
  const setup = withHaemorrhage(await readSetup(values.config, values.backbone), values.haemorrhage);
  const { cache } = values;
  for (const folder of [out, ...(cache === undefined ? [] : [cache])]) await makeFolder(folder);
  const images = await trainingImages(pairs, groupOf, { ...setup, mpp, cache });
  const { config, backboneBytes } = setup;
  const onStep = (step: string) => process.stderr.write(`${step}\n`);
  const comparison = { images, positive, mpp, config, backboneBytes, backend: await nodeBackend(), onStep };
  const outcomes: TimedOutcome[] = [];
  for (const method of methods) {
    const started = performance.now();
    const outcome = await compareSegmentation(comparison, method);
    const timed = { ...outcome, method, seconds: (performance.now() - started) / 1000 };
    outcomes.push(timed);
    await writeMasks(join(out, method), timed.images);
    onStep(summary(timed));
  }
  const groups = new Map(images.map(({ name, group }) => [name, group]));
  const report = {
    methods: outcomes.map((outcome) => recordOf(outcome, groups)),
    command: "palisade compare segmentation",
    settings: { positive, mpp, config },
    appVersion: await appVersion(),
    notes: [RESEARCH_USE_NOTICE],
  };
  const json = JSON.stringify(report, null, 2);
  await writeOutput(join(out, "compare.json"), `${json}\n`);
  await writeOutput(join(out, "scores.csv"), scoresCsv(outcomes, groups));
  if (values.json) console.log(json);
  else for (const outcome of outcomes) console.log(summary(outcome));
}

async function writeMasks(folder: string, images: readonly JudgedMask[]): Promise<void> {
  await makeFolder(folder);
  for (const { image, mask } of images) {
    const { width, height, data } = maskPicture(mask, image.lattice);
    await writeOutput(join(folder, `${image.name}.png`), encode({ width, height, data, channels: 1, depth: 8 }));
  }
}

function recordOf({ method, seconds, images, choices }: TimedOutcome, groups: ReadonlyMap<string, string>) {
  const means = meanScores(images.map(({ score }) => score));
  return {
    method,
    meanScore: means.meanScore === null ? null : rounded(means.meanScore),
    meanFalsePositiveFraction:
      means.meanFalsePositiveFraction === null ? null : rounded(means.meanFalsePositiveFraction),
    seconds: rounded(seconds, 1),
    intervals: recordIntervals(
      images.map(({ image, score }) => ({ ...score, name: image.name })),
      images.map(({ image }) => groups.get(image.name) ?? ""),
    ),
    chosen: choices,
    images: images.map(({ image, fold, score }) => ({
      name: image.name,
      group: groups.get(image.name) ?? "",
      fold: fold + 1,
      score: rounded(score.score),
      predictedFraction: rounded(score.predictedFraction),
      truthFraction: rounded(score.truthFraction),
      commonArea0: score.commonArea0,
      predictedArea0: score.predictedArea0,
      truthArea0: score.truthArea0,
    })),
  };
}

/** A row per image: truth, then score and found share of each method. */
function scoresCsv(outcomes: readonly TimedOutcome[], groups: ReadonlyMap<string, string>): string {
  const header = ["image", "group", "fold", "truth_fraction"];
  for (const { method } of outcomes) header.push(`${method}_score`, `${method}_fraction`);
  const lines = (outcomes[0]?.images ?? []).map(({ image, fold, score }, index) => {
    const found = outcomes.map(({ images }) => images[index]!.score);
    const columns = found.flatMap((own) => [rounded(own.score), rounded(own.predictedFraction)]);
    return [image.name, groups.get(image.name) ?? "", fold + 1, rounded(score.truthFraction), ...columns];
  });
  return `${[header, ...lines].map(csvLine).join("\n")}\n`;
}

function summary({ method, seconds, images }: TimedOutcome): string {
  const scores = images.map(({ score }) => score);
  const { meanScore, meanFalsePositiveFraction } = meanScores(scores);
  const positives = scores.filter(isPositiveImage).length;
  const parts = [`${method}: ${Math.round(seconds)} s`];
  if (meanScore !== null) parts.push(`mean S ${meanScore.toFixed(3)} of ${positives} images`);
  if (meanFalsePositiveFraction !== null) {
    const share = (meanFalsePositiveFraction * 100).toFixed(1);
    parts.push(`mean false share ${share} % of ${scores.length - positives} images`);
  }
  return parts.join(", ");
}
