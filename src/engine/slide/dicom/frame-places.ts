import { AppError } from "../../base/errors.ts";
import { type DicomItem, itemOf, numberOf, textOf } from "./item.ts";
import { TAG } from "./tags.ts";

/** Frames of one file; a slide of 200,000 x 200,000 pixels in tiles of 256 has 610,000. */
export const MAX_FRAMES = 1 << 22;
/** Different optical paths of one file. */
const MAX_PATHS = 64;

/** Where the frames of a file lie, as each says of itself (PS3.3 section C.8.12.9, Plane Position (Slide)). */
export class FramePlaces {
  count = 0;
  /** Names of optical paths, in the order met. */
  readonly paths: string[] = [];
  #places = new Float64Array(64 * FIELDS);

  /** Takes the next frame's item of the PerFrameFunctionalGroupsSequence. */
  add(frame: DicomItem): void {
    if (this.count >= MAX_FRAMES) throw tooMany();
    const plane = itemOf(frame, TAG.planePosition);
    const at = this.count * FIELDS;
    if (at === this.#places.length) {
      const larger = new Float64Array(at * 2);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places[at] = numberOf(plane, TAG.columnPosition, Number.NaN) - 1;
    this.#places[at + 1] = numberOf(plane, TAG.rowPosition, Number.NaN) - 1;
    this.#places[at + 2] = numberOf(plane, TAG.zOffset, 0);
    this.#places[at + 3] = this.#pathIndex(
      textOf(itemOf(frame, TAG.opticalPathIdentification), TAG.opticalPathIdentifier),
    );
    this.count++;
  }

  /** Pixels of the total matrix from its left edge to the frame's. */
  x(frame: number): number {
    return this.#places[frame * FIELDS]!;
  }

  y(frame: number): number {
    return this.#places[frame * FIELDS + 1]!;
  }

  /** Micrometres. */
  z(frame: number): number {
    return this.#places[frame * FIELDS + 2]!;
  }

  /** Index into `paths`. */
  path(frame: number): number {
    return this.#places[frame * FIELDS + 3]!;
  }

  #pathIndex(name: string): number {
    const known = this.paths.indexOf(name);
    if (known >= 0) return known;
    if (this.paths.length >= MAX_PATHS) throw tooMany();
    return this.paths.push(name) - 1;
  }
}

/** Numbers kept of a frame: x, y, z, optical path. */
const FIELDS = 4;

function tooMany(): AppError {
  return new AppError(
    "slide/too-large",
    `Expected at most ${MAX_FRAMES} frames in a DICOM file, and at most ${MAX_PATHS} optical paths, found more; the file is damaged.`,
  );
}
