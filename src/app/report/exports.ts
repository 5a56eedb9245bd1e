import { regionsToCsv } from "../../engine/annotations/csv.ts";
import { regionsToGeoJson } from "../../engine/annotations/geojson.ts";
import { encodeConfidenceTiff } from "../../engine/heatmap/confidence-tiff.ts";
import type { Provenance } from "../../engine/heatmap/provenance.ts";
import type { FinishedResult } from "../state/result.ts";
import { APP_VERSION } from "./app-version.ts";
import { baseName, download } from "./download.ts";
import { drawFigure } from "./figure.ts";

/** Outlines for QuPath. */
export async function exportGeoJson(result: FinishedResult): Promise<void> {
  const text = regionsToGeoJson(result.findings.regions, {
    classification: "Necrosis",
    provenance: provenanceOf(result),
  });
  download(new Blob([text], { type: "application/geo+json" }), fileName(result, "geojson"));
}

/** A line for the slide and one for each region. */
export async function exportCsv(result: FinishedResult): Promise<void> {
  const { regions, summary } = result.findings;
  const text = regionsToCsv(regions, summary, provenanceOf(result));
  download(new Blob([text], { type: "text/csv" }), fileName(result, "csv"));
}

/** The tissue with its map, as a figure. */
export async function exportImage(result: FinishedResult): Promise<void> {
  download(await drawFigure(result), fileName(result, "overlay.png"));
}

/** The confidences before any threshold, one value per cell. */
export async function exportConfidence(result: FinishedResult): Promise<void> {
  const bytes = encodeConfidenceTiff(result.findings.grid, provenanceOf(result));
  download(new Blob([bytes], { type: "image/tiff" }), fileName(result, "confidence.tif"));
}

function fileName(result: FinishedResult, extension: string): string {
  return `${baseName(result.slide.info.name)}.${extension}`;
}

function provenanceOf({ slide, pixelSize, pack, analysis, findings }: FinishedResult): Provenance {
  return {
    appVersion: APP_VERSION,
    slideName: slide.info.name,
    slideByteSize: slide.info.byteSize,
    width0: slide.info.width0,
    height0: slide.info.height0,
    pixelSize,
    packId: analysis.packId,
    packSha256: analysis.packSha256,
    mode: analysis.mode,
    stride: analysis.stride,
    threshold: findings.threshold,
    postProcess: pack.postProcess,
    backend: analysis.backend.name,
    startedAt: analysis.startedAt,
    notes: slide.isDemo ? ["The slide is synthetic.", ...analysis.notes] : analysis.notes,
  };
}
