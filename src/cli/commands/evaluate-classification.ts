import { analysedView } from "../../engine/analysis/analysed-view.ts";
import { AppError, isAppError } from "../../engine/base/errors.ts";
import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import { checkClassificationPack } from "../../engine/classification/predict.ts";
import { confidenceOf, decisionOf } from "../../engine/classification/record.ts";
import {
  type ClassificationEstimates,
  type ClassificationScores,
  classificationEstimates,
  classificationScores,
  type LabelledPrediction,
  predictionReliability,
} from "../../engine/classification-training/figures.ts";
import {
  type BootstrapOptions,
  bootstrapNotes,
  DEFAULT_BOOTSTRAP_OPTIONS,
  type Estimate,
} from "../../engine/evaluation/bootstrap.ts";
import { checkApart } from "../../engine/evaluation/leakage.ts";
import type { ReliabilityDiagram } from "../../engine/evaluation/reliability-diagram.ts";
import { withInterval } from "../../engine/evaluation/with-interval.ts";
import type { Backend } from "../../engine/features/types.ts";
import type { LoadedPack, ModelPack } from "../../engine/modelpack/types.ts";
import { appVersion } from "../app-version.ts";
import { parseCommandArgs, requiredOption } from "../args.ts";
import { readClassificationTable, type TableImage } from "../classification-table.ts";
import { assumedPixelSize, classifyHere } from "../classified-slide.ts";
import { parseMpp } from "../image-pairs.ts";
import { openProvenBackend } from "../open-backend.ts";
import { openSlideFile } from "../open-slide.ts";
import { openPack } from "../pack-files.ts";
import { checkNoMore } from "../task.ts";
import { bootstrapLine } from "./evaluation-lines.ts";
import { FITTED, trainedOn, UNLESS_FITTED } from "./evaluation-sides.ts";

export const CLASSIFICATION_USAGE = `palisade evaluate classification --pack PACK --table CSV [--fitted] [--mpp N] [--json]
  Classifies every image of the table (see train) and compares with its label; figures get 95 % intervals by drawing groups. Refuses a
  table with an image or a group that the pack was trained on, unless --fitted says that these are its training images.
  --mpp: micrometres per pixel of images for which neither table nor file says it.`;

/** Throws `cli/usage`, `cli/io`, `training/bad-data`, `evaluation/group-on-both-sides`, and as `classifySlide`, naming the image. */
export async function evaluateClassification(args: string[]): Promise<void> {
  const text = { type: "string" } as const;
  const { values, positionals } = parseCommandArgs(
    args,
    { pack: text, table: text, mpp: text, fitted: { type: "boolean" }, json: { type: "boolean" } },
    CLASSIFICATION_USAGE,
  );
  checkNoMore(positionals);
  const mpp = values.mpp === undefined ? null : parseMpp(values.mpp);
  const loaded = await openPack(requiredOption(values.pack, "pack", CLASSIFICATION_USAGE));
  checkClassificationPack(loaded.pack);
  const table = await readClassificationTable(requiredOption(values.table, "table", CLASSIFICATION_USAGE));
  const labelled = table.map((image) => ({ ...image, label: packLabel(image, loaded.pack) }));
  const { fitted: isFitted = false } = values;
  if (!isFitted)
    checkApart(
      table.map(({ shortName: name, group }) => ({ name, group })),
      trainedOn(loaded.pack),
      UNLESS_FITTED,
    );
  const backend = await openProvenBackend(loaded);
  const images: LabelledPrediction[] = [];
  const notes = new Set<string>();
  for (const [index, image] of labelled.entries()) {
    const judged = await judge(image, mpp, loaded, backend, notes);
    images.push(judged);
    process.stderr.write(`${index + 1} of ${labelled.length}: ${line(judged)}\n`);
  }
  const scores = classificationScores(images, loaded.pack.classes);
  const figures = classificationEstimates(images, loaded.pack.classes);
  const groups = new Set(images.map(({ group }) => group)).size;
  const report = {
    images,
    ...scores,
    isFitted,
    bootstrap: { by: "group", groups, ...DEFAULT_BOOTSTRAP_OPTIONS },
    figures,
    reliability: predictionReliability(images),
    classes: loaded.pack.classes,
    pack: { id: loaded.pack.id, sha256: loaded.packSha256 },
    backend: backend.info,
    appVersion: await appVersion(),
    notes: [...(isFitted ? [FITTED] : []), ...bootstrapNotes({ ...figures }), ...notes, RESEARCH_USE_NOTICE],
  };
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else printReport(report);
}

async function judge(
  image: TableImage,
  mpp: number | null,
  loaded: LoadedPack,
  backend: Backend,
  notes: Set<string>,
): Promise<LabelledPrediction> {
  const { name, path, label, group } = image;
  try {
    const slide = await openSlideFile(path, { view: analysedView(loaded.pack) });
    try {
      const { pixelSize, note } = assumedPixelSize(slide, image.mpp ?? mpp, loaded.pack);
      if (note) notes.add(note);
      const result = await classifyHere(backend, loaded, slide, pixelSize ? { pixelSize } : {});
      for (const one of result.notes) notes.add(one);
      const { predicted } = result;
      return { name, group, label, predicted, decision: decisionOf(result), confidence: confidenceOf(result) };
    } finally {
      slide.close();
    }
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    throw new AppError(cause.code, `${name}: ${cause.message}`, cause.details, { cause });
  }
}

/** The pack's class that the label means; capitals do not matter. */
function packLabel({ label, name }: TableImage, { classes, name: packName }: ModelPack): string {
  const found =
    classes.find((one) => one === label) ?? classes.find((one) => one.toLowerCase() === label.toLowerCase());
  if (found !== undefined) return found;
  throw new AppError(
    "training/bad-data",
    `Expected labels of the classes ${classes.map((one) => `"${one}"`).join(", ")} of the pack "${packName}", found "${label}" for ${name}.`,
  );
}

function printReport(report: {
  readonly images: readonly LabelledPrediction[];
  readonly classes: readonly string[];
  readonly confusion: ClassificationScores["confusion"];
  readonly figures: ClassificationEstimates;
  readonly reliability: ReliabilityDiagram;
  readonly bootstrap: { readonly groups: number } & Required<BootstrapOptions>;
  readonly notes: readonly string[];
}): void {
  const { images, classes, confusion, figures, reliability, bootstrap, notes } = report;
  for (const image of images) console.log(line(image));
  const three = (estimate: Estimate) => withInterval(estimate, (value) => value.toFixed(3));
  const area = figures.auc.value === null ? "" : `, AUC ${three(figures.auc)}`;
  console.log(
    `${images.length} images: accuracy ${three(figures.accuracy)}, balanced ${three(figures.balancedAccuracy)}${area}`,
  );
  for (const label of classes) {
    const found = classes.map((predicted) => `${confusion[label]?.[predicted] ?? 0} ${predicted}`);
    console.log(`${label}: ${found.join(", ")}`);
  }
  console.log(`expected calibration error of the confidence: ${three(reliability.expectedCalibrationError)}`);
  console.log(bootstrapLine({ by: "group", ...bootstrap }));
  for (const note of notes) console.log(note);
}

function line({ name, label, predicted, decision }: LabelledPrediction): string {
  const verdict = label === predicted ? "right" : `wrong, it is ${label}`;
  return `${name}: ${predicted} (${verdict}), decision ${decision.toFixed(3)}`;
}
