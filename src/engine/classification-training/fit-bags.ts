import { type PairSvm, trainOneVsOne } from "../svm/one-vs-one.ts";
import { columnStatistics, foldScaling, standardiseRows } from "../svm/scale.ts";
import type { SvmConfig } from "../training/config.ts";
import type { PooledSet } from "./collect-bags.ts";
import { selectFeatures } from "./select-features.ts";

/** Pairs of classes in the order of `classPairs`; weights act on the unscaled selected features. */
export interface BagModel {
  readonly selected: readonly number[];
  readonly pairs: readonly Pick<PairSvm, "positive" | "negative" | "weights" | "bias" | "iterations" | "converged">[];
}

export interface FitOptions {
  readonly classes: number;
  /** Class of each image. */
  readonly labels: Uint8Array;
  /** Features to select; 0: all. */
  readonly features: number;
  readonly svm: SvmConfig;
  readonly seed: number;
}

/**
 * Selects features and trains one SVM per pair of classes and per C on the given rows alone: the selection and the scaling know
 * nothing of other rows. One model per C, in the order of `svm.c`. Throws `svm/one-class` when the rows lack a class.
 */
export function fitBags(set: PooledSet, rows: Int32Array, options: FitOptions): BagModel[] {
  const { classes, features: count, svm, seed } = options;
  const labels = Uint8Array.from(rows, (row) => options.labels[set.images[row]!]!);
  const selected = selectFeatures(set.features, set.cols, rows, labels, classes, count);
  const chosen = columnsOf(set, rows, selected);
  const statistics = columnStatistics(chosen, selected.length);
  const features = standardiseRows(chosen, selected.length, statistics);
  const samples = { features, rows: rows.length, cols: selected.length, labels, classes };
  const { loss, classWeight, tolerance, maxPasses } = svm;
  return svm.c.map((c) => ({
    selected,
    pairs: trainOneVsOne(samples, { loss, classWeight, tolerance, maxPasses, c, seed }).map((pair) => ({
      ...pair,
      ...foldScaling(pair, statistics),
    })),
  }));
}

/** The decision of each pair on one row of the set; float64. */
export function decideRow(set: PooledSet, row: number, model: BagModel): Float64Array {
  return Float64Array.from(model.pairs, ({ weights, bias }) =>
    model.selected.reduce((sum, column, k) => sum + weights[k]! * set.features[row * set.cols + column]!, bias),
  );
}

/** Rows of the images for which `isWanted` holds, ascending. */
export function rowsOfImages(set: PooledSet, isWanted: (image: number) => boolean): Int32Array {
  return Int32Array.from(set.images.keys()).filter((row) => isWanted(set.images[row]!));
}

/** The row that shows each image as it is. */
export function plainRows(set: PooledSet, images: number): Int32Array {
  const rows = new Int32Array(images);
  set.images.forEach((image, row) => {
    if (set.isPlain[row] === 1) rows[image] = row;
  });
  return rows;
}

/** A new block, rows x columns. */
export function columnsOf(set: PooledSet, rows: Int32Array, columns: readonly number[]): Float32Array {
  const block = new Float32Array(rows.length * columns.length);
  let to = 0;
  for (const row of rows) for (const column of columns) block[to++] = set.features[row * set.cols + column]!;
  return block;
}
