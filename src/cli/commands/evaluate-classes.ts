import { join } from "node:path";
import { analysedView } from "../../engine/analysis/analysed-view.ts";
import { AppError } from "../../engine/base/errors.ts";
import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import type { Estimate } from "../../engine/evaluation/bootstrap.ts";
import { withInterval } from "../../engine/evaluation/with-interval.ts";
import { openExtractor } from "../../engine/features/extractor.ts";
import type { BackendInfo } from "../../engine/features/types.ts";
import { classLabels } from "../../engine/heatmap/class-labels.ts";
import { type ShownClass, shownClasses } from "../../engine/heatmap/class-map.ts";
import type { LoadedPack, ModelPack } from "../../engine/modelpack/types.ts";
import type { Slide } from "../../engine/slide/types.ts";
import { type ConfusedImage, classEstimates } from "../../engine/training/class-estimates.ts";
import { classVerdict } from "../../engine/training/class-overlay.ts";
import { addConfusions, type Confusion, confusionOf, scoreConfusion } from "../../engine/training/class-scores.ts";
import { type ClassTruth, cellClassAreas, readClassTruth } from "../../engine/training/class-truth.ts";
import type { MaskColour } from "../../engine/training/truth.ts";
import { appVersion } from "../app-version.ts";
import { type MaskedImage, readMask } from "../image-pairs.ts";
import { readMaskClasses } from "../mask-classes.ts";
import { openProvenBackend } from "../open-backend.ts";
import { openSlideFile } from "../open-slide.ts";
import { overlayPicture } from "../overlay-picture.ts";
import { encodePng, writeOutput } from "../write-output.ts";
import { analyzeImage, type Evaluator } from "./evaluate-image.ts";
import { pixelSizeOf } from "./evaluate-pixel-size.ts";

export interface ClassEvaluation {
  readonly pairs: readonly MaskedImage[];
  /** After --classes: colours of the classes in these masks; default: those that the pack was trained from. */
  readonly classes: string | undefined;
  /** Micrometres per pixel, or null. */
  readonly mpp: number | null;
  /** Folder for pictures. */
  readonly overlay: string | undefined;
  readonly json: boolean;
  /** Images of one group are drawn together for the intervals. */
  readonly groupOf: (name: string) => string;
  /** Sentences a reader must see beside the figures. */
  readonly notes: readonly string[];
}

interface Judged extends ConfusedImage {
  readonly name: string;
}

/** Compares the class map of every image with its mask: confusion matrix, and recall, precision and S of each class. Prints a report. */
export async function evaluateClasses(loaded: LoadedPack, request: ClassEvaluation): Promise<void> {
  const shown = classesOf(loaded.pack);
  const colours = await maskColours(loaded.pack, request.classes);
  const backend = await openProvenBackend(loaded);
  const extractor = await openExtractor({ backend, loaded });
  const notes = new Set(request.notes);
  try {
    const judged = await judgeImages({ loaded, extractor, backend: backend.info }, request, shown, colours, notes);
    const report = { shown, judged, loaded, backend: backend.info, notes: [...notes, RESEARCH_USE_NOTICE] };
    if (request.json) console.log(JSON.stringify({ ...jsonReport(report), appVersion: await appVersion() }, null, 2));
    else printReport(report);
  } finally {
    await extractor.close();
  }
}

async function judgeImages(
  evaluator: Evaluator,
  request: ClassEvaluation,
  shown: readonly ShownClass[],
  colours: readonly { readonly maskColour: MaskColour }[],
  notes: Set<string>,
): Promise<Judged[]> {
  const background = shown.findIndex((one) => one.isBackground);
  const judged: Judged[] = [];
  for (const [index, { name, image, mask }] of request.pairs.entries()) {
    const slide = await openSlideFile(image, { view: analysedView(evaluator.loaded.pack) });
    try {
      const truth = readClassTruth(await readMask(mask), colours, slide.info.width0, slide.info.height0);
      const result = await analyzeImage(evaluator, slide, pixelSizeOf(slide, request.mpp, evaluator.loaded, notes));
      for (const note of result?.notes ?? [`No tissue was found on ${name}.`]) notes.add(note);
      const grid = result?.grid ?? { cols: 1, rows: 1, stride0X: truth.width0, stride0Y: truth.height0 };
      const labels = result?.grid.classes
        ? classLabels(result.grid.classes, result.grid.tissue)
        : new Uint8Array(1).fill(255);
      const confusion = confusionOf(labels, cellClassAreas(truth, grid), background);
      judged.push({ name, group: request.groupOf(name), confusion });
      if (request.overlay !== undefined) {
        await writeVerdict(join(request.overlay, `${name}.png`), slide, { grid, labels, truth, background });
      }
      const { accuracy } = scoreConfusion(judged[index]!.confusion);
      process.stderr.write(
        `${index + 1} of ${request.pairs.length}: ${name}: ${percent(accuracy)} of the area right\n`,
      );
    } finally {
      slide.close();
    }
  }
  return judged;
}

