import { RESEARCH_USE_NOTICE } from "../base/research-use.ts";
import { type Provenance, provenanceRecord } from "../heatmap/provenance.ts";
import type { Region } from "../heatmap/types.ts";
import type { PixelSize } from "../slide/types.ts";
import { trustLine } from "../trust/record.ts";
import { regionId } from "./region-id.ts";

export interface GeoJsonOptions {
  /** Class name, such as "Necrosis". */
  readonly classification: string;
  /** Of the class in QuPath, red, green, blue. Default: yellow. */
  readonly colour?: readonly [number, number, number];
  readonly provenance: Provenance;
}

const CLASS_COLOUR = [255, 204, 0] as const;

/** Points are written to a thousandth of a level-0 pixel; equal edges stay equal, so outlines stay valid. */
const DECIMALS = 1000;

/**
 * The regions as GeoJSON (RFC 7946) that QuPath 0.6 and later opens as annotations: a FeatureCollection of Polygons in level-0
 * pixels, each with a UUID that depends on slide, model and outline alone, its class, and its measurements. The member `palisade`
 * holds the provenance; each annotation's metadata repeats what must not get lost. Text with line ends, one feature a line.
 */
export function regionsToGeoJson(regions: readonly Region[], options: GeoJsonOptions): string {
  const { provenance, classification, colour = CLASS_COLOUR } = options;
  return collection(featuresOf({ name: classification, colour, regions }, provenance), provenance);
}

/** The regions of one class, with its colour, red, green, blue. */
export interface ClassOutlines {
  readonly name: string;
  readonly colour: readonly [number, number, number];
  readonly regions: readonly Region[];
}

/** The regions of several classes in one collection, class by class; each feature as in `regionsToGeoJson`. */
export function classesToGeoJson(classes: readonly ClassOutlines[], provenance: Provenance): string {
  return collection(
    classes.flatMap((one) => featuresOf(one, provenance)),
    provenance,
  );
}

function collection(features: readonly string[], provenance: Provenance): string {
  const record = JSON.stringify(provenanceRecord(provenance));
  return `{"type":"FeatureCollection","palisade":${record},"features":[\n${features.join(",\n")}\n]}\n`;
}

function featuresOf({ name, colour, regions }: ClassOutlines, provenance: Provenance): string[] {
  const seed = `${provenance.slideSha256 ?? provenance.slideName ?? ""}\n${provenance.packSha256}`;
  return regions.map((region, index) =>
    JSON.stringify({
      type: "Feature",
      id: regionId(seed, region.outer),
      geometry: { type: "Polygon", coordinates: [region.outer, ...region.holes].map(roundedRing) },
      properties: {
        objectType: "annotation",
        name: `${name} ${index + 1}`,
        classification: { name, color: colour },
        measurements: measurementsOf(region, provenance.pixelSize),
        metadata: metadataOf(provenance),
      },
    }),
  );
}

function measurementsOf(region: Region, pixelSize: PixelSize | null): Record<string, number> {
  const mm2 = pixelSize === null ? null : (region.area0 * pixelSize.mppX * pixelSize.mppY) / 1e6;
  return {
    "Area px^2": region.area0,
    ...(mm2 === null ? {} : { "Area mm^2": mm2 }),
    "Mean confidence": region.meanConfidence,
    "Max confidence": region.maxConfidence,
  };
}

/** QuPath keeps metadata as text. */
function metadataOf(provenance: Provenance): Record<string, string> {
  const { pixelSize } = provenance;
  const scale =
    pixelSize === null
      ? "unknown"
      : `${pixelSize.mppX} x ${pixelSize.mppY} µm${pixelSize.origin === "assumed" ? " (assumed)" : ""}`;
  return {
    Source: `Palisade ${provenance.appVersion}, ${provenance.packId}`,
    Threshold: provenance.threshold === null ? "none" : String(provenance.threshold),
    "Pixel size": scale,
    ...(provenance.trust ? { Trust: trustLine(provenance.trust) } : {}),
    ...(provenance.isPartial ? { Extent: "partial" } : {}),
    Notice: RESEARCH_USE_NOTICE,
  };
}

function roundedRing(ring: Region["outer"]): [number, number][] {
  return ring.map(([x, y]) => [Math.round(x * DECIMALS) / DECIMALS, Math.round(y * DECIMALS) / DECIMALS]);
}
