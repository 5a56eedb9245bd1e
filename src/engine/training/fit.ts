import { columnStatistics, foldScaling, standardiseRows } from "../svm/scale.ts";
import { trainLinearSvm } from "../svm/train.ts";
import type { SvmConfig } from "./config.ts";
import type { LinearModel } from "./feature-view.ts";

/** Windows of all images and views, one block. */
export interface WindowSet {
  /** Row-major, rows x cols. */
  readonly features: Float32Array;
  readonly cols: number;
  /** 1 positive, per row. */
  readonly labels: Uint8Array;
  /** Index of the image that the row comes from. */
  readonly images: Int32Array;
  /** The first so many rows are the training set; the others are candidates for it. */
  readonly drawn: number;
}

/** A model for one C, acting on unscaled features. */
export interface FittedModel extends LinearModel {
  readonly c: number;
  readonly passes: number;
  readonly converged: boolean;
}

/**
 * Standardises the given rows by their own mean and deviation and trains one SVM per C, in ascending order, each starting from
 * the one before. The scaling is folded into the weights. Throws `svm/one-class` when the rows lack a class.
 */
export function fitPath(windows: WindowSet, rows: Int32Array, svm: SvmConfig, seed: number): FittedModel[] {
  const statistics = columnStatistics(windows.features, windows.cols, { rows });
  const samples = {
    features: standardiseRows(windows.features, windows.cols, statistics, rows),
    rows: rows.length,
    cols: windows.cols,
    labels: Uint8Array.from(rows, (row) => windows.labels[row]!),
  };
  const { loss, classWeight, tolerance, maxPasses } = svm;
  const models: FittedModel[] = [];
  let start: Float64Array | undefined;
  for (const c of ascending(svm.c)) {
    const options = { loss, classWeight, tolerance, maxPasses, c, seed };
    const trained = trainLinearSvm(samples, start ? { ...options, start } : options);
    start = trained.alpha;
    models.push({ ...foldScaling(trained, statistics), c, passes: trained.iterations, converged: trained.converged });
  }
  return models;
}

/** Rows of the training set from the images for which `isWanted` holds, ascending, then those of `added`, ascending. */
export function rowsOf(
  windows: WindowSet,
  isWanted: (image: number) => boolean,
  added: Iterable<number> = [],
): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < windows.drawn; row++) if (isWanted(windows.images[row]!)) rows.push(row);
  return Int32Array.from([...rows, ...[...added].sort((a, b) => a - b)]);
}

export function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
