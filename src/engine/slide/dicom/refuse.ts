import { AppError } from "../../base/errors.ts";
import { MAX_JPEG_2000_PIXELS } from "../tiff/piece-limits.ts";
import type { DicomInstance } from "./instance.ts";
import { numberOf } from "./item.ts";
import { TAG } from "./tags.ts";

/** Decoding takes up to eight bytes for each. */
const MAX_FRAME_PIXELS = 28 << 20;
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
  const { tileWidth, tileHeight, syntax, source } = instance;
  const most = syntax.coding === "jpeg2000" ? MAX_JPEG_2000_PIXELS : MAX_FRAME_PIXELS;
  if (tileWidth * tileHeight <= most) return;
  throw new AppError(
    "slide/too-large",
    `Expected frames of at most ${most} pixels, found ${tileWidth} x ${tileHeight} in one in ${source.name}. Export the slide in tiles.`,
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
