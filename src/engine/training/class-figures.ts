import { DEFAULT_BOOTSTRAP_OPTIONS, type Estimate } from "../evaluation/bootstrap.ts";
import { checkFolds } from "../evaluation/leakage.ts";
import { type ClassEstimates, classEstimates } from "./class-estimates.ts";
import type { ClassRule } from "./class-rule.ts";
import { addConfusions, type ClassScore, meanRecall, scoreConfusion } from "./class-scores.ts";
import { rounded, roundedEstimate } from "./figures.ts";
import type { JudgedImage } from "./judge-classes.ts";
import type { MaskClass } from "./mask-classes.ts";

/** Figures of a cross-validation over several classes as the training record keeps them. */
export interface RecordedClassFigures {
  readonly folds: number;
  /** Share of the area that was given its own class. */
  readonly accuracy: number;
  /** Mean recall over all classes. */
  readonly balancedAccuracy: number;
  /** The same over the classes of more than one group; a class of one group alone is never seen when it is judged. */
  readonly balancedAccuracyJudged: number;
  /** Share of each truth class (rows) that was given each class (columns). */
  readonly confusion: readonly (readonly number[])[];
  readonly classes: readonly RecordedClass[];
  /** What each fold chose on the others. */
  readonly chosen: readonly { readonly c: number; readonly prior: number }[];
  readonly images: readonly RecordedClassImage[];
  /** So many groups were drawn so many times; share of the resamples between the ends. */
  readonly intervals: ClassEstimates & {
    /** As `balancedAccuracyJudged`. */
    readonly balancedAccuracyJudged: Estimate;
    readonly groups: number;
    readonly resamples: number;
    readonly seed: number;
    readonly level: number;
  };
}

export interface RecordedClass extends ClassScore {
  readonly name: string;
  /** Groups that hold at least 0.1 % of the class by area. */
  readonly groups: number;
}

export interface RecordedClassImage {
  readonly name: string;
  readonly group: string;
  /** From 1. */
  readonly fold: number;
  readonly accuracy: number;
  /** By class; null where the image's truth holds less than 1 % of it. */
  readonly dice: readonly (number | null)[];
}

const MIN_GROUP_SHARE = 0.001;
const MIN_IMAGE_SHARE = 0.01;

/** Throws `evaluation/group-on-both-sides` for a group in several folds. */
export function recordClassFigures(
  judged: readonly JudgedImage[],
  rules: readonly ClassRule[],
  classes: readonly MaskClass[],
): RecordedClassFigures {
  checkFolds(
    judged.map(({ group }) => group),
    judged.map(({ fold }) => fold),
  );
  const count = classes.length;
  const confusion = addConfusions(
    judged.map((one) => one.confusion),
    count,
  );
  const scores = scoreConfusion(confusion);
  const groups = groupsPerClass(judged, count);
  const recorded = classes.map(({ name }, k) => ({ name, groups: groups[k]!, ...shortened(scores.byClass[k]!) }));
  return {
    folds: rules.length,
    accuracy: rounded(scores.accuracy),
    balancedAccuracy: rounded(scores.balancedAccuracy),
    balancedAccuracyJudged: rounded(meanRecall(scores.byClass.filter((_, k) => groups[k]! > 1))),
    confusion: Array.from({ length: count }, (_, truth) => {
      const row = confusion.areas0.subarray(truth * count, (truth + 1) * count);
      const total = row.reduce((a, b) => a + b, 0);
      return Array.from(row, (area) => (total > 0 ? rounded(area / total) : 0));
    }),
    classes: recorded,
    chosen: rules.map(({ c, prior }) => ({ c, prior })),
    images: judged.map(recordImage),
    intervals: recordIntervals(
      judged,
      count,
      Array.from(groups.keys()).filter((k) => groups[k]! > 1),
    ),
  };
}

function recordIntervals(
  judged: readonly JudgedImage[],
  count: number,
  several: readonly number[],
): RecordedClassFigures["intervals"] {
  const { accuracy, balancedAccuracy, byClass } = classEstimates(judged, count);
  return {
    groups: new Set(judged.map(({ group }) => group)).size,
    ...DEFAULT_BOOTSTRAP_OPTIONS,
    accuracy: roundedEstimate(accuracy),
    balancedAccuracy: roundedEstimate(balancedAccuracy),
    balancedAccuracyJudged: roundedEstimate(classEstimates(judged, count, several).balancedAccuracy),
    byClass: byClass.map(({ recall, precision, dice }) => ({
      recall: roundedEstimate(recall),
      precision: roundedEstimate(precision),
      dice: roundedEstimate(dice),
    })),
  };
}

function recordImage({ name, group, fold, confusion }: JudgedImage): RecordedClassImage {
  const { accuracy, byClass } = scoreConfusion(confusion);
  const dice = byClass.map((score) =>
    score.truthShare >= MIN_IMAGE_SHARE && score.dice !== null ? rounded(score.dice) : null,
  );
  return { name, group, fold: fold + 1, accuracy: rounded(accuracy), dice };
}

function groupsPerClass(judged: readonly JudgedImage[], count: number): number[] {
  const byGroup = new Map<string, JudgedImage[]>();
  for (const one of judged) byGroup.set(one.group, [...(byGroup.get(one.group) ?? []), one]);
  const shares = [...byGroup.values()].map(
    (images) =>
      scoreConfusion(
        addConfusions(
          images.map(({ confusion }) => confusion),
          count,
        ),
      ).byClass,
  );
  return Array.from({ length: count }, (_, k) => shares.filter((own) => own[k]!.truthShare >= MIN_GROUP_SHARE).length);
}

function shortened(score: ClassScore): ClassScore {
  const short = (value: number | null) => (value === null ? null : rounded(value));
  return {
    truthShare: rounded(score.truthShare),
    foundShare: rounded(score.foundShare),
    recall: short(score.recall),
    precision: short(score.precision),
    dice: short(score.dice),
  };
}
