import { join } from "node:path";
import { analysedView } from "../../engine/analysis/analysed-view.ts";
import { AppError, isAppError } from "../../engine/base/errors.ts";
import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import { openExtractor } from "../../engine/features/extractor.ts";
import type { Slide } from "../../engine/slide/types.ts";
import { paintEnclosed } from "../../engine/training/haemorrhage.ts";
import { evaluationOverlay } from "../../engine/training/overlay.ts";
import { isPositiveImage } from "../../engine/training/score.ts";
import { type MaskColour, readTruth, type Truth } from "../../engine/training/truth.ts";
import { appVersion } from "../app-version.ts";
import { parseCommandArgs, requiredOption, usageError } from "../args.ts";
import { type MaskedImage, pairImages, parseColour, parseMpp, readMask } from "../image-pairs.ts";
import { openProvenBackend } from "../open-backend.ts";
import { openSlideFile } from "../open-slide.ts";
import { makeFolder } from "../output-folder.ts";
import { overlayPicture } from "../overlay-picture.ts";
import { openPack } from "../pack-files.ts";
import { checkNoMore } from "../task.ts";
import { encodePng, writeOutput } from "../write-output.ts";
import { evaluateClasses } from "./evaluate-classes.ts";
import { type EvaluatedImage, type Evaluator, evaluateImage, type ScoredPack, scoredPack } from "./evaluate-image.ts";
import { pixelSizeOf } from "./evaluate-pixel-size.ts";
import { writeEvaluationFiles } from "./evaluation-files.ts";
import { imageLine, reportLines } from "./evaluation-lines.ts";
import { evaluationReport, type ReportedImage } from "./evaluation-report.ts";
import { sidesOf } from "./evaluation-sides.ts";

export const SEGMENTATION_USAGE = `palisade evaluate segmentation --pack PACK --images DIR --masks DIR (--positive R,G,B | [--classes FILE|NAME=R,G,B;...])
    [--haemorrhage R,G,B] [--groups REGEX] [--fitted] [--mpp N] [--overlay DIR] [--report DIR] [--json]
  Analyses every image and compares with its mask (see train). Scores are S = 2|P n G| / (|P| + |G|) within the tissue of the mask;
  images whose truth holds less than 1 % count with the falsely found share instead. --haemorrhage: colour of haemorrhage
  in the masks, which counts as necrosis within it. --groups: as for train; figures get their
  95 % intervals by drawing groups, and groups that the pack was trained on are refused unless --fitted says that these are its
  training images. --overlay: a PNG per image, purple found, pale red missed, orange false. --report: all figures as tables,
  JSON and pictures. A pack of several classes: --positive scores the map of the class of that colour; without it the
  confusion matrix and each class's S are printed (--classes: the colours of the classes in these masks, default the pack's own;
  --overlay then shows right and wrong).`;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const OPTIONS = {
  pack: text,
  images: text,
  masks: text,
  positive: text,
  classes: text,
  haemorrhage: text,
  groups: text,
  fitted: flag,
  mpp: text,
  overlay: text,
  report: text,
  json: flag,
};

/** Throws `cli/usage`, `cli/io`, `training/bad-data`, `evaluation/group-on-both-sides`, and what opening and analysing throw. */
export async function evaluateSegmentation(args: string[]): Promise<void> {
  const { values, positionals } = parseCommandArgs(args, OPTIONS, SEGMENTATION_USAGE);
  checkNoMore(positionals);
  const haemorrhage = values.haemorrhage === undefined ? null : parseColour(values.haemorrhage, "haemorrhage");
  const forced = values.mpp === undefined ? null : parseMpp(values.mpp);
  const loaded = await openPack(requiredOption(values.pack, "pack", SEGMENTATION_USAGE));
  const pairs = await pairImages(
    requiredOption(values.images, "images", SEGMENTATION_USAGE),
    requiredOption(values.masks, "masks", SEGMENTATION_USAGE),
  );
  const names = pairs.map(({ name }) => name);
  const { groups, fitted: isSaidToBeFitted = false } = values;
  const sides = sidesOf({ names, pack: loaded.pack, groups, isSaidToBeFitted });
  for (const folder of [values.overlay, values.report]) if (folder !== undefined) await makeFolder(folder);
  if (values.positive === undefined && loaded.pack.svms.length > 1) {
    if (values.report !== undefined) {
      throw usageError(
        "Expected --report with --positive, found it without; take --json for the figures of all classes.",
        SEGMENTATION_USAGE,
      );
    }
    const { classes, overlay, json = false } = values;
    const { groupOf, notes } = sides;
    return evaluateClasses(loaded, { pairs, classes, mpp: forced, overlay, json, groupOf, notes });
  }
  const positive = parseColour(requiredOption(values.positive, "positive", SEGMENTATION_USAGE));
  if (values.classes !== undefined) {
    throw usageError(
      "Expected --classes with a pack of several and without --positive, found it beside one class.",
      SEGMENTATION_USAGE,
    );
  }
  const scored = scoredPack(loaded, positive);
  const evaluation: Evaluation = {
    ...scored,
    forced,
    positive,
    haemorrhage,
    groupOf: sides.groupOf,
    overlay: values.overlay,
  };
  const { images, backend, notes } = await evaluateAll(evaluation, pairs);
  const report = evaluationReport(images, {
    pack: scored.loaded.pack,
    packSha256: loaded.packSha256,
    groupedBy: groups === undefined ? "image" : "group",
    isFitted: sides.isFitted,
    backend,
    appVersion: await appVersion(),
    notes: [...sides.notes, ...notes, RESEARCH_USE_NOTICE],
  });
  if (values.report !== undefined) await writeEvaluationFiles(values.report, images, report);
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else for (const line of reportLines(report)) console.log(line);
}

