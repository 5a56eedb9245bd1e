import { NUMBERS_VERSION } from "../../engine/analysis/earlier-work.ts";
import type { LoadedPack } from "../../engine/modelpack/types.ts";
import type { PixelSize, SlideInfo } from "../../engine/slide/types.ts";
import type { RunSubject } from "./kept.ts";

/** A subject whose slide may not be known by its content yet. */
export type OpenSubject = Omit<RunSubject, "slide">;

/** What a subject needs to know of its slide. */
export interface SubjectSlide {
  readonly info: Pick<SlideInfo, "focalPlane">;
}

/** What a run of a pack on a slide would be about. */
export function openSubject(
  slide: SubjectSlide,
  pixelSize: PixelSize,
  { pack, packSha256 }: LoadedPack,
  stride = pack.sampling.stride,
): OpenSubject {
  const { mppX, mppY, origin } = pixelSize;
  return {
    kind: pack.task === "classification" ? "class" : "map",
    packId: pack.id,
    packName: pack.name,
    packSha256,
    pixelSize: { mppX, mppY, origin },
    stride,
    colour: pack.sampling.colour ?? "stored",
    focalPlane: slide.info.focalPlane,
    numbersVersion: NUMBERS_VERSION,
  };
}
