import { AppError, isAppError } from "../../base/errors.ts";
import { type AssociatedLayer, levelsOf, type OpenContext, type SlideContent } from "../content.ts";
import type { PixelLayer } from "../layer.ts";
import { middlePlane } from "./frame-map.ts";
import { type DicomInstance, pixelSpacingUm } from "./instance.ts";
import { itemOf, numberOf } from "./item.ts";
import { type DicomLevel, readLevel } from "./level.ts";
import { levelLayer } from "./level-layer.ts";
import { propertiesOf } from "./properties.ts";
import { readFiles } from "./read-files.ts";
import { refuseUnreadable } from "./refuse.ts";
import { type LeftOut, type SortedFiles, sortFiles } from "./sort-files.ts";
import { TAG } from "./tags.ts";

/** Bytes of an ICC profile; those of scanners have some hundred thousand, of printers a few million. */
const MAX_PROFILE_BYTES = 16 * 1024 * 1024;
/** Files named in the property that tells of those left out. */
const MAX_NAMED = 10;
/** As OpenSlide names them. */
const ASSOCIATED_NAMES = { label: "label", overview: "macro", thumbnail: "thumbnail" } as const;

/**
 * A DICOM VL Whole Slide Microscopy Image: one file, or all files of a series, of which each holds a level, a part of one,
 * a label, an overview or a thumbnail. Files that are none of the slide are left out and named in a property.
 */
export async function openDicom(context: OpenContext): Promise<SlideContent> {
  const { instances, leftOut: foreign } = await readFiles(context.sources);
  const sorted = sortFiles(instances);
  const leftOut: LeftOut[] = [...foreign, ...sorted.leftOut];
  const [baseFiles = thumbnailOf(sorted), ...coarser] = sorted.levels;
  refuseChannels(instances, baseFiles);
  const base = readableLevel(baseFiles);
  const plane = planeOf(base, context.view.focalPlane);
  const layers = [await levelLayer(base, plane, context, "level 0")];
  for (const files of coarser) {
    const layer = await orLeftOut(leftOut, files, () => layerLike(base, plane, files, context, layers.length));
    if (layer) layers.push(layer);
  }
  const associated: AssociatedLayer[] = [];
  for (const [flavour, files] of sorted.associated) {
    if (files === baseFiles) continue;
    const name = ASSOCIATED_NAMES[flavour];
    const layer = await orLeftOut(leftOut, files, async () => {
      const level = readableLevel(files);
      return await levelLayer(level, planeOf(level), context, `associated ${name}`);
    });
    if (layer) associated.push({ name, layer });
  }
  const { first, map } = base;
  const um = pixelSpacingUm(first);
  const path = itemOf(first.head, TAG.opticalPaths);
  const power = numberOf(path, TAG.objectivePower, 0);
  return {
    format: "DICOM whole-slide image",
    compression: first.syntax.name,
    layers,
    levels: levelsOf(layers),
    pixelSize: um && { mppX: um.x, mppY: um.y, origin: "file" },
    objectivePower: power > 0 && power <= 1000 ? power : null,
    properties: { ...propertiesOf(first.head, first.syntax.uid), ...notesOf(first, leftOut) },
    associated,
    ...(map.planes.length > 1 ? { focalPlanes: map.planes, focalPlane: plane } : {}),
    ...profileOf(first),
  };
}

/** A thumbnail alone is opened as a slide; a label or an overview is not: it may show who the patient is. */
function thumbnailOf({ associated }: SortedFiles): readonly DicomInstance[] {
  const thumbnail = associated.get("thumbnail");
  if (thumbnail) return thumbnail;
  throw new AppError(
    "slide/not-a-slide",
    `Expected the tissue of a DICOM slide, found only its ${[...associated.keys()].join(" and its ")}. Drop all files of the slide together, or their folder.`,
  );
}

function readableLevel(files: readonly DicomInstance[]): DicomLevel {
  for (const instance of files) refuseUnreadable(instance);
  return readLevel(files);
}

/** Coarser levels often have one plane of focus where the finest has several. */
async function layerLike(
  base: DicomLevel,
  plane: number,
  files: readonly DicomInstance[],
  context: OpenContext,
  index: number,
): Promise<PixelLayer> {
  const level = readableLevel(files);
  const isAlike = level.map.planes.length === base.map.planes.length;
  return await levelLayer(level, isAlike ? plane : planeOf(level), context, `level ${index}`);
}

function planeOf({ map }: DicomLevel, wanted?: number): number {
  const last = map.planes.length - 1;
  return wanted === undefined ? middlePlane(map.planes.length) : Math.min(Math.max(0, Math.trunc(wanted)), last);
}

/** Null, with a mention, for a part of the slide that cannot be read. */
async function orLeftOut(
  leftOut: LeftOut[],
  files: readonly DicomInstance[],
  open: () => Promise<PixelLayer>,
): Promise<PixelLayer | null> {
  try {
    return await open();
  } catch (error) {
    if (!isAppError(error) || error.code === "slide/unreadable") throw error;
    for (const { source } of files) leftOut.push({ name: source.name, reason: "damaged or not readable" });
    return null;
  }
}

/** Grey images of one size, each a file of its own, are channels of fluorescence. */
function refuseChannels(instances: readonly DicomInstance[], base: readonly DicomInstance[]): void {
  const [first] = base;
  if (!first || first.samples > 1 || first.flavour !== "volume") return;
  const channels = new Set(
    instances
      .filter((other) => other.flavour === "volume" && other.seriesInstance === first.seriesInstance)
      .filter((other) => other.width === first.width && other.height === first.height)
      .map(({ image }) => image),
  );
  if (channels.size <= 1) return;
  throw new AppError(
    "slide/unsupported-format",
    `Expected a stained slide in colour, found ${channels.size} grey images of one size: a fluorescence image, which cannot be opened yet as DICOM. Export it as OME-TIFF.`,
  );
}

/** For a person: what was not opened, and that the finest level is missing. */
function notesOf(base: DicomInstance, leftOut: readonly LeftOut[]): Record<string, string> {
  const notes: Record<string, string> = {};
  if (base.isResampled) {
    notes["dicom.Note"] =
      "The finest of these levels is a reduced one of its series. Drop all files of the slide together, or their folder.";
  }
  if (leftOut.length > 0) {
    const named = leftOut.slice(0, MAX_NAMED).map(({ name, reason }) => `${name} (${reason})`);
    const more = leftOut.length > MAX_NAMED ? [`and ${leftOut.length - MAX_NAMED} more`] : [];
    notes["dicom.LeftOut"] = [...named, ...more].join(", ");
  }
  return notes;
}

function profileOf({ head, source }: DicomInstance): Pick<SlideContent, "readColourProfile"> {
  const place = itemOf(head, TAG.opticalPaths)?.places.get(TAG.iccProfile);
  if (!place || place.length < 128 || place.length > MAX_PROFILE_BYTES) return {};
  return { readColourProfile: () => source.read(place.at, place.length) };
}
