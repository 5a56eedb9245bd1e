import { RESEARCH_USE_NOTICE } from "../base/research-use.ts";
import { withInterval } from "../evaluation/with-interval.ts";
import type { ModelPack } from "../modelpack/types.ts";
import type { ClassificationConfig } from "./config.ts";
import type { RecordedClassification } from "./figures.ts";
import type { TrainedClassification } from "./train-classification.ts";

/** CARD.md of a trained pack: what it is for, data, protocol, figures, command, limits. Holds no date, so that it is reproducible. */
export function classificationCard({ pack, figures }: TrainedClassification, config: ClassificationConfig): string {
  const sections = [
    `# ${pack.name}`,
    RESEARCH_USE_NOTICE,
    pack.description,
    "## Use",
    useTable(pack, config),
    "## Data",
    dataParagraph(pack),
    "## Protocol",
    protocolParagraph(config),
    "## Figures",
    figuresTable(figures),
    intervalSentence(figures),
    "### Confusion",
    confusionTable(figures, pack.classes),
    "### Image by image",
    imagesTable(figures),
    "## How it was made",
    `\`\`\`\n${pack.training.command}\n\`\`\``,
    settingsParagraph(pack),
    ...(config.notes.length > 0 ? ["## Notes", ...config.notes] : []),
    "## Limits",
    limits(pack),
  ];
  return `${sections.join("\n\n")}\n`;
}

function useTable({ id, sampling, backbone, classes, selected }: ModelPack, config: ClassificationConfig): string {
  const [, high] = sampling.mppRange;
  return table(
    ["", ""],
    [
      ["Id", id],
      ["Classes", classes.join(", ")],
      ["Pixel size", `${sampling.mpp} µm; meant for slides of up to ${high} µm, finer ones are brought to it`],
      ["Patch", `${sampling.patch} px, stride ${sampling.stride} px, seen by the network as ${sampling.resizeTo} px`],
      ["Left out", "patches in which every channel of every pixel is above 200"],
      ["Pooling", `p-norm over the patches, P = ${config.p}`],
      ["Network", `${backbone.origin}; ${backbone.channels} channels; licence ${backbone.licence}`],
      [
        "Features",
        `${selected?.length ?? backbone.channels} of ${backbone.channels}, by the difference of class means`,
      ],
    ],
  );
}

function dataParagraph({ training, classes }: ModelPack): string {
  const { images, patches } = training.settings;
  const count = Array.isArray(images) ? images.length : 0;
  const kept = typeof patches === "object" && patches !== null && "kept" in patches ? `${patches.kept} patches, ` : "";
  return `${training.data}\n\n${count} images, ${kept}${training.groups.length} groups; classes ${classes.join(", ")}.`;
}

function protocolParagraph({ folds, svm, features }: ClassificationConfig): string {
  const selection = features === 0 ? "" : `the selection of ${features} features, `;
  return [
    `${folds.count} folds by group, never by image, each with about its share of every class.`,
    `The figures are nested: for each fold, ${selection}the scaling, C (of ${svm.c.join(", ")}) and Platt's calibration come from the other folds alone; C is the one with the highest area under the ROC curve on folds held out among them. Images are judged as they are, whatever views the training saw.`,
  ].join("\n\n");
}

function figuresTable(figures: RecordedClassification): string {
  const { folds, auc, intervals, chosen, images } = figures;
  const three = (value: number) => value.toFixed(3);
  const cs = [...new Set(chosen.map(({ c }) => c))].join(", ");
  return table(
    ["", "images", "folds", "AUC", "accuracy", "balanced accuracy", "C chosen"],
    [
      [
        "Cross-validation by group",
        `${images.length}`,
        `${folds}`,
        auc === null ? "more than two classes" : withInterval(intervals.auc, three),
        withInterval(intervals.accuracy, three),
        withInterval(intervals.balancedAccuracy, three),
        cs,
      ],
    ],
  );
}

function intervalSentence({ intervals: { groups, resamples, level } }: RecordedClassification): string {
  return `In brackets ${level * 100} % intervals: the ${groups} groups drawn with replacement ${resamples} times.`;
}

function confusionTable({ confusion }: RecordedClassification, classes: readonly string[]): string {
  return table(
    ["label \\ predicted", ...classes],
    classes.map((label) => [label, ...classes.map((predicted) => `${confusion[label]?.[predicted] ?? 0}`)]),
  );
}

function imagesTable({ images }: RecordedClassification): string {
  const rows = images.map(({ name, group, fold, label, predicted, decision, confidence }) => [
    name,
    group,
    `${fold}`,
    label,
    predicted === label ? predicted : `**${predicted}**`,
    decision.toFixed(3),
    confidence.toFixed(2),
  ]);
  return table(["image", "group", "fold", "label", "predicted", "decision", "confidence"], rows);
}

function settingsParagraph({ training }: ModelPack): string {
  const { settings, seed, appVersion } = training;
  const end = settings["converged"] === true ? "" : " (stopped at the limit)";
  return `Palisade ${appVersion}, seed ${seed}; C = ${settings["chosenC"]}, ${settings["passes"]} passes${end}. The same command on one machine gives the same bytes; all settings stand in \`pack.json\` under \`training\`.`;
}

function limits({ sampling, classes }: ModelPack): string {
  return [
    `- It knows ${classes.length} classes and nothing else: every slide gets one of them, also one that shows neither.`,
    `- Slides coarser than ${sampling.mppRange[1]} µm a pixel are not what it was trained for; finer ones are averaged down to ${sampling.mpp} µm.`,
    "- It was trained on the images described above. On whole slides the pooling runs over many more patches, of which most may show neither class.",
    "- The confidence is calibrated on held-out training images with all classes weighing the same; it is no probability of disease.",
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}
