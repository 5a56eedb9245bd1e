import { markdownTable } from "./document.ts";
import type {
  ClassFigures,
  ClassificationFigures,
  ComparedClassification,
  ComparedSegmentation,
  Estimate,
  PackOf,
  RobustnessRow,
  SegmentationFigures,
} from "./results.ts";

/** A table of docs/accuracy.md, the steps whose results it needs, and how it is written from them (in that order). */
export interface Table {
  readonly name: string;
  readonly needs: readonly string[];
  // The results are JSON that this project's own commands wrote in the same run; `results.ts` says in which shape.
  readonly write: (...results: never[]) => string;
}

export const TABLES: readonly Table[] = [
  {
    name: "necrosis-lowpower",
    needs: ["necrosis-lowpower"],
    write: (bundled: PackOf<SegmentationFigures>) => packTable([bundled]),
  },
  {
    name: "paper-modes",
    needs: ["paper-dense", "paper-patchwise"],
    write: (dense: PackOf<SegmentationFigures>, patchwise: PackOf<SegmentationFigures>) =>
      packTable([dense, patchwise]),
  },
  {
    name: "robustness",
    needs: ["robustness"],
    write: ({ rows }: { readonly rows: readonly RobustnessRow[] }) =>
      markdownTable(
        ["seen as", "S", "difference", "false share"],
        rows.map(({ view, meanScore, meanFalsePositiveFraction }) => [
          view,
          meanScore.toFixed(3),
          signed(meanScore - (rows[0]?.meanScore ?? 0)),
          percent(meanFalsePositiveFraction),
        ]),
      ),
  },
  {
    name: "refinements",
    needs: ["refinements"],
    write: ({ training: { figures } }: PackOf<SegmentationFigures>) =>
      markdownTable(
        ["haemorrhage", "round", "patches relabelled", "patches added", "S", "false share"],
        (figures.refinements ?? []).map(({ haemorrhage, round, relabelled, added, figures: found }) => [
          haemorrhage ? "relabelled" : "as painted",
          `${round}`,
          `${relabelled}`,
          `${added}`,
          found.meanScore?.toFixed(3) ?? "",
          percent(found.meanFalsePositiveFraction),
        ]),
      ),
  },
  {
    name: "paper-segmentation",
    needs: ["compare-segmentation", "necrosis-lowpower"],
    write: ({ methods }: ComparedSegmentation, bundled: PackOf<SegmentationFigures>) =>
      markdownTable(
        ["method", "paper, S", "here, S", "here, false share"],
        [
          ...methods.map(({ method, meanScore, intervals, meanFalsePositiveFraction }) => [
            SEGMENTATION_NAMES[method] ?? method,
            PAPER_SEGMENTATION[method] ?? "-",
            withInterval(meanScore, intervals.score),
            percent(meanFalsePositiveFraction),
          ]),
          [
            "`necrosis-lowpower`, nested as well",
            "-",
            withInterval(bundled.training.figures.byFold.meanScore, bundled.training.figures.byFold.intervals.score),
            percent(bundled.training.figures.byFold.meanFalsePositiveFraction),
          ],
        ],
      ),
  },
  {
    name: "paper-classification",
    needs: ["compare-classification"],
    write: ({ methods }: ComparedClassification) =>
      markdownTable(
        ["method", "paper, accuracy (GBM against LGG)", "here, AUC", "here, balanced accuracy"],
        methods.map(({ method, auc, balancedAccuracy, intervals }) => [
          CLASSIFICATION_NAMES[method] ?? method,
          PAPER_CLASSIFICATION[method] ?? "-",
          withInterval(auc, intervals.auc),
          withInterval(balancedAccuracy, intervals.balancedAccuracy),
        ]),
      ),
  },
  {
    name: "haemorrhage-20x",
    needs: ["haemorrhage-20x"],
    write: ({ training }: PackOf<ClassificationFigures>) => {
      const { auc, accuracy, balancedAccuracy, intervals, confusion } = training.figures.byFold;
      const classes = Object.keys(confusion);
      return [
        markdownTable(
          ["AUC", "accuracy", "balanced accuracy"],
          [
            [
              withInterval(auc, intervals.auc),
              withInterval(accuracy, intervals.accuracy),
              withInterval(balancedAccuracy, intervals.balancedAccuracy),
            ],
          ],
        ),
        markdownTable(
          ["label, images", ...classes.map((name) => `found ${name}`)],
          classes.map((label) => [label, ...classes.map((found) => `${confusion[label]?.[found] ?? 0}`)]),
        ),
      ].join("\n\n");
    },
  },
  {
    name: "tissue-lowpower",
    needs: ["tissue-lowpower"],
    write: ({ training }: PackOf<ClassFigures>) => {
      const { classes, confusion } = training.figures.byFold;
      return [
        markdownTable(
          ["class", "blocks", "share of the truth", "recall", "precision", "Dice"],
          classes.map(({ name, groups, truthShare, recall, precision, dice }) => [
            name,
            `${groups}`,
            percent(truthShare),
            ...[recall, precision, dice].map((value) => value?.toFixed(3) ?? "-"),
          ]),
        ),
        markdownTable(
          ["of the true class, found as", ...classes.map(({ name }) => name)],
          classes.map(({ name }, row) => [name, ...(confusion[row] ?? []).map((share) => percent(share))]),
        ),
      ].join("\n\n");
    },
  },
];

/** Tables 2 and 3 of the paper, and its text on segmentation. */
const PAPER_CLASSIFICATION: Readonly<Record<string, string>> = {
  mcil: "91.1 %",
  "image-level": "62.2 %",
  "svm-mf": "77.8 %",
  "svm-cnn": "97.8 %",
};
const PAPER_SEGMENTATION: Readonly<Record<string, string>> = {
  graphrlm: "not suitable",
  "svm-mf": "0.64",
  "svm-cnn": "0.84",
};
const CLASSIFICATION_NAMES: Readonly<Record<string, string>> = {
  mcil: "MCIL",
  "image-level": "whole image",
  "svm-mf": "SVM on manual features",
  "svm-cnn": "SVM on network features",
};
const SEGMENTATION_NAMES: Readonly<Record<string, string>> = {
  graphrlm: "GraphRLM",
  "svm-mf": "SVM on manual features",
  "svm-cnn": "SVM on network features (last layer, dense)",
};

function packTable(packs: readonly PackOf<SegmentationFigures>[]): string {
  return markdownTable(
    ["pack", "S", "false share", "precision", "recall", "thresholds of the folds"],
    packs.map(({ id, training: { figures } }) => {
      const { meanScore, meanFalsePositiveFraction, intervals, chosen } = figures.byFold;
      const thresholds = chosen.map(({ threshold }) => threshold);
      return [
        `\`${id}\``,
        withInterval(meanScore, intervals.score),
        withInterval(meanFalsePositiveFraction, intervals.falsePositiveFraction, percent),
        withInterval(intervals.precision.value, intervals.precision),
        withInterval(intervals.recall.value, intervals.recall),
        `${Math.min(...thresholds)} to ${Math.max(...thresholds)}`,
      ];
    }),
  );
}

function withInterval(value: number | null, { low, high }: Estimate, write = threeDigits): string {
  if (value === null) return "-";
  return low === null || high === null ? write(value) : `${write(value)} (${write(low)} to ${write(high)})`;
}

function threeDigits(value: number): string {
  return value.toFixed(3);
}

function percent(fraction: number | null): string {
  return fraction === null ? "-" : `${(fraction * 100).toFixed(1)} %`;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}
