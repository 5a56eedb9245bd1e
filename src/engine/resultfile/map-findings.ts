import { classesToGeoJson, regionsToGeoJson } from "../annotations/geojson.ts";
import { gridOfClass } from "../heatmap/class-labels.ts";
import { classMap, classRegions } from "../heatmap/class-map.ts";
import { rgbOf } from "../heatmap/class-palette.ts";
import { necrosisMask } from "../heatmap/mask.ts";
import type { Provenance } from "../heatmap/provenance.ts";
import { findRegions, summarize } from "../heatmap/regions.ts";
import type { MapRecord, ResultClass } from "./types.ts";

/** What a map says at the threshold, or as classes: numbers as plain JSON, and outlines. Both follow from the record alone. */
export interface MapFindings {
  readonly summary: Readonly<Record<string, unknown>>;
  readonly geoJson: string;
}

export function mapFindings(record: MapRecord): MapFindings {
  const { classes } = record.model;
  const { chosenClass } = record.look;
  return classes && chosenClass === null ? findClasses(record, classes) : findOne(record);
}

function findOne(record: MapRecord): MapFindings {
  const { result, model, look } = record;
  const { pixelSize } = result;
  const one = look.chosenClass === null ? undefined : model.classes?.[look.chosenClass];
  const grid = one && look.chosenClass !== null ? gridOfClass(result.grid, look.chosenClass) : result.grid;
  const mask = necrosisMask(grid, look.threshold, model.postProcess, pixelSize);
  const regions = findRegions(grid, mask);
  const { tissueMm2, necrosisMm2, tissueArea0, necrosisArea0, fraction, regionCount } = summarize(grid, mask, regions, {
    threshold: look.threshold,
    pixelSize,
  });
  const classification = one?.name ?? "Necrosis";
  const colour = one ? { colour: rgbOf(one.colour) } : {};
  return {
    summary: {
      class: classification,
      threshold: look.threshold,
      fractionOfTissue: fraction,
      areaMm2: necrosisMm2,
      tissueMm2,
      area0: necrosisArea0,
      tissueArea0,
      regionCount,
    },
    geoJson: regionsToGeoJson(regions, { classification, ...colour, provenance: provenanceOf(record, look.threshold) }),
  };
}

function findClasses(record: MapRecord, classes: readonly ResultClass[]): MapFindings {
  const { grid, pixelSize } = record.result;
  const map = classMap(grid, classes, pixelSize);
  const { minRegionUm2 } = record.model.postProcess;
  const outlines = map.areas.flatMap(({ name, colour, isBackground }, k) =>
    isBackground
      ? []
      : [{ name, colour: rgbOf(colour), regions: classRegions(grid, map, k, { minRegionUm2, pixelSize }) }],
  );
  return {
    summary: {
      classes: map.areas.map(({ name, area0, fraction, mm2 }) => ({
        name,
        fractionOfTissue: fraction,
        areaMm2: mm2,
        area0,
      })),
    },
    geoJson: classesToGeoJson(outlines, provenanceOf(record, null)),
  };
}

function provenanceOf({ slide, model, result, appVersion }: MapRecord, threshold: number | null): Provenance {
  return {
    appVersion,
    slideName: slide.name ?? "",
    slideByteSize: slideBytes(slide),
    width0: slide.width0,
    height0: slide.height0,
    pixelSize: result.pixelSize,
    focalPlane: slide.focalPlane,
    packId: model.id,
    packSha256: model.sha256,
    mode: result.mode,
    stride: result.stride,
    colour: result.colour,
    threshold,
    postProcess: model.postProcess,
    backend: result.backend.name,
    startedAt: result.startedAt,
    notes: result.notes,
    trust: result.trust ?? null,
  };
}

/** Bytes of all files of the slide. */
export function slideBytes({ fingerprint }: MapRecord["slide"]): number {
  return fingerprint.files.reduce((sum, { byteSize }) => sum + byteSize, 0);
}
