import { AppError, isAppError } from "../../engine/base/errors.ts";
import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import { checkClassificationPack } from "../../engine/classification/predict.ts";
import { confidenceOf, decisionOf } from "../../engine/classification/record.ts";
import {
  type ClassificationScores,
  classificationScores,
  type LabelledPrediction,
} from "../../engine/classification-training/figures.ts";
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

export const CLASSIFICATION_USAGE = `palisade evaluate classification --pack PACK --table CSV [--mpp N] [--json]
  Classifies every image of the table (see train) and compares with its label. Refuses a table with a group that the pack was trained
  on. --mpp: micrometres per pixel of images for which neither table nor file says it.`;

/** Throws `cli/usage`, `cli/io`, `training/bad-data`, and as `classifySlide`, naming the image. */
export async function evaluateClassification(args: string[]): Promise<void> {
  const text = { type: "string" } as const;
  const { values, positionals } = parseCommandArgs(
    args,
    { pack: text, table: text, mpp: text, json: { type: "boolean" } },
    CLASSIFICATION_USAGE,
  );
  checkNoMore(positionals);
  const mpp = values.mpp === undefined ? null : parseMpp(values.mpp);
  const loaded = await openPack(requiredOption(values.pack, "pack", CLASSIFICATION_USAGE));
  checkClassificationPack(loaded.pack);
  const table = await readClassificationTable(requiredOption(values.table, "table", CLASSIFICATION_USAGE));
  const labelled = table.map((image) => ({ ...image, label: packLabel(image, loaded.pack) }));
  checkGroups(table, loaded.pack);
  const backend = await openProvenBackend(loaded);
  const images: LabelledPrediction[] = [];
  const notes = new Set<string>();
  for (const [index, image] of labelled.entries()) {
    const judged = await judge(image, mpp, loaded, backend, notes);
    images.push(judged);
    process.stderr.write(`${index + 1} of ${labelled.length}: ${line(judged)}\n`);
  }
  const scores = classificationScores(images, loaded.pack.classes);
  const report = {
    images,
    ...scores,
    classes: loaded.pack.classes,
    pack: { id: loaded.pack.id, sha256: loaded.packSha256 },
    backend: backend.info,
    appVersion: await appVersion(),
    notes: [...notes, RESEARCH_USE_NOTICE],
  };
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else printReport(report.images, scores, loaded.pack.classes, report.notes);
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
    const slide = await openSlideFile(path);
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

/** What a pack was trained on says nothing of how it does elsewhere. */
function checkGroups(table: readonly TableImage[], { training, name }: ModelPack): void {
  const known = [...new Set(table.map(({ group }) => group))].filter((group) => training.groups.includes(group));
  if (known.length === 0) return;
  const few = known.slice(0, 3).join(", ");
  const more = known.length > 3 ? ` and ${known.length - 3} more` : "";
  throw new AppError(
    "training/bad-data",
    `Expected a table without groups that the pack "${name}" was trained on, found ${few}${more}; its cross-validated figures on these stand in its card.`,
    { groups: known },
  );
}

function printReport(
  images: readonly LabelledPrediction[],
  scores: ClassificationScores,
  classes: readonly string[],
  notes: readonly string[],
): void {
  for (const image of images) console.log(line(image));
  const { accuracy, balancedAccuracy, auc, confusion } = scores;
  const area = auc === null ? "" : `, AUC ${auc.toFixed(3)}`;
  console.log(
    `${images.length} images: accuracy ${accuracy.toFixed(3)}, balanced ${balancedAccuracy.toFixed(3)}${area}`,
  );
  for (const label of classes) {
    const found = classes.map((predicted) => `${confusion[label]?.[predicted] ?? 0} ${predicted}`);
    console.log(`${label}: ${found.join(", ")}`);
  }
  for (const note of notes) console.log(note);
}

function line({ name, label, predicted, decision }: LabelledPrediction): string {
  const verdict = label === predicted ? "right" : `wrong, it is ${label}`;
  return `${name}: ${predicted} (${verdict}), decision ${decision.toFixed(3)}`;
}
