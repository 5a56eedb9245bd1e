import { AppError } from "../../base/errors.ts";
import type { ByteSource } from "../types.ts";
import { FramePlaces, MAX_FRAMES } from "./frame-places.ts";
import { type DicomItem, itemOf, numberOf, numbersOf, type Place, textOf, textsOf } from "./item.ts";
import { readHead } from "./part10.ts";
import { TAG } from "./tags.ts";
import type { TransferSyntax } from "./transfer-syntax.ts";

/** What a file shows of a slide, by the third value of its ImageType (PS3.3 section C.8.12.4.1.1). */
export type ImageFlavour = "volume" | "label" | "overview" | "thumbnail";

/** One file of a slide, before any pixel is read. */
export interface DicomInstance {
  readonly source: ByteSource;
  readonly syntax: TransferSyntax;
  readonly head: DicomItem;
  readonly flavour: ImageFlavour;
  /** Computed from a finer image, as the coarser levels are. */
  readonly isResampled: boolean;
  readonly seriesInstance: string;
  /** The same for all parts of a concatenation. */
  readonly image: string;
  /** Of the whole level, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly frames: number;
  /** Frames of the concatenation before this part of it. */
  readonly firstFrame: number;
  /** Null where the frames cover the matrix row by row (TILED_FULL). */
  readonly places: FramePlaces | null;
  readonly samples: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly photometric: string;
  readonly isPlanar: boolean;
  readonly pixelData: Place;
}

/** SOP class of VL Whole Slide Microscopy Image Storage. */
const WHOLE_SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6";
const DIRECTORY = "1.2.840.10008.1.3.10";
/** Edge of an image at most; the largest slides stay below 500,000. */
const MAX_EDGE = 1 << 22;
const MAX_TILE_EDGE = 1 << 16;

/** Reads a file's head. Throws an AppError of `slide/...` for what is no whole-slide image, or damaged. */
export async function readInstance(source: ByteSource): Promise<DicomInstance> {
  let places: FramePlaces | null = null;
  const { syntax, head } = await readHead(source, {
    framesFor(known) {
      refuseForeign(known, source);
      if (textOf(known, TAG.dimensionOrganization) === "TILED_FULL") return null;
      const found = new FramePlaces();
      places = found;
      return (frame) => found.add(frame);
    },
  });
  refuseForeign(head, source);
  const pixelData = head.places.get(TAG.pixelData);
  if (!pixelData) {
    throw new AppError(
      "slide/truncated",
      `Expected pixel data in ${source.name}, found none before its end; the file is incomplete. Copy or download it again.`,
    );
  }
  const types = textsOf(head, TAG.imageType);
  const number = (tag: number, fallback: number) => numberOf(head, tag, fallback);
  const tileWidth = number(TAG.columns, 0);
  const tileHeight = number(TAG.rows, 0);
  const instance: DicomInstance = {
    source,
    syntax,
    head,
    flavour: flavourOf(types[2] ?? ""),
    isResampled: types[3] === "RESAMPLED",
    seriesInstance: textOf(head, TAG.seriesInstance),
    image: textOf(head, TAG.concatenationSource) || textOf(head, TAG.concatenation) || textOf(head, TAG.sopInstance),
    width: number(TAG.matrixColumns, tileWidth),
    height: number(TAG.matrixRows, tileHeight),
    tileWidth,
    tileHeight,
    frames: number(TAG.numberOfFrames, 1),
    firstFrame: number(TAG.concatenationFrameOffset, 0),
    places,
    samples: number(TAG.samplesPerPixel, 1),
    bitsAllocated: number(TAG.bitsAllocated, 8),
    bitsStored: number(TAG.bitsStored, number(TAG.bitsAllocated, 8)),
    photometric: textOf(head, TAG.photometric),
    isPlanar: number(TAG.planarConfiguration, 0) === 1,
    pixelData,
  };
  refuseSizes(instance);
  return instance;
}

function flavourOf(type: string): ImageFlavour {
  if (type === "LABEL") return "label";
  if (type === "OVERVIEW") return "overview";
  return type === "THUMBNAIL" ? "thumbnail" : "volume";
}

/** Micrometres per pixel by PixelSpacing (mm, rows first), else by the size of the imaged volume; null without either. */
export function pixelSpacingUm(instance: DicomInstance): { readonly x: number; readonly y: number } | null {
  const { head, width, height } = instance;
  const measures = itemOf(itemOf(head, TAG.sharedGroups), TAG.pixelMeasures);
  const [down, across] = numbersOf(measures, TAG.pixelSpacing);
  const spacing = { x: plausibleUm((across ?? 0) * 1000), y: plausibleUm((down ?? 0) * 1000) };
  const volume = {
    x: plausibleUm((numberOf(head, TAG.imagedVolumeWidth, 0) * 1000) / width),
    y: plausibleUm((numberOf(head, TAG.imagedVolumeHeight, 0) * 1000) / height),
  };
  const x = spacing.x ?? volume.x;
  const y = spacing.y ?? volume.y;
  return x === null || y === null ? null : { x, y };
}

/** Pixel sizes of a microscope slide. */
function plausibleUm(um: number): number | null {
  return um >= 0.02 && um <= 100 ? um : null;
}

function refuseForeign(head: DicomItem, source: ByteSource): void {
  const kind = textOf(head, TAG.sopClass);
  if (kind === WHOLE_SLIDE) return;
  const modality = textOf(head, TAG.modality);
  const found =
    kind === DIRECTORY || kind === ""
      ? "a directory of DICOM files or another record without an image"
      : `another kind of DICOM file${modality === "" ? "" : ` (modality ${modality})`}`;
  throw new AppError(
    "slide/unsupported-format",
    `Expected a DICOM whole-slide microscopy image, found that ${source.name} is ${found}. Choose the files of the slide itself.`,
    { sopClass: kind },
  );
}

function refuseSizes(instance: DicomInstance): void {
  const { width, height, tileWidth, tileHeight, frames, firstFrame, source } = instance;
  const areFine =
    isWhole(width, 1, MAX_EDGE) &&
    isWhole(height, 1, MAX_EDGE) &&
    isWhole(tileWidth, 1, MAX_TILE_EDGE) &&
    isWhole(tileHeight, 1, MAX_TILE_EDGE) &&
    isWhole(frames, 1, MAX_FRAMES) &&
    isWhole(firstFrame, 0, MAX_FRAMES);
  if (areFine) return;
  throw new AppError(
    "slide/malformed",
    `Expected a DICOM image of 1 to ${MAX_EDGE} pixels along each edge and of up to ${MAX_FRAMES} frames, found ${width} x ${height} pixels in ${frames} frames of ${tileWidth} x ${tileHeight} in ${source.name}; the file is damaged.`,
  );
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
