import type { AnalysisResult } from "../engine/analysis/types.ts";
import type { ClassificationResult } from "../engine/classification/types.ts";
import { DEFAULT_PALETTE_ID } from "../engine/heatmap/palette.ts";
import type { LoadedPack } from "../engine/modelpack/types.ts";
import { OVERVIEW_SIDE, THUMBNAIL_SIDE } from "../engine/resultfile/format.ts";
import { resultModelOf } from "../engine/resultfile/model.ts";
import type { ResultPictures, ResultRecord, SlideRecord } from "../engine/resultfile/types.ts";
import { writeResultFile } from "../engine/resultfile/write.ts";
import { shownFocalPlane } from "../engine/slide/shown-focal-plane.ts";
import type { Slide } from "../engine/slide/types.ts";
import { encodeJpeg } from "./encode-jpeg.ts";
import { fingerprintOf } from "./fingerprint-of.ts";
import { wholeSlide } from "./whole-slide.ts";

/** What of the slide goes into its result file beyond hashes and a small picture. */
export interface ResultFileOptions {
  readonly hasName: boolean;
  readonly hasOverview: boolean;
}

/** A finished run of either kind. */
export type FinishedRun =
  | {
      readonly kind: "map";
      readonly result: AnalysisResult;
      readonly threshold: number;
      /** Of a pack of several classes the one whose map is wanted. */
      readonly chosenClass: number | null;
    }
  | { readonly kind: "class"; readonly result: ClassificationResult };

export interface ResultOutput extends ResultFileOptions {
  readonly slide: Slide;
  readonly path: string;
  readonly loaded: LoadedPack;
  readonly appVersion: string;
}

/** The bytes of NAME.palisade. */
export async function resultFileOf(run: FinishedRun, output: ResultOutput): Promise<Uint8Array<ArrayBuffer>> {
  const { slide, loaded, appVersion } = output;
  const common = { slide: await slideRecordOf(output), model: resultModelOf(loaded), appVersion };
  return await writeResultFile(recordOf(run, common), await picturesOf(slide, output), appVersion);
}

function recordOf(run: FinishedRun, common: Pick<ResultRecord, "slide" | "model" | "appVersion">): ResultRecord {
  if (run.kind === "class") return { kind: "class", ...common, result: run.result };
  const { threshold, chosenClass, result } = run;
  // As the page shows a map to a reader who has changed nothing.
  const look = { palette: DEFAULT_PALETTE_ID, opacity: 0.75, below: "faint", contours: true } as const;
  return { kind: "map", ...common, result, look: { ...look, threshold, chosenClass } };
}

async function slideRecordOf({ slide: { info }, path, hasName }: ResultOutput): Promise<SlideRecord> {
  return {
    fingerprint: await fingerprintOf(path),
    format: info.format,
    width0: info.width0,
    height0: info.height0,
    levels: info.levels.map(({ width, height }) => ({ width, height })),
    focalPlane: shownFocalPlane(info),
    name: hasName ? info.name : null,
    isSynthetic: false,
  };
}

async function picturesOf(slide: Slide, { hasOverview }: ResultFileOptions): Promise<ResultPictures> {
  return {
    thumbnail: await encodeJpeg(await wholeSlide(slide, THUMBNAIL_SIDE)),
    overview: hasOverview ? await encodeJpeg(await wholeSlide(slide, OVERVIEW_SIDE)) : null,
  };
}
