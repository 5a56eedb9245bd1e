import type { PairDecision } from "./predict.ts";

/**
 * One number for a slide. With two classes the decision for the second of the pack: above 0 speaks for it, below for the first, and
 * ranking slides by it makes the ROC curve. With more classes the mean of the predicted class's decisions against the others.
 */
export function slideDecision(
  classes: readonly string[],
  predicted: string,
  pairs: readonly Pick<PairDecision, "positive" | "negative" | "decision">[],
): number {
  const about = classes.length === 2 ? classes[1]! : predicted;
  const own = pairs.filter(({ positive, negative }) => positive === about || negative === about);
  const sum = own.reduce((total, { positive, decision }) => total + (positive === about ? decision : -decision), 0);
  return sum / own.length;
}
