import type { TrainingRecord } from "./types.ts";

/** Cells of held-out maps with a confidence from one number up to another, and which share of their area was of the class. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  /** 0 to 1, with its 95 % interval. */
  readonly observed: { readonly value: number; readonly low: number; readonly high: number };
}

export interface StatedReliability {
  /** Lowest first; bins without cells are left out. */
  readonly bins: readonly ReliabilityBin[];
  /** Mean distance of confidence and share, by area; null where it is not stated. */
  readonly expectedCalibrationError: number | null;
}

/**
 * How far a pack's confidences were right in cross-validation, as its training recorded it (`figures.byFold.reliability`, the card's "Confidence against
 * truth"); null where a pack states nothing that can be read.
 */
export function statedReliability({ figures }: Pick<TrainingRecord, "figures">): StatedReliability | null {
  const stated = fieldOf(fieldOf(figures, "byFold"), "reliability");
  const listed = fieldOf(stated, "bins");
  if (!Array.isArray(listed)) return null;
  const bins = listed.map(parseBin).filter((bin) => bin !== null);
  if (bins.length === 0) return null;
  return { bins, expectedCalibrationError: numberIn(fieldOf(stated, "expectedCalibrationError"), "value") };
}

/** The bin that holds a confidence; the last one holds 1. */
export function binOf({ bins }: StatedReliability, confidence: number): ReliabilityBin | null {
  return bins.findLast(({ from, to }) => confidence >= from && (confidence < to || to === 1)) ?? null;
}

function parseBin(value: unknown): ReliabilityBin | null {
  const observed = fieldOf(value, "observed");
  const from = numberIn(value, "from");
  const to = numberIn(value, "to");
  const share = numberIn(observed, "value");
  const low = numberIn(observed, "low");
  const high = numberIn(observed, "high");
  if (from === null || to === null || share === null || low === null || high === null) return null;
  return { from, to, observed: { value: share, low, high } };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function numberIn(value: unknown, name: string): number | null {
  const found = fieldOf(value, name);
  return typeof found === "number" && Number.isFinite(found) ? found : null;
}
