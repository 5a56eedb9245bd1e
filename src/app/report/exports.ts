import { classesToCsv } from "../../engine/annotations/class-csv.ts";
import { regionsToCsv } from "../../engine/annotations/csv.ts";
import { classesToGeoJson, regionsToGeoJson } from "../../engine/annotations/geojson.ts";
import { classRegions } from "../../engine/heatmap/class-map.ts";
import { rgbOf } from "../../engine/heatmap/class-palette.ts";
import { type MeasuredMap, measureMap } from "../../engine/heatmap/measure-map.ts";
import type { Provenance } from "../../engine/heatmap/provenance.ts";
import { shownFocalPlane } from "../../engine/slide/shown-focal-plane.ts";
import type { FinishedResult } from "../state/result.ts";
import { type FigureOptions, type FigureProgress, figureFile, makeFigure } from "./figure.ts";
import { type HandedFile, type NamingOptions, outputName } from "./naming.ts";

export interface GeoJsonFileOptions extends NamingOptions {
  /** gzip, which QuPath 0.4 and later opens as it is. */
  readonly isCompressed: boolean;
}

/** Outlines for QuPath. */
export async function geoJsonFile(result: FinishedResult, options: GeoJsonFileOptions): Promise<HandedFile> {
  const provenance = await provenanceOf(result, options);
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
  const blob = new Blob([text], { type: "application/geo+json" });
  if (!options.isCompressed) return { blob, name: await fileName(result, options, "geojson") };
  const zipped = await new Response(blob.stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
  return {
    blob: new Blob([zipped], { type: "application/gzip" }),
    name: await fileName(result, options, "geojson.gz"),
  };
}

/** A line for the slide with every number, and one for each region. */
export async function csvFile(result: FinishedResult, options: NamingOptions): Promise<HandedFile> {
  const { regions, summary } = result.findings;
  const { classes } = result;
  const provenance = await provenanceOf(result, options);
  const text =
    classes?.chosen === null
      ? classesToCsv(classes.map.areas, summary.tissueMm2, provenance)
      : regionsToCsv(regions, summary, provenance, {
          className: classes ? result.title : undefined,
          measured: measuredOf(result),
        });
  return { blob: new Blob([text], { type: "text/csv" }), name: await fileName(result, options, "csv") };
}

export interface FigureFileOptions extends NamingOptions {
  readonly figure: FigureOptions;
  readonly format: "png" | "svg";
}

/** The tissue with its map, as a figure. */
export async function imageFile(
  result: FinishedResult,
  { figure, format, ...options }: FigureFileOptions,
  progress: FigureProgress,
): Promise<HandedFile> {
  const sheet = await makeFigure(result, figure, progress);
  const what = figure.shows === "tissue" ? "tissue" : "overlay";
  return {
    blob: await figureFile(result, sheet, format),
    name: await fileName(result, options, `${what}.${format}`),
  };
}

/** The confidences before any threshold, one value per cell. */
export async function confidenceFile(result: FinishedResult, options: NamingOptions): Promise<HandedFile> {
  const { classes, analysis } = result;
  const names = classes ? classes.all.map(({ name }) => name) : [];
  const { encodeConfidenceTiff } = await import("../../engine/heatmap/confidence-tiff.ts");
  const bytes = encodeConfidenceTiff(analysis.grid, await provenanceOf(result, options), names);
  return { blob: new Blob([bytes], { type: "image/tiff" }), name: await fileName(result, options, "confidence.tif") };
}

/** Every number of the map at its threshold. */
export function measuredOf({ findings, model, pixelSize }: FinishedResult): MeasuredMap {
  return measureMap({ grid: findings.grid, postProcess: model.postProcess, pixelSize }, findings.threshold);
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

async function fileName(result: FinishedResult, options: NamingOptions, extension: string): Promise<string> {
  const { part } = result.analysis;
  // A part must not be taken for the slide, by its name alone.
  const what = part ? `.${part.kind}-only` : "";
  return `${await outputName(result.slide, options)}${what}.${extension}`;
}

async function provenanceOf(result: FinishedResult, { hasName }: NamingOptions): Promise<Provenance> {
  const { slide, pixelSize, model, appVersion, analysis, findings, classes, isPartial, trust } = result;
  return {
    appVersion,
    slideName: hasName || slide.isDemo ? slide.info.name : null,
    slideSha256: (await slide.fingerprint)?.sha256 ?? null,
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
    isPartial,
    trust,
    notes: slide.isDemo ? ["The slide is synthetic.", ...analysis.notes] : analysis.notes,
  };
}
