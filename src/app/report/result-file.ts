import { AppError } from "../../engine/base/errors.ts";
import { OVERVIEW_SIDE, RESULT_EXTENSION, THUMBNAIL_SIDE } from "../../engine/resultfile/format.ts";
import type { ResultPictures, ResultRecord, SlideRecord } from "../../engine/resultfile/types.ts";
import { shownFocalPlane } from "../../engine/slide/shown-focal-plane.ts";
import type { ClassifiedSlide, FinishedResult } from "../state/result.ts";
import type { OpenSlide } from "../state/slide.ts";
import { APP_VERSION } from "./app-version.ts";
import { baseName } from "./download.ts";
import type { HandedFile, NamingOptions } from "./naming.ts";
import { readTissue } from "./tissue-picture.ts";

/** What goes into the file beyond the result. */
export interface ResultFileOptions extends NamingOptions {
  readonly hasOverview: boolean;
}

const JPEG_QUALITY = 0.85;

/** The one file that the page opens again anywhere. */
export async function resultFile(
  found: FinishedResult | ClassifiedSlide,
  options: ResultFileOptions,
): Promise<HandedFile> {
  const { slide } = found;
  const { writeResultFile } = await import("../../engine/resultfile/write.ts");
  const record = recordOf(found, await slideRecordOf(slide, options));
  const bytes = await writeResultFile(record, await picturesOf(slide, options), APP_VERSION);
  // A name that was to stay out of the file must not stand on it either.
  const name = options.hasName ? baseName(slide.info.name) : `result ${record.slide.fingerprint.sha256.slice(0, 8)}`;
  return { blob: new Blob([bytes], { type: "application/octet-stream" }), name: `${name}${RESULT_EXTENSION}` };
}

function recordOf(found: FinishedResult | ClassifiedSlide, slide: SlideRecord): ResultRecord {
  const { model, appVersion } = found;
  if ("result" in found) return { kind: "class", slide, model, appVersion, result: found.result };
  const { analysis, findings, classes } = found;
  const { opacity, palette, below, contours } = found.look;
  return {
    kind: "map",
    slide,
    model,
    appVersion,
    result: analysis,
    look: {
      opacity,
      palette,
      below,
      contours,
      threshold: findings.threshold,
      chosenClass: classes?.chosen ?? null,
    },
  };
}

async function slideRecordOf(slide: OpenSlide, { hasName }: ResultFileOptions): Promise<SlideRecord> {
  if (slide.recorded) {
    const { record } = slide.recorded;
    return { ...record, name: hasName ? record.name : null };
  }
  const { info, isDemo } = slide;
  return {
    fingerprint: await slide.client.fingerprint(),
    format: info.format,
    width0: info.width0,
    height0: info.height0,
    levels: info.levels.map(({ width, height }) => ({ width, height })),
    focalPlane: shownFocalPlane(info),
    name: hasName ? info.name : null,
    isSynthetic: isDemo,
  };
}

/** Of a result without its slide those that it came with. */
async function picturesOf(
  { client, recorded }: OpenSlide,
  { hasOverview }: ResultFileOptions,
): Promise<ResultPictures> {
  if (recorded) return hasOverview ? recorded.pictures : { ...recorded.pictures, overview: null };
  return {
    thumbnail: await jpegOf(await readTissue(client, THUMBNAIL_SIDE)),
    overview: hasOverview ? await jpegOf(await readTissue(client, OVERVIEW_SIDE)) : null,
  };
}

async function jpegOf(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY));
  if (blob) return new Uint8Array(await blob.arrayBuffer());
  throw new AppError("app/unexpected", "The browser could not write the picture; close other tabs and try again.");
}
