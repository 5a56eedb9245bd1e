import { join } from "node:path";
import { AppError, isAppError } from "../../engine/base/errors.ts";
import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import { openExtractor } from "../../engine/features/extractor.ts";
import type { LoadedPack } from "../../engine/modelpack/types.ts";
import { readScaled } from "../../engine/slide/scaled.ts";
import type { PixelSize, Slide } from "../../engine/slide/types.ts";
import { paintEnclosed } from "../../engine/training/haemorrhage.ts";
import { evaluationOverlay } from "../../engine/training/overlay.ts";
import { type ImageScore, isPositiveImage, meanScores } from "../../engine/training/score.ts";
import { readTruth, type Truth } from "../../engine/training/truth.ts";
import { appVersion } from "../app-version.ts";
import { parseCommandArgs, requiredOption } from "../args.ts";
import type { Command } from "../command.ts";
import { pairImages, parseColour, parseMpp, readMask } from "../image-pairs.ts";
import { openProvenBackend } from "../open-backend.ts";
import { openSlideFile } from "../open-slide.ts";
import { makeFolder } from "../output-folder.ts";
import { openPack } from "../pack-files.ts";
import { checkNoMore, checkTask } from "../task.ts";
import { encodePng, writeOutput } from "../write-output.ts";
import { CLASSIFICATION_USAGE, evaluateClassification } from "./evaluate-classification.ts";
import { type EvaluatedImage, evaluateImage } from "./evaluate-image.ts";

const USAGE = `palisade evaluate segmentation --pack PACK --images DIR --masks DIR --positive R,G,B [--haemorrhage R,G,B] [--mpp N] [--overlay DIR] [--json]
  Analyses every image and compares with its mask (see train). Scores are S = 2|P n G| / (|P| + |G|) within the tissue of the mask;
  images whose truth holds less than 1 % count with the falsely found share instead. --overlay: a PNG per image, purple
  found, pale red missed, orange false. --haemorrhage: colour of haemorrhage in the masks, which counts as necrosis within it.`;

export const evaluate: Command = {
  usage: `${USAGE}\n${CLASSIFICATION_USAGE}`,
  run: async ([task, ...args]) => {
    if (checkTask("evaluate", task) === "segmentation") await evaluateSegmentation(args);
    else await evaluateClassification(args);
  },
};

/** Pixels of an overlay's longer side, at most. */
const OVERLAY_SIDE = 2048;

interface NamedScore extends ImageScore {
  readonly name: string;
}

const OPTIONS = {
  pack: { type: "string" },
  images: { type: "string" },
  masks: { type: "string" },
  positive: { type: "string" },
  haemorrhage: { type: "string" },
  mpp: { type: "string" },
  overlay: { type: "string" },
  json: { type: "boolean" },
} as const;

