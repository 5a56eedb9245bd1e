import { AppError } from "../../base/errors.ts";
import { MAX_FRAME_BYTES } from "./frame-index.ts";
import type { DicomInstance } from "./instance.ts";
import { numberOf } from "./item.ts";
import { TAG } from "./tags.ts";

const COLOURS: Readonly<Record<DicomInstance["syntax"]["coding"], readonly string[]>> = {
  native: ["MONOCHROME1", "MONOCHROME2", "RGB", "YBR_FULL", "YBR_FULL_422"],
  rle: ["MONOCHROME1", "MONOCHROME2", "RGB", "YBR_FULL"],
  jpeg: ["MONOCHROME1", "MONOCHROME2", "RGB", "YBR_FULL", "YBR_FULL_422"],
  jpeg2000: ["MONOCHROME1", "MONOCHROME2", "RGB", "YBR_FULL", "YBR_FULL_422", "YBR_ICT", "YBR_RCT"],
};

/**
 * Throws a sentence when the pixels of a file cannot be read: `slide/unsupported-format` (colours, bits),
 * `slide/malformed`, `slide/too-large`.
 */
export function refuseUnreadable(instance: DicomInstance): void {
  refuseColours(instance);
  refuseBits(instance);
  const { tileWidth, tileHeight, source } = instance;
  if (tileWidth * tileHeight * 4 <= MAX_FRAME_BYTES) return;
  throw new AppError(
    "slide/too-large",
    `Expected frames that unfold to at most ${MAX_FRAME_BYTES >> 20} MB, found ${tileWidth} x ${tileHeight} pixels in one in ${source.name}. Export the slide in tiles.`,
  );
}

function refuseColours({ photometric, samples, syntax, source }: DicomInstance): void {
  const expected = photometric.startsWith("MONOCHROME") ? 1 : 3;
  if (COLOURS[syntax.coding].includes(photometric) && samples === expected) return;
  throw new AppError(
    "slide/unsupported-format",
    `Expected one grey sample or red, green and blue a pixel, found ${samples} of kind ${photometric === "" ? "unknown" : photometric} in ${source.name}, which cannot be opened yet.`,
    { photometric, samples },
  );
}

function refuseBits(instance: DicomInstance): void {
  const { bitsAllocated, bitsStored, head, samples, source } = instance;
  const isFilled = bitsAllocated === 8 ? bitsStored === 8 : bitsStored > 8 && bitsStored <= 16;
  const isSigned = numberOf(head, TAG.pixelRepresentation, 0) !== 0;
  if (bitsOf(instance).includes(bitsAllocated) && isFilled && !isSigned) return;
  throw new AppError(
    "slide/unsupported-format",
    `Expected samples of 8 bits, or of up to 16 but for JPEG and halved colours, found ${samples} ${isSigned ? "signed " : ""}samples of ${bitsStored} in ${bitsAllocated} bits in ${source.name}, which cannot be opened yet.`,
  );
}

/** Bits of a sample that its coding allows. */
function bitsOf({ syntax, photometric, isPlanar }: DicomInstance): readonly number[] {
  if (syntax.coding === "native" && photometric === "YBR_FULL_422") return isPlanar ? [] : [8];
  return syntax.coding === "jpeg" ? [8] : [8, 16];
}
