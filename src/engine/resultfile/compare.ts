import type { AnalysisResult } from "../analysis/types.ts";
import { confidenceOf } from "../classification/record.ts";
import type { ClassificationResult } from "../classification/types.ts";
import { cellEdges } from "../heatmap/cell-edges.ts";
import { gridOfClass } from "../heatmap/class-labels.ts";
import { necrosisMask } from "../heatmap/mask.ts";
import { maskedArea0 } from "../heatmap/regions.ts";
import type { ConfidenceGrid } from "../heatmap/types.ts";
import type { ClassRecord, MapRecord } from "./types.ts";

/**
 * How far two runs may lie apart and still agree. Graphs are summed in another order on every backend; measured on the shipped packs
 * (docs/result-file.md), the largest difference of a confidence stays two orders of magnitude below.
 */
export const TOLERANCE = {
  /** Of any confidence, 0 to 1. */
  confidence: 0.01,
  /** Of the area, as a share of the tissue: a cell at the threshold falls to either side. */
  area: 0.005,
} as const;

/** `identical`: every number bit by bit. `within`: all differences are within the tolerance. */
export type Verdict = "identical" | "within" | "differs";

/** What a second run says of the first. */
export interface Agreement {
  readonly verdict: Verdict;
  /** Confidences that were compared. */
  readonly compared: number;
  /** Largest and mean difference of them, 0 to 1. */
  readonly largest: number;
  readonly mean: number;
  /** Of the tissue, 0 to 1: found then and now, at the threshold of the file. Null for a class. */
  readonly fractions: readonly [number, number] | null;
  /** Sentences on what differs beyond the tolerance; empty when all agrees. */
  readonly differences: readonly string[];
}

/** Compares two maps of one slide cell by cell, of every class. O(cells). */
export function compareMaps({ result, model, look }: MapRecord, again: AnalysisResult): Agreement {
  const differences: string[] = [];
  const [before, now] = [result.grid, again.grid];
  const planes = (grid: ConfidenceGrid) => grid.classes?.count ?? 1;
  const isAlike = before.cols === now.cols && before.rows === now.rows && planes(before) === planes(now);
  if (!isAlike) {
    const size = (grid: ConfidenceGrid) => `${grid.cols} x ${grid.rows} cells of ${planes(grid)} classes`;
    return incomparable(`The map has ${size(now)} in place of ${size(before)}.`);
  }
  const { compared, largest, mean, isSame, missing } = compareValues(valuesOf(before), valuesOf(now));
  const tissue = before.tissue.reduce((count, value, cell) => count + (value === now.tissue[cell] ? 0 : 1), 0);
  if (tissue > 0) differences.push(`${tissue} cells are tissue in one and not in the other.`);
  if (missing > 0) differences.push(`${missing} confidences are there in one and not in the other.`);
  if (largest > TOLERANCE.confidence) differences.push(apart("Confidences", largest, TOLERANCE.confidence));
  const fraction = (grid: ConfidenceGrid) => {
    const own = grid.classes && look.chosenClass !== null ? gridOfClass(grid, look.chosenClass) : grid;
    const mask = necrosisMask(own, look.threshold, model.postProcess, result.pixelSize);
    const all = maskedArea0(own.tissue, cellEdges(own));
    return all === 0 ? 0 : maskedArea0(mask.data, cellEdges(own)) / all;
  };
  const fractions = [fraction(before), fraction(now)] as const;
  const area = Math.abs(fractions[0] - fractions[1]);
  if (area > TOLERANCE.area) differences.push(apart("Shares of the tissue", area, TOLERANCE.area));
  return { ...verdictOf(isSame && tissue === 0, differences), compared, largest, mean, fractions };
}

/** Compares the class, its probabilities and which patches were looked at. */
export function compareClasses({ result }: ClassRecord, again: ClassificationResult): Agreement {
  const isAlike = result.classes.join("\n") === again.classes.join("\n");
  if (!isAlike)
    return incomparable(`The classes are ${again.classes.join(", ")} in place of ${result.classes.join(", ")}.`);
  const differences: string[] = [];
  const found = compareValues(Float64Array.from(result.probabilities), Float64Array.from(again.probabilities));
  if (result.predicted !== again.predicted) {
    differences.push(`The class is ${again.predicted} in place of ${result.predicted}.`);
  }
  if (found.largest > TOLERANCE.confidence) differences.push(apart("Confidences", found.largest, TOLERANCE.confidence));
  const isSameKept =
    result.kept.length === again.kept.length && result.kept.every((patch, i) => patch === again.kept[i]);
  if (!isSameKept) differences.push(`${again.kept.length} patches were looked at in place of ${result.kept.length}.`);
  const isSame = found.isSame && isSameKept && result.evidence.every((value, i) => value === again.evidence[i]);
  const { compared, largest, mean } = found;
  return {
    ...verdictOf(isSame && confidenceOf(result) === confidenceOf(again), differences),
    compared,
    largest,
    mean,
    fractions: null,
  };
}

function valuesOf(grid: ConfidenceGrid): Float32Array {
  return grid.classes?.values ?? grid.values;
}

/** `missing`: a number in one and none in the other. Float64 sums. */
function compareValues(before: Float32Array | Float64Array, now: Float32Array | Float64Array) {
  let compared = 0;
  let missing = 0;
  let largest = 0;
  let sum = 0;
  for (let i = 0; i < before.length; i++) {
    const a = before[i]!;
    const b = now[i]!;
    if (Number.isNaN(a) && Number.isNaN(b)) continue;
    if (Number.isNaN(a) || Number.isNaN(b)) {
      missing++;
      continue;
    }
    const difference = Math.abs(a - b);
    compared++;
    sum += difference;
    if (difference > largest) largest = difference;
  }
  return { compared, missing, largest, mean: compared === 0 ? 0 : sum / compared, isSame: missing === 0 && sum === 0 };
}

function verdictOf(isSame: boolean, differences: readonly string[]): Pick<Agreement, "verdict" | "differences"> {
  if (differences.length > 0) return { verdict: "differs", differences };
  return { verdict: isSame ? "identical" : "within", differences };
}

function incomparable(difference: string): Agreement {
  return { verdict: "differs", compared: 0, largest: 0, mean: 0, fractions: null, differences: [difference] };
}

function apart(what: string, found: number, tolerance: number): string {
  return `${what} lie up to ${found.toPrecision(2)} apart; ${tolerance} is allowed.`;
}
