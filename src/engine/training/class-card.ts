import { RESEARCH_USE_NOTICE } from "../base/research-use.ts";
import type { Estimate } from "../evaluation/bootstrap.ts";
import { withInterval } from "../evaluation/with-interval.ts";
import { cardLimits, dataParagraph, percent, settingShare, table, useTable } from "./card.ts";
import type { RecordedClassFigures } from "./class-figures.ts";
import type { TrainingConfig } from "./config.ts";
import type { TrainedClassPack } from "./train-classes.ts";

/** CARD.md of a pack of several classes: as `packCard`, with the confusion matrix. */
export function classCard({ pack, figures }: TrainedClassPack, config: TrainingConfig): string {
  const sections = [
    `# ${pack.name}`,
    RESEARCH_USE_NOTICE,
    pack.description,
    "## Use",
    useTable(pack),
    "## Data",
    dataParagraph(pack),
    "## Protocol",
    protocol(config),
    "## Figures",
    summary(figures),
    classTable({ pack, figures }),
    "### Confusion matrix",
    confusionWords(figures),
    confusionTable(figures),
    "### Image by image",
    "Share of the area that was given its own class, and S = 2|P n G| / (|P| + |G|) of each class of which the image's mask holds at least 1 %.",
    imagesTable(figures),
    "## How it was made",
    `\`\`\`\n${pack.training.command}\n\`\`\``,
    made({ pack, figures }),
    ...(config.notes.length > 0 ? ["## Notes", ...config.notes] : []),
    "## Limits",
    cardLimits(pack),
  ];
  return `${sections.join("\n\n")}\n`;
}

function protocol({ folds, classes, svm, views }: TrainingConfig): string {
  const stride = folds.stride ? ` Training and figures look at patches on a stride of ${folds.stride} px.` : "";
  return [
    `Folds by group, never by image. A patch is of the class that holds more than ${settingShare(classes.majority)} of it; patches without such a class are neither trained nor calibrated on. At most ${classes.perClass} windows of each class are drawn from each of ${views.length} views of an image.${stride}`,
    "One linear SVM for each pair of classes, trained on the windows of the two alone; Platt's sigmoid for each pair; confidences of the classes by pairwise coupling (second method of Wu, Lin, Weng, JMLR 5, 2004) for each patch, then the mean over all patches that cover a cell. A pair of which no held-out window of one class exists (the class lies in one group alone) keeps the SVM's boundary, moved by the odds of the two classes' weights, and takes the median slope of the others.",
    `The figures are nested: for each fold, C (of ${svm.c.join(", ")}), the prior (of ${classes.priors.join(", ")}) and the calibrations were chosen on the other folds alone, by models that had seen neither the judged image's fold nor this one. Every pixel of the masks counts; a cell has the class of the highest confidence, and cells that the tissue detection leaves out count as background. No region is dropped and no hole is filled.`,
    `In the calibration each window stands for as much area as its class has in the image, to the power of the prior (0: all classes alike; 1: as frequent as in the images); C and prior are those of the highest mean F1 over the classes on held-out windows weighing as their area. A class's threshold, for its map alone, is the one of highest S over all held-out images; these thresholds were not judged apart.`,
  ].join("\n\n");
}

function summary(figures: RecordedClassFigures): string {
  const { intervals } = figures;
  const lonely = figures.classes.filter(({ groups }) => groups < 2).map(({ name }) => name);
  const words =
    lonely.length === 0
      ? ""
      : ` ${lonely.join(", ")}: painted in one group alone, so that no model that judges it has seen it; its recall below is 0 by the protocol and says nothing of the pack, which was trained with it.`;
  const judged =
    lonely.length === 0
      ? ""
      : ` (${withInterval(intervals.balancedAccuracyJudged, percent)} over the classes of more than one group)`;
  return `${figures.folds} folds by group: accuracy ${withInterval(intervals.accuracy, percent)} of the area, balanced accuracy ${withInterval(intervals.balancedAccuracy, percent)}${judged}.${words} Ranges are ${settingShare(intervals.level)} intervals: the ${intervals.groups} groups drawn with replacement ${intervals.resamples} times; draws that lack a class are left out of its figures.`;
}

function classTable({ pack, figures }: TrainedClassPack): string {
  const share = (estimate: Estimate) => withInterval(estimate, (value) => value.toFixed(3));
  const { byClass } = figures.intervals;
  const rows = figures.classes.map((one, k) => [
    one.name,
    `${one.groups}`,
    percent(one.truthShare),
    percent(one.foundShare),
    share(byClass[k]!.recall),
    share(byClass[k]!.precision),
    share(byClass[k]!.dice),
    `${pack.classDetails?.[k]?.threshold ?? ""}`,
    (pack.classDetails?.[k]?.maskColour ?? []).join(","),
  ]);
  return table(
    ["class", "groups", "truth", "found", "recall", "precision", "S", "threshold alone", "mask colour"],
    rows,
  );
}

function confusionWords({ classes }: RecordedClassFigures): string {
  return `Rows: the mask's class; columns: the class found, in percent of the row. Columns in the order of the rows (${classes.length}).`;
}

function confusionTable({ classes, confusion }: RecordedClassFigures): string {
  const rows = confusion.map((row, k) => [classes[k]!.name, ...row.map((share) => (share * 100).toFixed(1))]);
  return table(["", ...classes.map(({ name }) => name)], rows);
}

function imagesTable({ images, classes }: RecordedClassFigures): string {
  const rows = images.map(({ name, group, fold, accuracy, dice }) => [
    name,
    group,
    `${fold}`,
    percent(accuracy),
    ...dice.map((value) => (value === null ? "" : value.toFixed(2))),
  ]);
  return table(["image", "group", "fold", "accuracy", ...classes.map(({ name }) => name)], rows);
}

function made({ pack, figures }: TrainedClassPack): string {
  const { settings, seed, appVersion } = pack.training;
  const windows = Object.entries(settings["drawnWindows"] ?? {}).map(([name, count]) => `${count} of ${name}`);
  const chosen = figures.chosen.map(({ c, prior }) => `${c} and ${prior}`).join("; ");
  return `Palisade ${appVersion}, seed ${seed}; windows: ${windows.join(", ")}; C = ${settings["chosenC"]}, prior ${settings["chosenPrior"]} (folds: ${chosen}), at most ${settings["passes"]} passes${settings["converged"] === true ? "" : " (stopped at the limit)"}. The same command on one machine gives the same bytes; all settings stand in \`pack.json\` under \`training\`.`;
}
