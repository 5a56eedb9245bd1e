import { RESEARCH_USE_NOTICE } from "../base/research-use.ts";
import { withInterval } from "../evaluation/with-interval.ts";
import type { ModelPack } from "../modelpack/types.ts";
import type { TrainingConfig } from "./config.ts";
import type { RecordedFigures, RecordedImage } from "./figures.ts";
import { MIN_TRUTH_FRACTION } from "./score.ts";
import type { TrainedPack } from "./train-segmentation.ts";

/** CARD.md of a trained pack: what it is for, data, protocol, figures, command, limits. Holds no date, so that it is reproducible. */
export function packCard(trained: TrainedPack, config: TrainingConfig): string {
  const { pack, figures, leaveOneGroupOut, refinements } = trained;
  const sections = [
    `# ${pack.name}`,
    RESEARCH_USE_NOTICE,
    pack.description,
    "## Use",
    useTable(pack),
    "## Data",
    dataParagraph(pack),
    "## Protocol",
    protocolParagraph(config),
    "## Figures",
    figuresTable(figures, leaveOneGroupOut),
    agreementParagraph(figures),
    "### Confidence against truth",
    reliabilityTable(figures),
    ...(refinements.length > 0 ? ["### What the refinements are worth", refinementsTable(trained, config)] : []),
    "### Image by image",
    imagesTable(figures),
    "## How it was made",
    `\`\`\`\n${pack.training.command}\n\`\`\``,
    settingsParagraph(trained),
    ...(config.notes.length > 0 ? ["## Notes", ...config.notes] : []),
    "## Limits",
    cardLimits(pack),
  ];
  return `${sections.join("\n\n")}\n`;
}

export function useTable({ id, sampling, backbone, threshold, postProcess, classes }: ModelPack): string {
  const [low, high] = sampling.mppRange;
  return table(
    ["", ""],
    [
      ["Id", id],
      ["Classes", classes.join(", ")],
      ["Pixel size trained at", `${sampling.mpp} µm (assumed for all images); meant for ${low} to ${high} µm`],
      ["Patch", `${sampling.patch} px, stride ${sampling.stride} px, seen by the network as ${sampling.resizeTo} px`],
      ["Windows", `${sampling.windows.join(" and ")} px, concentric; mean features`],
      ["Mode", sampling.mode === "dense" ? "dense (cells of one pass)" : "patch by patch"],
      ["Network", `${backbone.origin}; ${backbone.channels} channels; licence ${backbone.licence}`],
      ["Threshold", `${threshold}`],
      [
        "Post-processing",
        `regions below ${postProcess.minRegionUm2} µm² dropped, holes below ${postProcess.maxHoleUm2} µm² filled`,
      ],
    ],
  );
}

export function dataParagraph({ training }: ModelPack): string {
  const images = training.settings["images"];
  const count = Array.isArray(images) ? images.length : 0;
  return `${training.data}\n\n${count} images in ${training.groups.length} groups: ${training.groups.join(", ")}.`;
}

function protocolParagraph({ folds, windows, threshold, svm }: TrainingConfig): string {
  const stride = folds.stride ? ` Training and figures look at patches on a stride of ${folds.stride} px.` : "";
  return [
    `Folds by group, never by image. A window is trained as positive when more than ${settingShare(windows.positiveAbove)} of its patch is (calibration: ${settingShare(windows.calibrateAbove)}); windows need ${settingShare(windows.minTissue)} tissue (not white in the mask).${stride}`,
    `The figures are nested: for each fold, C (of ${svm.c.join(", ")}), Platt's calibration and the threshold were chosen on the other folds alone, by models that had seen neither the judged image's fold nor this one; the threshold maximises mean S less ${threshold.falseWeight} x the mean false share.`,
    `S = 2|P n G| / (|P| + |G|) within the tissue of the mask, averaged over images whose truth holds at least ${settingShare(MIN_TRUTH_FRACTION)} of the tissue; on the others the falsely found share of the tissue is averaged. Tissue detection and post-processing are those of the analysis.`,
  ].join("\n\n");
}

function figuresTable(figures: RecordedFigures, byGroup: RecordedFigures | null): string {
  const row = (title: string, one: RecordedFigures) => [
    title,
    `${one.folds}`,
    one.meanScore === null ? "none" : `${withInterval(one.intervals.score, score)}, ${one.positiveImages} images`,
    one.meanFalsePositiveFraction === null
      ? "none"
      : `${withInterval(one.intervals.falsePositiveFraction, percent)}, ${one.negativeImages} images`,
    [...new Set(one.chosen.map(({ c }) => c))].join(", "),
    [...new Set(one.chosen.map(({ threshold }) => threshold))].join(", "),
  ];
  const rows = [row("Cross-validation by group", figures)];
  if (byGroup) rows.push(row("Leaving one group out", byGroup));
  return table(["", "folds", "mean S", "mean false share", "C chosen", "thresholds chosen"], rows);
}