async function evaluateSegmentation(args: string[]): Promise<void> {
  const { values, positionals } = parseCommandArgs(args, OPTIONS, USAGE);
  checkNoMore(positionals);
  const positive = parseColour(requiredOption(values.positive, "positive", USAGE));
  const haemorrhage = values.haemorrhage === undefined ? null : parseColour(values.haemorrhage, "haemorrhage");
  const forced = values.mpp === undefined ? null : parseMpp(values.mpp);
  const { overlay } = values;
  const loaded = await openPack(requiredOption(values.pack, "pack", USAGE));
  const pairs = await pairImages(
    requiredOption(values.images, "images", USAGE),
    requiredOption(values.masks, "masks", USAGE),
  );
  if (overlay !== undefined) await makeFolder(overlay);
  const backend = await openProvenBackend(loaded);
  const extractor = await openExtractor({ backend, loaded });
  const scores: NamedScore[] = [];
  const notes = new Set<string>();
  try {
    const evaluator = { loaded, extractor, backend: backend.info };
    for (const [index, { name, image, mask }] of pairs.entries()) {
      const slide = await openSlideFile(image).catch((cause: unknown) => {
        throw isAppError(cause)
          ? new AppError(cause.code, `${image}: ${cause.message}`, cause.details, { cause })
          : cause;
      });
      try {
        const painted = await readMask(mask);
        const whole = haemorrhage ? paintEnclosed(painted, positive, haemorrhage) : painted;
        const truth = readTruth(whole, positive, slide.info.width0, slide.info.height0);
        const pixelSize = pixelSizeOf(slide, forced, loaded, notes);
        const evaluated = await evaluateImage(evaluator, slide, truth, pixelSize);
        for (const note of evaluated.found?.result.notes ?? [`No tissue was found on ${name}.`]) notes.add(note);
        scores.push({ name, ...evaluated.score });
        if (overlay !== undefined) await writeOverlay(join(overlay, `${name}.png`), slide, evaluated, truth);
        process.stderr.write(`${index + 1} of ${pairs.length}: ${line({ name, ...evaluated.score })}\n`);
      } finally {
        slide.close();
      }
    }
  } finally {
    await extractor.close();
  }
  const report = {
    images: scores.map(({ name, score, predictedFraction, truthFraction }) => ({
      name,
      score,
      predictedFraction,
      truthFraction,
    })),
    ...meanScores(scores),
    threshold: loaded.pack.threshold,
    pack: { id: loaded.pack.id, sha256: loaded.packSha256, mode: loaded.pack.sampling.mode },
    backend: backend.info,
    appVersion: await appVersion(),
    notes: [...notes, RESEARCH_USE_NOTICE],
  };
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else printReport(scores, report.notes);
}

/** The given size, else the file's, else the pack's own, which is then named in the notes. */
function pixelSizeOf(slide: Slide, forced: number | null, loaded: LoadedPack, notes: Set<string>): PixelSize {
  if (forced !== null) return { mppX: forced, mppY: forced, origin: "assumed" };
  if (slide.info.pixelSize) return slide.info.pixelSize;
  const { mpp } = loaded.pack.sampling;
  notes.add(`Images without a pixel size were taken at the pack's own of ${mpp} µm; give --mpp to change that.`);
  return { mppX: mpp, mppY: mpp, origin: "assumed" };
}

async function writeOverlay(path: string, slide: Slide, { found }: EvaluatedImage, truth: Truth): Promise<void> {
  const { width0, height0 } = slide.info;
  const downsample = Math.max(1, Math.max(width0, height0) / OVERLAY_SIDE);
  const width = Math.max(1, Math.floor(width0 / downsample));
  const height = Math.max(1, Math.floor(height0 / downsample));
  const request = { x: 0, y: 0, width, height, downsampleX: width0 / width, downsampleY: height0 / height };
  const picture = await readScaled(slide, request);
  const nothing = { cols: 1, rows: 1, stride0X: width0, stride0Y: height0, data: new Uint8Array(1) };
  const painted = evaluationOverlay(picture, found?.result.grid ?? nothing, found?.mask ?? nothing, truth);
  await writeOutput(path, encodePng(painted));
}

function printReport(scores: readonly NamedScore[], notes: readonly string[]): void {
  for (const score of scores) console.log(line(score));
  const { meanScore, meanFalsePositiveFraction } = meanScores(scores);
  const positives = scores.filter(isPositiveImage).length;
  if (meanScore !== null) console.log(`mean S of ${positives} images with the class: ${meanScore.toFixed(3)}`);
  if (meanFalsePositiveFraction !== null) {
    const share = (meanFalsePositiveFraction * 100).toFixed(2);
    console.log(`mean false share of ${scores.length - positives} images without it: ${share} %`);
  }
  for (const note of notes) console.log(note);
}

function line({ name, score, predictedFraction, truthFraction }: NamedScore): string {
  const percent = (fraction: number) => `${(fraction * 100).toFixed(1)} %`;
  const verdict = isPositiveImage({ truthFraction }) ? `S ${score.toFixed(3)}, ` : "";
  return `${name}: ${verdict}found ${percent(predictedFraction)} of the tissue, truth ${percent(truthFraction)}`;
}
