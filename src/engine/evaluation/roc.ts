/** One operating point: what is called positive at `threshold` or above. */
export interface RocPoint {
  /** Infinity for the first point, at which nothing is positive. */
  readonly threshold: number;
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

/**
 * The ROC curve from (0, 0) to (1, 1), one point for each distinct score, from the highest down; null without both classes.
 * `labels`: 1 is positive. Throws `RangeError` for lengths that disagree and scores that are NaN.
 */
export function rocCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): RocPoint[] | null {
  const { steps, positives, negatives } = stepsOf(scores, labels);
  if (positives === 0 || negatives === 0) return null;
  const points: RocPoint[] = [{ threshold: Number.POSITIVE_INFINITY, falsePositiveRate: 0, truePositiveRate: 0 }];
  let found = 0;
  let falselyFound = 0;
  for (const { score, positive, negative } of steps) {
    found += positive;
    falselyFound += negative;
    points.push({
      threshold: score,
      falsePositiveRate: falselyFound / negatives,
      truePositiveRate: found / positives,
    });
  }
  return points;
}

/**
 * Area under the ROC curve: the share of pairs of a positive and a negative in which the positive scores higher, ties counted half
 * (Mann-Whitney's U / (N+ N-)). Null without both classes. O(n log n). Throws as `rocCurve`.
 */
export function rocAuc(scores: ArrayLike<number>, labels: ArrayLike<number>): number | null {
  const { steps, positives, negatives } = stepsOf(scores, labels);
  if (positives === 0 || negatives === 0) return null;
  let won = 0;
  let found = 0;
  for (const { positive, negative } of steps) {
    won += negative * (found + positive / 2);
    found += positive;
  }
  return won / (positives * negatives);
}

interface Step {
  readonly score: number;
  readonly positive: number;
  readonly negative: number;
}

/** Positives and negatives at each distinct score, from the highest down. */
function stepsOf(scores: ArrayLike<number>, labels: ArrayLike<number>) {
  if (scores.length !== labels.length) throw new RangeError(`${scores.length} scores, ${labels.length} labels`);
  const order = Array.from(scores, (_, index) => index).sort((a, b) => scores[b]! - scores[a]!);
  const steps: Step[] = [];
  let positives = 0;
  for (const index of order) {
    const score = scores[index]!;
    if (Number.isNaN(score)) throw new RangeError(`score ${index} is NaN`);
    const positive = labels[index] === 1 ? 1 : 0;
    positives += positive;
    const last = steps.at(-1);
    if (last?.score === score) {
      steps[steps.length - 1] = {
        score,
        positive: last.positive + positive,
        negative: last.negative + 1 - positive,
      };
    } else steps.push({ score, positive, negative: 1 - positive });
  }
  return { steps, positives, negatives: scores.length - positives };
}
