import type { SlideInfo } from "./types.ts";

/** Which of several planes of focus is read. */
export interface ShownFocalPlane {
  /** Counted from the lowest, 0. */
  readonly index: number;
  readonly count: number;
  /** As `FocalPlane.offsetUm`. */
  readonly offsetUm: number | null;
}

/** Null for a slide with one plane. */
export function shownFocalPlane({ focalPlanes, focalPlane }: SlideInfo): ShownFocalPlane | null {
  if (focalPlanes.length < 2) return null;
  return { index: focalPlane, count: focalPlanes.length, offsetUm: focalPlanes[focalPlane]?.offsetUm ?? null };
}

/** "3 of 5 (+0.8 µm)" */
export function focalPlaneWords({ index, count, offsetUm }: ShownFocalPlane): string {
  const place = `${index + 1} of ${count}`;
  return offsetUm === null ? place : `${place} (${offsetUm > 0 ? "+" : ""}${offsetUm} µm)`;
}
