import { throwIfAborted } from "../base/errors.ts";
import type { Sigmoid } from "../svm/calibrate.ts";
import { type ClassPair, classPairs, fitPairSigmoids, predictClasses, rowsOfPair } from "../svm/one-vs-one.ts";
import { rankAuc } from "./auc.ts";
import type { PooledSet } from "./collect-bags.ts";
import { decideRow, type FitOptions, fitBags, plainRows, rowsOfImages } from "./fit-bags.ts";

/** What cross-validation chose. */
export interface BagRule {
  readonly c: number;
  /** Of `c` among the candidates. */
  readonly index: number;
  /** One per pair. */
  readonly calibrations: readonly Sigmoid[];
  /** Mean AUC over the pairs, per candidate. */
  readonly aucs: readonly number[];
}

/** An image as a model judged it that was chosen and trained without its fold. */
export interface JudgedImage {
  readonly fold: number;
  readonly predicted: number;
  /** One per pair. */
  readonly decisions: Float64Array;
  /** One per class. */
  readonly probabilities: Float64Array;
}

export interface BagFigures {
  readonly images: readonly JudgedImage[];
  /** What each fold chose on the others. */
  readonly rules: readonly BagRule[];
}

export interface CrossValidation {
  /** Chosen on all folds: for the final model. */
  readonly rule: BagRule;
  readonly figures: BagFigures;
}

export interface CrossValidationOptions extends FitOptions {
  readonly signal?: AbortSignal;
}

/** What was learned without some folds, ready to judge the images of those. */
export interface BagJudge {
  /** Per candidate for C, the decisions of the pairs on the image as it is. */
  decide(image: number): readonly Float64Array[];
}

/**
 * Nested cross-validation of pooled images. For each fold, selection of features, scaling, C and calibration come from the other folds
 * alone. `foldOf`: fold of each image. k + k (k - 1) / 2 trainings of all candidates for C.
 */
export function crossValidateBags(
  set: PooledSet,
  foldOf: Int32Array,
  options: CrossValidationOptions,
): CrossValidation {
  return crossValidateJudges(foldOf, (excluded) => bagJudge(set, foldOf, excluded, options), options);
}

/** Trains on the rows of the images outside the folds `excluded`. */
export function bagJudge(
  set: PooledSet,
  foldOf: Int32Array,
  excluded: readonly number[],
  options: FitOptions,
): BagJudge {
  const plain = plainRows(set, foldOf.length);
  const rows = rowsOfImages(set, (image) => !excluded.includes(foldOf[image]!));
  const models = fitBags(set, rows, options);
  return { decide: (image) => models.map((model) => decideRow(set, plain[image]!, model)) };
}

/**
 * Nested cross-validation of anything that learns from images: `judgeWithout` learns without the given folds (one or two, ascending) and is
 * asked once for each such set. For each fold, candidate and calibration are chosen from decisions on each of the other folds by judges
 * that had seen neither it nor the judged fold.
 */
export function crossValidateJudges(
  foldOf: Int32Array,
  judgeWithout: (excluded: readonly number[]) => BagJudge,
  options: Omit<CrossValidationOptions, "features">,
): CrossValidation {
  const folds = Array.from({ length: Math.max(...foldOf) + 1 }, (_, fold) => fold);
  const trained = new Map<string, BagJudge>();
  const judgeFor = (...excluded: number[]): BagJudge => {
    const out = [...new Set(excluded)].sort((a, b) => a - b);
    const known = trained.get(out.join("+"));
    if (known) return known;
    throwIfAborted(options.signal);
    const judge = judgeWithout(out);
    trained.set(out.join("+"), judge);
    return judge;
  };
  const imagesOf = (fold: number) => [...foldOf.keys()].filter((image) => foldOf[image] === fold);
  const heldOut = (without: number | null): HeldOut[] =>
    folds
      .filter((fold) => fold !== without)
      .flatMap((fold) => {
        const judge = judgeFor(fold, ...(without === null ? [] : [without]));
        return imagesOf(fold).map((image) => ({ label: options.labels[image]!, decisions: judge.decide(image) }));
      });
  const images: JudgedImage[] = [];
  const rules: BagRule[] = [];
  for (const fold of folds) {
    const rule = chooseRule(heldOut(fold), options);
    rules.push(rule);
    const judge = judgeFor(fold);
    for (const image of imagesOf(fold)) {
      images[image] = { fold, ...judgeRow(judge.decide(image)[rule.index]!, rule, options.classes) };
    }
  }
  return { rule: chooseRule(heldOut(null), options), figures: { images, rules } };
}

/** A held-out image: its class and, per candidate for C, the decisions of the pairs. */
interface HeldOut {
  readonly label: number;
  readonly decisions: readonly Float64Array[];
}

/** The C with the highest mean AUC over the pairs (of equals the smallest), and Platt's sigmoid for each pair, classes weighing the same. */
function chooseRule(images: readonly HeldOut[], { classes, svm }: Pick<FitOptions, "classes" | "svm">): BagRule {
  const pairs = classPairs(classes);
  const labels = Uint8Array.from(images, ({ label }) => label);
  const byC = svm.c.map((_, index) =>
    pairs.map((_pair, pair) => Float64Array.from(images, ({ decisions }) => decisions[index]![pair]!)),
  );
  const aucs = byC.map((decisions) => mean(pairs.map((pair, k) => pairAuc(pair, decisions[k]!, labels))));
  let index = 0;
  svm.c.forEach((c, k) => {
    const isBetter = aucs[k]! > aucs[index]! || (aucs[k] === aucs[index] && c < svm.c[index]!);
    if (isBetter) index = k;
  });
  const calibrations = fitPairSigmoids(pairs, byC[index]!, labels, equalClassWeights(labels, classes));
  return { c: svm.c[index]!, index, calibrations, aucs };
}

function pairAuc(pair: ClassPair, decisions: Float64Array, labels: Uint8Array): number {
  const rows = rowsOfPair(labels, pair);
  return rankAuc(
    Float64Array.from(rows, (row) => decisions[row]!),
    Uint8Array.from(rows, (row) => (labels[row] === pair.positive ? 1 : 0)),
  );
}

/** Every class weighs as much as if all had the same number of images; the sum is the number of images. */
function equalClassWeights(labels: Uint8Array, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label]! += 1;
  return Float64Array.from(labels, (label) => labels.length / (classes * counts[label]!));
}

function judgeRow(decisions: Float64Array, rule: BagRule, classes: number): Omit<JudgedImage, "fold"> {
  const columns = Array.from(decisions, (decision) => Float64Array.of(decision));
  const { labels, probabilities } = predictClasses(classPairs(classes), rule.calibrations, columns, classes);
  return { predicted: labels[0]!, decisions, probabilities };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
