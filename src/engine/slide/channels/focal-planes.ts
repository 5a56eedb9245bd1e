import { AppError } from "../../base/errors.ts";
import type { FocalPlane, SlideView } from "../types.ts";

/** Index of the plane that a view asks for among `count`, the middle one by default. Throws `slide/bad-region`. */
export function chosenPlane(count: number, view: SlideView): number {
  const index = view.focalPlane ?? middleOf(count);
  if (Number.isInteger(index) && index >= 0 && index < count) return index;
  throw new AppError("slide/bad-region", `Expected a plane of focus from 0 to ${count - 1}, found ${index}.`);
}

/** Planes at the given positions of a stack of `depth`, `umZ` apart, measured from the stack's middle; none for a single one. */
export function focalPlanesOf(positions: readonly number[], depth: number, umZ: number | null): FocalPlane[] {
  if (positions.length < 2) return [];
  return positions.map((z) => ({
    // Rounded to a picometre, since a sum of steps like 0.1 is none that a person would write.
    offsetUm: umZ === null ? null : Number(((z - middleOf(depth)) * umZ).toFixed(6)),
  }));
}

/** Of an even number the lower of the two. */
function middleOf(count: number): number {
  return Math.floor((count - 1) / 2);
}
