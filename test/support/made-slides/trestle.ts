import { description, madeTiff, pattern, resolution, software } from "./tiff-file.ts";

/** Width and height of the pages, and what their tiles of 64 x 64 pixels overlap by. */
export const TRESTLE_LEVELS = [
  { width: 300, height: 200, overlapX: 16, overlapY: 8 },
  { width: 170, height: 120, overlapX: 8, overlapY: 4 },
  { width: 60, height: 50, overlapX: 0, overlapY: 0 },
] as const;
export const TRESTLE_TILE = 64;

/** A Trestle TIFF as OpenSlide's documentation of the format describes it. */
export function madeTrestle(overlaps = " 16 8 8 4"): Uint8Array<ArrayBuffer> {
  const text = `Background Color=E6E6E6;White Balance=C0AAA1;Objective Power=10;JPEG Quality=100;OverlapsXY=${overlaps}`;
  return madeTiff(
    TRESTLE_LEVELS.map(({ width, height }, level) => ({
      width,
      height,
      tile: [TRESTLE_TILE, TRESTLE_TILE],
      colour: pattern(level),
      fields: [description(text), software("MedScan 2.0"), ...resolution(0.93, 0.95, 1)],
    })),
  );
}
