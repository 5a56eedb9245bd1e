import { classesToCsv } from "../../engine/annotations/class-csv.ts";
import { regionsToCsv } from "../../engine/annotations/csv.ts";
import { classesToGeoJson, regionsToGeoJson } from "../../engine/annotations/geojson.ts";
import { classRegions } from "../../engine/heatmap/class-map.ts";
import { rgbOf } from "../../engine/heatmap/class-palette.ts";
import type { Provenance } from "../../engine/heatmap/provenance.ts";
import { shownFocalPlane } from "../../engine/slide/shown-focal-plane.ts";
import type { FinishedResult } from "../state/result.ts";
import { baseName, download } from "./download.ts";
import { drawFigure } from "./figure.ts";

/** Outlines for QuPath. */
export async function exportGeoJson(result: FinishedResult): Promise<void> {
  const provenance = provenanceOf(result);
  const { classes } = result;
  const shown = classes?.chosen == null ? null : classes.all[classes.chosen];
  const text =
    classes?.chosen === null
      ? classesToGeoJson(classOutlines(result, classes), provenance)
      : regionsToGeoJson(result.findings.regions, {
          classification: result.title,
          ...(shown ? { colour: rgbOf(shown.colour) } : {}),
          provenance,
        });
  download(new Blob([text], { type: "application/geo+json" }), fileName(result, "geojson"));
}

/** A line for the slide and one for each region. */
export async function exportCsv(result: FinishedResult): Promise<void> {
  const { regions, summary } = result.findings;
  const { classes } = result;
  const provenance = provenanceOf(result);
  const text =
    classes?.chosen === null
      ? classesToCsv(classes.map.areas, summary.tissueMm2, provenance)
      : regionsToCsv(regions, summary, provenance, { className: classes ? result.title : undefined });
  download(new Blob([text], { type: "text/csv" }), fileName(result, "csv"));
}

/** The tissue with its map, as a figure. */
export async function exportImage(result: FinishedResult): Promise<void> {
  download(await drawFigure(result), fileName(result, "overlay.png"));
}

/** The confidences before any threshold, one value per cell. */
export async function exportConfidence(result: FinishedResult): Promise<void> {
  const { classes, analysis } = result;
  const names = classes ? classes.all.map(({ name }) => name) : [];
  const { encodeConfidenceTiff } = await import("../../engine/heatmap/confidence-tiff.ts");
  const bytes = encodeConfidenceTiff(analysis.grid, provenanceOf(result), names);
  download(new Blob([bytes], { type: "image/tiff" }), fileName(result, "confidence.tif"));
}

/** Regions of each class but background. */
function classOutlines(
  { analysis, model, pixelSize }: FinishedResult,
  classes: NonNullable<FinishedResult["classes"]>,
) {
  const { minRegionUm2 } = model.postProcess;
  return classes.all.flatMap(({ name, colour, isBackground }, k) =>
    isBackground
      ? []
      : [
          {
            name,
            colour: rgbOf(colour),
            regions: classRegions(analysis.grid, classes.map, k, { minRegionUm2, pixelSize }),
          },
        ],
  );
}

function fileName(result: FinishedResult, extension: string): string {
  return `${baseName(result.slide.info.name)}.${extension}`;
}

function provenanceOf(result: FinishedResult): Provenance {
  const { slide, pixelSize, model, appVersion, analysis, findings, classes } = result;
  return {
    appVersion,
    slideName: slide.info.name,
    slideByteSize: slide.info.byteSize,
    width0: slide.info.width0,
    height0: slide.info.height0,
    pixelSize,
    focalPlane: shownFocalPlane(slide.info),
    packId: analysis.packId,
    packSha256: analysis.packSha256,
    mode: analysis.mode,
    stride: analysis.stride,
    colour: analysis.colour,
    threshold: classes?.chosen === null ? null : findings.threshold,
    postProcess: model.postProcess,
    backend: analysis.backend.name,
    startedAt: analysis.startedAt,
    notes: slide.isDemo ? ["The slide is synthetic.", ...analysis.notes] : analysis.notes,
  };
}
