import { join } from "node:path";
import type { AnalysisResult } from "../engine/analysis/types.ts";
import { classesToGeoJson, regionsToGeoJson } from "../engine/annotations/geojson.ts";
import { AppError } from "../engine/base/errors.ts";
import { gridOfClass } from "../engine/heatmap/class-labels.ts";
import { classMap, classRegions, type ShownClass, shownClasses } from "../engine/heatmap/class-map.ts";
import { rgbOf } from "../engine/heatmap/class-palette.ts";
import { composeOverlay, type Overlay } from "../engine/heatmap/compose.ts";
import { encodeConfidenceTiff } from "../engine/heatmap/confidence-tiff.ts";
import { measureMap } from "../engine/heatmap/measure-map.ts";
import { DEFAULT_PALETTE_ID } from "../engine/heatmap/palette.ts";
import { type Provenance, provenanceRecord } from "../engine/heatmap/provenance.ts";
import { findRegions } from "../engine/heatmap/regions.ts";
import type { LoadedPack, ModelPack } from "../engine/modelpack/types.ts";
import { composeClassOverlay } from "../engine/pictures/class-overlay.ts";
import { RESULT_EXTENSION } from "../engine/resultfile/format.ts";
import { shownFocalPlane } from "../engine/slide/shown-focal-plane.ts";
import type { RgbaImage, Slide } from "../engine/slide/types.ts";
import { type ResultFileOptions, resultFileOf } from "./result-output.ts";
import { wholeSlide } from "./whole-slide.ts";
import { encodePng, writeOutput } from "./write-output.ts";

/** Of the map over the tissue in the overlay. */
const OPACITY = 0.6;

/** Pixels of the overlay's longer side, at most. */
const OVERLAY_SIDE = 2048;

export interface FinishedSlide extends ResultFileOptions {
  readonly slide: Slide;
  /** As the reader gave it. */
  readonly path: string;
  readonly sha256: string;
  readonly loaded: LoadedPack;
  readonly result: AnalysisResult;
  /** Default: the pack's, or that of the chosen class. */
  readonly threshold: number | null;
  /** Of a pack of several classes the one whose map is wanted; null for all of them, or for the only one. */
  readonly className: string | null;
  readonly appVersion: string;
}

/** What `NAME.summary.json` holds; also printed by --json. */
export type AnalysisSummary = Readonly<Record<string, unknown>>;

