import { AppError } from "../base/errors.ts";
import type { ModelPack } from "../modelpack/types.ts";
import type { Lattice } from "../patches/types.ts";
import { focalPlaneWords, shownFocalPlane } from "../slide/shown-focal-plane.ts";
import type { PixelSize, SlideInfo } from "../slide/types.ts";
import { colourNotes } from "./analysed-view.ts";
import type { AnalysisOptions } from "./types.ts";

/** Relative difference of two pixel sizes from which a reader is told. */
const NOTABLE_DIFFERENCE = 0.02;

/**
 * The pixel size that a run uses: the one from the options, else the slide's.
 * Throws `slide/pixel-size-unknown` when there is neither, `analysis/out-of-range` when it is not positive.
 */
export function resolvePixelSize(info: SlideInfo, options: Pick<AnalysisOptions, "pixelSize">): PixelSize {
  const size = options.pixelSize ?? info.pixelSize;
  if (!size) {
    throw new AppError(
      "slide/pixel-size-unknown",
      `Expected "${info.name}" to say how large its pixels are, found nothing; give the size of a pixel in micrometres.`,
    );
  }
  if (!(size.mppX > 0 && size.mppY > 0 && Number.isFinite(size.mppX) && Number.isFinite(size.mppY))) {
    throw new AppError(
      "analysis/out-of-range",
      `Expected a pixel size above 0 µm, found ${size.mppX} x ${size.mppY}; correct it.`,
      { pixelSize: size },
    );
  }
  return size;
}

/** Throws `analysis/not-brightfield` for a fluorescence image: packs learn from stained slides, and their features mean nothing there. */
export function refuseFluorescence({ name, channels }: SlideInfo): void {
  if (channels.length === 0) return;
  throw new AppError(
    "analysis/not-brightfield",
    `Expected a stained slide in bright field, found a fluorescence image with ${channelWords(channels.length)} in "${name}"; models for stained tissue cannot read it, though the page shows it.`,
    { channels: channels.length },
  );
}

/** "1 channel", "3 channels". */
export function channelWords(count: number): string {
  return count === 1 ? "1 channel" : `${count} channels`;
}

/** Throws `analysis/mode-mismatch` when a run asks for the mode that the pack was not trained in. */
export function checkMode(pack: ModelPack, mode: AnalysisOptions["mode"]): void {
  if (mode === undefined || mode === pack.sampling.mode) return;
  throw new AppError(
    "analysis/mode-mismatch",
    `Expected a pack trained ${describeMode(mode)}, found "${pack.name}", which was trained ${describeMode(pack.sampling.mode)}; its SVM holds for that alone, so choose another pack or leave the mode out.`,
    { mode, packMode: pack.sampling.mode },
  );
}

/** Sentences a reader must see beside the numbers. */
export function runNotes(info: SlideInfo, pixelSize: PixelSize, pack: ModelPack, lattice: Lattice): string[] {
  const notes = [...pixelSizeNotes(info, pixelSize, pack), ...focalPlaneNotes(info), ...colourNotes(info, pack)];
  if (lattice.cols < lattice.patchStrides || lattice.rows < lattice.patchStrides) {
    notes.push("The slide is smaller than one patch of the pack; what is missing was taken as white.");
  }
  if (lattice.stride !== pack.sampling.stride) {
    notes.push(
      `Computed at a stride of ${lattice.stride} pixels; the pack's threshold was chosen at ${pack.sampling.stride}.`,
    );
  }
  return notes;
}

/** What a reader must know of the pixel size, beside the numbers. */
export function pixelSizeNotes(info: SlideInfo, pixelSize: PixelSize, pack: ModelPack): string[] {
  const notes: string[] = [];
  const { mppX, mppY } = pixelSize;
  if (pixelSize.origin === "assumed") {
    notes.push(`The pixel size of ${inUm(mppX, mppY)} was assumed; every length and area depends on it.`);
  }
  const own = info.pixelSize;
  if (own && own.origin === "file" && (isDifferent(own.mppX, mppX) || isDifferent(own.mppY, mppY))) {
    notes.push(`The file gives a pixel size of ${inUm(own.mppX, own.mppY)}; ${inUm(mppX, mppY)} was used instead.`);
  }
  const [lowest, highest] = pack.sampling.mppRange;
  const coarsest = Math.max(mppX, mppY);
  if (coarsest > highest && isDifferent(coarsest, highest)) {
    notes.push(
      `The slide is coarser (${inUm(mppX, mppY)}) than what the pack "${pack.name}" was trained on (${lowest} to ${highest} µm); the result may be wrong.`,
    );
  }
  if (isDifferent(mppX, mppY)) {
    notes.push(`Pixels are not square (${inUm(mppX, mppY)}); each axis was resampled on its own.`);
  }
  return notes;
}

/** Which plane of focus was read, where there are several. */
export function focalPlaneNotes(info: SlideInfo): string[] {
  const shown = shownFocalPlane(info);
  return shown ? [`Plane of focus ${focalPlaneWords(shown)} was read.`] : [];
}

function describeMode(mode: ModelPack["sampling"]["mode"]): string {
  return mode === "dense" ? "on dense passes" : "patch by patch";
}

function inUm(x: number, y: number): string {
  const text = (value: number): string => String(Number(value.toPrecision(4)));
  return text(x) === text(y) ? `${text(x)} µm` : `${text(x)} x ${text(y)} µm`;
}

function isDifferent(a: number, b: number): boolean {
  return Math.abs(a - b) > NOTABLE_DIFFERENCE * Math.max(a, b);
}