interface Report {
  readonly shown: readonly ShownClass[];
  readonly judged: readonly Judged[];
  readonly loaded: LoadedPack;
  readonly backend: BackendInfo;
  readonly notes: readonly string[];
}

function totalOf({ judged, shown }: Report): Confusion {
  return addConfusions(
    judged.map(({ confusion }) => confusion),
    shown.length,
  );
}

function jsonReport(report: Report) {
  const { shown, judged, loaded, backend, notes } = report;
  const total = totalOf(report);
  return {
    images: judged.map(({ name, group, confusion }) => ({ name, group, ...named(shown, confusion) })),
    ...named(shown, total),
    balancedAccuracy: scoreConfusion(total).balancedAccuracy,
    intervals: classEstimates(judged, shown.length),
    confusion: { classes: shown.map(({ name }) => name), areas0: rowsOf(total) },
    pack: { id: loaded.pack.id, sha256: loaded.packSha256, mode: loaded.pack.sampling.mode },
    backend,
    notes,
  };
}

function classesOf(pack: ModelPack): readonly ShownClass[] {
  const shown = shownClasses(pack);
  if (shown) return shown;
  throw new AppError(
    "cli/usage",
    `Expected a pack of several classes for an evaluation without --positive, found "${pack.name}" with one map; give --positive R,G,B.`,
  );
}

/** In the order of the pack's classes. */
async function maskColours(pack: ModelPack, text: string | undefined): Promise<{ readonly maskColour: MaskColour }[]> {
  if (text === undefined) return [...(pack.classDetails ?? [])];
  const given = await readMaskClasses(text);
  return pack.classes.map((name) => {
    const found = given.find((one) => one.name === name);
    if (found) return found;
    throw new AppError(
      "cli/usage",
      `Expected the classes of the pack (${pack.classes.join(", ")}) after --classes, found none named "${name}".`,
    );
  });
}

function named(shown: readonly ShownClass[], confusion: Confusion) {
  const { accuracy, byClass } = scoreConfusion(confusion);
  return { accuracy, classes: shown.map(({ name }, k) => ({ name, ...byClass[k]! })) };
}

function rowsOf({ classes, areas0 }: Confusion): number[][] {
  return Array.from({ length: classes }, (_, truth) => [...areas0.subarray(truth * classes, (truth + 1) * classes)]);
}

async function writeVerdict(
  path: string,
  slide: Slide,
  found: {
    readonly grid: Parameters<typeof classVerdict>[1];
    readonly labels: Uint8Array;
    readonly truth: ClassTruth;
    readonly background: number;
  },
): Promise<void> {
  const picture = await overlayPicture(slide);
  const painted = classVerdict(picture, found.grid, found.labels, found.truth, found.background);
  await writeOutput(path, encodePng(painted));
}

function printReport(report: Report): void {
  const { shown, notes, judged } = report;
  const confusion = totalOf(report);
  const estimates = classEstimates(judged, shown.length);
  const { byClass } = scoreConfusion(confusion);
  const three = (estimate: Estimate) => withInterval(estimate, (value) => value.toFixed(3));
  shown.forEach(({ name }, k) => {
    const { recall, precision, dice } = estimates.byClass[k]!;
    const { truthShare } = byClass[k]!;
    console.log(
      `${name}: S ${three(dice)}, recall ${three(recall)}, precision ${three(precision)}, truth ${percent(truthShare)}`,
    );
  });
  console.log("Confusion (rows: mask, columns: found, percent of the row):");
  for (const [k, row] of rowsOf(confusion).entries()) {
    const sum = Math.max(
      row.reduce((a, b) => a + b, 0),
      Number.MIN_VALUE,
    );
    console.log(`${row.map((area) => ((100 * area) / sum).toFixed(1).padStart(6)).join("")}  ${shown[k]!.name}`);
  }
  const { accuracy, balancedAccuracy } = estimates;
  const right = withInterval(accuracy, percent);
  console.log(`accuracy ${right} of the area, balanced accuracy ${withInterval(balancedAccuracy, percent)}`);
  for (const note of notes) console.log(note);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
