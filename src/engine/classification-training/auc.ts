import { rocAuc } from "../evaluation/roc.ts";

/** The area under the ROC curve (`rocAuc`); NaN without rows of both. */
export function rankAuc(decisions: ArrayLike<number>, isPositive: ArrayLike<number>): number {
  return rocAuc(decisions, isPositive) ?? Number.NaN;
}