function agreementParagraph({ intervals, images }: RecordedFigures): string {
  const { precision, recall, areaBiasPercent, groups, resamples, level } = intervals;
  const { bias, lowerLimit, upperLimit } = areaBiasPercent;
  const points = (value: number) => value.toFixed(1);
  return [
    `Precision ${withInterval(precision, score)}, recall ${withInterval(recall, score)} (means over the images with the class).`,
    `Found less true area, over all ${images.length} images, in percent of the tissue: ${withInterval(bias, points)} on average, limits of agreement ${withInterval(lowerLimit, points)} and ${withInterval(upperLimit, points)}.`,
    `In brackets ${settingShare(level)} intervals: the ${groups} groups drawn with replacement ${resamples} times.`,
  ].join(" ");
}

function reliabilityTable({ reliability }: RecordedFigures): string {
  const { bins, expectedCalibrationError, risesThroughout } = reliability;
  const rows = bins.map(({ from, to, count, meanConfidence, observed }) => [
    `${from} to ${to}`,
    `${count}`,
    meanConfidence === null ? "" : score(meanConfidence),
    observed.value === null ? "" : withInterval(observed, score),
  ]);
  const rises = risesThroughout ? "rises from bin to bin" : "does not rise in every bin";
  const sentence = `Cells of the held-out maps by their confidence, and which share of their area is of the class. The share ${rises}; expected calibration error ${withInterval(expectedCalibrationError, score)}.`;
  return `${sentence}\n\n${table(["confidence", "cells", "mean confidence", "share of the class"], rows)}`;
}

function score(value: number): string {
  return value.toFixed(3);
}

/** The configured training is the last row. */
function refinementsTable(
  { refinements }: TrainedPack,
  { refinements: { haemorrhage, hardRegions } }: TrainingConfig,
): string {
  const rows = refinements.map(({ haemorrhage: isRelabelled, relabelled, round, added, figures }) => [
    isRelabelled ? `${relabelled} windows` : "as painted",
    round === 0 ? "none" : `${round} (${added} windows)`,
    figures.meanScore?.toFixed(3) ?? "none",
    figures.meanFalsePositiveFraction === null ? "none" : percent(figures.meanFalsePositiveFraction),
  ]);
  const found = haemorrhage?.maskColour
    ? `the colour ${haemorrhage.maskColour.join(",")} of the masks`
    : "a colour rule";
  const sentences = [
    haemorrhage &&
      `Haemorrhage (${found}): a patch of which more than ${settingShare(haemorrhage.share)} is haemorrhage is trained as the negative class.`,
    hardRegions &&
      `Rounds: patches in regions of at least ${hardRegions.minRegionUm2} µm² that held-out models missed or found falsely were added, up to ${hardRegions.perImage} from each view of an image and round. They never come from a fold that the model judges, nor from a model that saw what it judged.`,
    "Every row is nested as the figures above; the last one is this pack's.",
  ];
  const text = sentences.filter((sentence) => sentence !== null).join(" ");
  return `${text}\n\n${table(["haemorrhage trained as negative", "rounds of hard regions", "mean S", "mean false share"], rows)}`;
}

function imagesTable({ images }: RecordedFigures): string {
  const row = (image: RecordedImage) => [
    image.name,
    image.group,
    `${image.fold}`,
    percent(image.truthFraction),
    percent(image.predictedFraction),
    image.truthFraction >= MIN_TRUTH_FRACTION ? image.score.toFixed(3) : "",
  ];
  return table(["image", "group", "fold", "truth", "found", "S"], images.map(row));
}

function settingsParagraph({ pack }: TrainedPack): string {
  const { settings, seed, appVersion } = pack.training;
  return `Palisade ${appVersion}, seed ${seed}; ${settings["drawnWindows"]} windows, ${settings["positiveWindows"]} of them positive; C = ${settings["chosenC"]}, ${settings["passes"]} passes${settings["converged"] === true ? "" : " (stopped at the limit)"}. The same command on one machine gives the same bytes; all settings stand in \`pack.json\` under \`training\`.`;
}

export function cardLimits({ sampling }: ModelPack): string {
  const [low, high] = sampling.mppRange;
  return [
    `- The pixel size of the training images (${sampling.mpp} µm) is an assumption of whoever trained the pack. Areas in mm² depend on the pixel size of the slide that is analysed, and every result says when that one was assumed too.`,
    `- Slides coarser than ${high} µm a pixel are not what it was trained for; finer ones are averaged down to ${sampling.mpp} µm (${low} to ${high} µm were simulated in training where the settings list scaled views).`,
    "- What the training images do not show (other organs, other stains, folds, pen, frozen tissue) it has never seen.",
    "- The truth was painted by people or programs; a score cannot be better than their agreement.",
  ].join("\n");
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

/** A setting, without digits that nobody typed. */
export function settingShare(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(4))} %`;
}

export function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}