interface Evaluation extends ScoredPack {
  /** Of --mpp. */
  readonly forced: number | null;
  readonly positive: MaskColour;
  readonly haemorrhage: MaskColour | null;
  readonly groupOf: (name: string) => string;
  readonly overlay: string | undefined;
}

async function evaluateAll(evaluation: Evaluation, pairs: readonly MaskedImage[]) {
  const { loaded } = evaluation;
  const backend = await openProvenBackend(loaded);
  const extractor = await openExtractor({ backend, loaded });
  const images: ReportedImage[] = [];
  const notes = new Set<string>();
  try {
    const evaluator = { ...scoredOnly(evaluation), extractor, backend: backend.info };
    for (const [index, pair] of pairs.entries()) {
      const image = await evaluatePair(evaluation, evaluator, pair, notes);
      images.push(image);
      process.stderr.write(`${index + 1} of ${pairs.length}: ${imageLine(image)}\n`);
    }
  } finally {
    await extractor.close();
  }
  return { images, backend: backend.info, notes };
}

function scoredOnly({ loaded, classIndex }: Evaluation): ScoredPack {
  return classIndex === undefined ? { loaded } : { loaded, classIndex };
}

async function evaluatePair(
  { loaded, forced, positive, haemorrhage, groupOf, overlay }: Evaluation,
  evaluator: Evaluator,
  { name, image, mask }: MaskedImage,
  notes: Set<string>,
): Promise<ReportedImage> {
  const slide = await openSlideFile(image, { view: analysedView(loaded.pack) }).catch((cause: unknown) => {
    throw isAppError(cause) ? new AppError(cause.code, `${image}: ${cause.message}`, cause.details, { cause }) : cause;
  });
  try {
    const painted = await readMask(mask);
    const whole = haemorrhage ? paintEnclosed(painted, positive, haemorrhage) : painted;
    const truth = readTruth(whole, positive, slide.info.width0, slide.info.height0);
    const pixelSize = pixelSizeOf(slide, forced, loaded, notes);
    const evaluated = await evaluateImage(evaluator, slide, truth, pixelSize);
    for (const note of evaluated.found?.result.notes ?? [`No tissue was found on ${name}.`]) notes.add(note);
    if (overlay !== undefined) await writeOverlay(join(overlay, `${name}.png`), slide, evaluated, truth);
    const { score, regions, reliability } = evaluated;
    return {
      name,
      group: groupOf(name),
      hasClass: isPositiveImage(score),
      ...score,
      tissueArea0: truth.tissueArea0,
      mm2PerPixel0: (pixelSize.mppX * pixelSize.mppY) / 1e6,
      isAssumedSize: pixelSize.origin === "assumed",
      regions,
      reliability,
    };
  } finally {
    slide.close();
  }
}

async function writeOverlay(path: string, slide: Slide, { found }: EvaluatedImage, truth: Truth): Promise<void> {
  const picture = await overlayPicture(slide);
  const { width0, height0 } = slide.info;
  const nothing = { cols: 1, rows: 1, stride0X: width0, stride0Y: height0, data: new Uint8Array(1) };
  const painted = evaluationOverlay(picture, found?.result.grid ?? nothing, found?.mask ?? nothing, truth);
  await writeOutput(path, encodePng(painted));
}
