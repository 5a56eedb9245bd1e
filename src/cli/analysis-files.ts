import { join } from "node:path";
import type { AnalysisResult } from "../engine/analysis/types.ts";
import { regionsToGeoJson } from "../engine/annotations/geojson.ts";
import { composeOverlay } from "../engine/heatmap/compose.ts";
import { encodeConfidenceTiff } from "../engine/heatmap/confidence-tiff.ts";
import { necrosisMask } from "../engine/heatmap/mask.ts";
import { DEFAULT_PALETTE_ID } from "../engine/heatmap/palette.ts";
import { type Provenance, provenanceRecord } from "../engine/heatmap/provenance.ts";
import { findRegions, summarize } from "../engine/heatmap/regions.ts";
import type { LoadedPack } from "../engine/modelpack/types.ts";
import { readScaled } from "../engine/slide/scaled.ts";
import type { RgbaImage, Slide } from "../engine/slide/types.ts";
import { encodePng, writeOutput } from "./write-output.ts";

/** Pixels of the overlay's longer side, at most. */
const OVERLAY_SIDE = 2048;

export interface FinishedSlide {
  readonly slide: Slide;
  /** As the reader gave it. */
  readonly path: string;
  readonly sha256: string;
  readonly loaded: LoadedPack;
  readonly result: AnalysisResult;
  /** Default: the pack's. */
  readonly threshold: number | null;
  readonly appVersion: string;
}

/** What `NAME.summary.json` holds; also printed by --json. */
export type AnalysisSummary = Readonly<Record<string, unknown>>;

/** Writes confidence, outlines, summary and overlay of a slide as FOLDER/NAME.*. Throws `cli/io`. */
export async function writeAnalysisFiles(
  finished: FinishedSlide,
  folder: string,
  name: string,
): Promise<AnalysisSummary> {
  const { slide, result, loaded } = finished;
  const { grid, pixelSize } = result;
  const threshold = finished.threshold ?? loaded.pack.threshold;
  const provenance = provenanceOf(finished, threshold);
  const mask = necrosisMask(grid, threshold, loaded.pack.postProcess, pixelSize);
  const regions = findRegions(grid, mask);
  const files = {
    confidence: `${name}.confidence.tif`,
    regions: `${name}.geojson`,
    summary: `${name}.summary.json`,
    overlay: `${name}.overlay.png`,
  };
  const { fraction, ...areas } = summarize(grid, mask, regions, { threshold, pixelSize });
  const overlay = composeOverlay(await thumbnail(slide), grid, {
    palette: DEFAULT_PALETTE_ID,
    threshold,
    below: "faint",
    opacity: 0.6,
    mask,
    pixelSize,
  });
  const record = provenanceRecord(provenance);
  const summary: AnalysisSummary = {
    format: "palisade-summary",
    version: 1,
    ...record,
    slide: { ...asObject(record["slide"]), path: finished.path, sha256: finished.sha256, format: slide.info.format },
    pixelSize,
    pack: {
      ...asObject(record["pack"]),
      name: loaded.pack.name,
      backboneSha256: loaded.pack.backbone.sha256,
    },
    backend: result.backend,
    seconds: result.seconds,
    tissueMm2: areas.tissueMm2,
    necrosisMm2: areas.necrosisMm2,
    necrosisPercent: 100 * fraction,
    regionCount: areas.regionCount,
    tissueArea0: areas.tissueArea0,
    necrosisArea0: areas.necrosisArea0,
    scaleBarUm: overlay.scaleBarUm,
    files,
  };
  const geoJson = regionsToGeoJson(regions, { classification: "Necrosis", provenance });
  await writeOutput(join(folder, files.confidence), encodeConfidenceTiff(grid, provenance));
  await writeOutput(join(folder, files.regions), geoJson);
  await writeOutput(join(folder, files.overlay), encodePng(overlay.image));
  await writeOutput(join(folder, files.summary), `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

function provenanceOf({ slide, loaded, result, appVersion }: FinishedSlide, threshold: number): Provenance {
  return {
    appVersion,
    slideName: slide.info.name,
    slideByteSize: slide.info.byteSize,
    width0: slide.info.width0,
    height0: slide.info.height0,
    pixelSize: result.pixelSize,
    packId: result.packId,
    packSha256: result.packSha256,
    mode: result.mode,
    stride: result.stride,
    threshold,
    postProcess: loaded.pack.postProcess,
    backend: result.backend.name,
    startedAt: result.startedAt,
    notes: result.notes,
  };
}

/** The whole slide, its longer side at most `OVERLAY_SIDE` pixels. */
function thumbnail(slide: Slide): Promise<RgbaImage> {
  const { width0, height0 } = slide.info;
  const downsample = Math.max(1, Math.max(width0, height0) / OVERLAY_SIDE);
  const width = Math.max(1, Math.round(width0 / downsample));
  const height = Math.max(1, Math.round(height0 / downsample));
  return readScaled(slide, { x: 0, y: 0, width, height, downsampleX: width0 / width, downsampleY: height0 / height });
}

function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
