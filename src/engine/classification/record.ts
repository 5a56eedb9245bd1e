import { trustRecord } from "../trust/record.ts";
import { slideDecision } from "./decision-for.ts";
import { strongest } from "./evidence.ts";
import { type PatchBox, patchBox, patchCount } from "./patch-grid.ts";
import type { ClassificationResult } from "./types.ts";

/** Patches of each side that a record lists. */
const LISTED = 10;

/** A listed patch: where it lies in level-0 pixels, and what it adds to the decision for the predicted class. */
export interface ListedPatch extends PatchBox {
  readonly evidence: number;
}

/** One number for the slide (`slideDecision`). */
export function decisionOf({ classes, predicted, pairs }: ClassificationResult): number {
  return slideDecision(classes, predicted, pairs);
}

/** The probability of the predicted class. */
export function confidenceOf({ classes, predicted, probabilities }: ClassificationResult): number {
  return probabilities[classes.indexOf(predicted)]!;
}

/** A result as plain JSON for a file. */
export function classificationRecord(result: ClassificationResult) {
  const { classes, predicted, probabilities, pairs, grid, kept, evidence, trust, ...run } = result;
  return {
    predicted,
    decision: decisionOf(result),
    confidence: confidenceOf(result),
    probabilities: Object.fromEntries(classes.map((name, index) => [name, probabilities[index]!])),
    pairs,
    patches: { laid: patchCount(grid), used: kept.length },
    ...listedPatches(result),
    ...run,
    ...(trust ? { trust: trustRecord(trust) } : {}),
  };
}

/** The patches that spoke most for the predicted class and against it, the strongest first. */
export function listedPatches({ grid, kept, evidence }: ClassificationResult) {
  const { supporting, opposing } = strongest(evidence, LISTED);
  const listed = (row: number): ListedPatch => ({ ...patchBox(grid, kept[row]!), evidence: evidence[row]! });
  return { supporting: supporting.map(listed), opposing: opposing.map(listed) };
}