/** Writes confidence, outlines, summary, overlay and result file of a slide as FOLDER/NAME.*. Throws `cli/io`. */
export async function writeAnalysisFiles(
  finished: FinishedSlide,
  folder: string,
  name: string,
): Promise<AnalysisSummary> {
  const { slide, result, loaded } = finished;
  const { grid, pixelSize } = result;
  const shown = shownClasses(loaded.pack);
  const one = finished.className === null ? null : chosenClass(loaded.pack, finished.className);
  const threshold = finished.threshold ?? one?.threshold ?? loaded.pack.threshold;
  const isAll = shown !== null && one === null;
  const provenance = provenanceOf(finished, isAll ? null : threshold);
  const files = {
    confidence: `${name}.confidence.tif`,
    regions: `${name}.geojson`,
    summary: `${name}.summary.json`,
    overlay: `${name}.overlay.png`,
    result: `${name}${RESULT_EXTENSION}`,
  };
  const picture = await wholeSlide(slide, OVERLAY_SIDE);
  const found =
    shown && isAll
      ? findClasses(finished, shown, provenance, picture)
      : findOne(finished, one, { threshold, provenance, picture });
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
    ...found.facts,
    scaleBarUm: found.overlay.scaleBarUm,
    files,
  };
  await writeOutput(
    join(folder, files.confidence),
    encodeConfidenceTiff(grid, provenance, shown ? loaded.pack.classes : []),
  );
  await writeOutput(join(folder, files.regions), found.geoJson);
  await writeOutput(join(folder, files.overlay), encodePng(found.overlay.image));
  const run = { kind: "map", result, threshold, chosenClass: one?.index ?? null } as const;
  await writeOutput(join(folder, files.result), await resultFileOf(run, finished));
  await writeOutput(join(folder, files.summary), `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

/** What the map of a slide says: numbers for the summary, outlines, and the picture. */
interface Found {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly geoJson: string;
  readonly overlay: Overlay;
}

/** The map of one class at a threshold: of a pack's only one, or of the class that was asked for. */
function findOne(
  { result, loaded }: FinishedSlide,
  one: ChosenClass | null,
  parts: { readonly threshold: number; readonly provenance: Provenance; readonly picture: RgbaImage },
): Found {
  const { pixelSize } = result;
  const { threshold, provenance, picture } = parts;
  const grid = one ? gridOfClass(result.grid, one.index) : result.grid;
  const { mask, measures } = measureMap({ grid, postProcess: loaded.pack.postProcess, pixelSize }, threshold);
  const regions = findRegions(grid, mask);
  const { necrosisMm2, necrosisFraction, necrosisArea0, tissueMm2, tissueArea0, focusCount } = measures;
  const percent = 100 * necrosisFraction;
  const found = one
    ? { class: one.name, classMm2: necrosisMm2, classPercent: percent, classArea0: necrosisArea0 }
    : { necrosisMm2, necrosisPercent: percent, necrosisArea0 };
  const outlines = one ? { classification: one.name, colour: rgbOf(one.colour) } : { classification: "Necrosis" };
  return {
    facts: { tissueMm2, ...found, regionCount: focusCount, tissueArea0, measures },
    geoJson: regionsToGeoJson(regions, { ...outlines, provenance }),
    overlay: composeOverlay(picture, grid, {
      palette: DEFAULT_PALETTE_ID,
      threshold,
      below: "faint",
      opacity: OPACITY,
      mask,
      pixelSize,
    }),
  };
}

interface ChosenClass {
  readonly index: number;
  readonly name: string;
  readonly colour: string;
  readonly threshold: number;
}

/** Throws `cli/usage` when the pack has no such class to show. */
export function chosenClass(pack: ModelPack, name: string): ChosenClass {
  const index = pack.classes.findIndex((one) => one.toLowerCase() === name.toLowerCase());
  const detail = pack.classDetails?.[index];
  if (pack.svms.length > 1 && detail) return { index, name: pack.classes[index] ?? name, ...detail };
  const expected = shownClasses(pack) ? `one of ${pack.classes.join(", ")}` : "a pack of several classes";
  throw new AppError("cli/usage", `Expected ${expected} for --class, found "${name}" with the pack "${pack.name}".`);
}

/** Each cell has the class of the highest confidence; no threshold takes part. */
function findClasses(
  { result, loaded }: FinishedSlide,
  shown: readonly ShownClass[],
  provenance: Provenance,
  picture: RgbaImage,
): Found {
  const { grid, pixelSize } = result;
  const map = classMap(grid, shown, pixelSize);
  const { minRegionUm2 } = loaded.pack.postProcess;
  const outlines = map.areas.flatMap((one, k) =>
    one.isBackground
      ? []
      : [
          {
            name: one.name,
            colour: rgbOf(one.colour),
            regions: classRegions(grid, map, k, { minRegionUm2, pixelSize }),
          },
        ],
  );
  const tissueArea0 = map.areas.reduce((sum, { area0 }) => sum + area0, 0);
  return {
    facts: {
      tissueMm2: pixelSize === null ? null : (tissueArea0 * pixelSize.mppX * pixelSize.mppY) / 1e6,
      tissueArea0,
      classes: map.areas.map(({ name, colour, area0, fraction, mm2, range }) => ({
        name,
        colour,
        percent: 100 * fraction,
        percentRange: range.map((share) => 100 * share),
        mm2,
        area0,
        regionCount: outlines.find((one) => one.name === name)?.regions.length ?? 0,
      })),
    },
    geoJson: classesToGeoJson(outlines, provenance),
    overlay: composeClassOverlay(picture, grid, map, { opacity: OPACITY, pixelSize }),
  };
}

function provenanceOf({ slide, loaded, result, appVersion }: FinishedSlide, threshold: number | null): Provenance {
  return {
    appVersion,
    slideName: slide.info.name,
    slideByteSize: slide.info.byteSize,
    width0: slide.info.width0,
    height0: slide.info.height0,
    pixelSize: result.pixelSize,
    focalPlane: shownFocalPlane(slide.info),
    packId: result.packId,
    packSha256: result.packSha256,
    mode: result.mode,
    stride: result.stride,
    colour: result.colour,
    threshold,
    postProcess: loaded.pack.postProcess,
    backend: result.backend.name,
    startedAt: result.startedAt,
    notes: result.notes,
    trust: result.trust ?? null,
  };
}

function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
