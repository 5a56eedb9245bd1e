import { RESEARCH_USE_NOTICE } from "../base/research-use.ts";
import type { MapMeasures, ThresholdRange } from "../heatmap/measures.ts";
import type { PixelSize } from "../slide/types.ts";
import { csvTable } from "./csv.ts";

/** What a run found on one slide, without its map. */
export interface SlideFigures {
  readonly packId: string;
  readonly packName: string;
  readonly packSha256: string;
  /** Of the Palisade that computed it. */
  readonly appVersion: string;
  /** `BackendInfo.name` */
  readonly backend: string;
  readonly startedAt: string;
  readonly seconds: number;
  readonly pixelSize: PixelSize;
  /** Null for a pack of several classes, and of one that classifies. */
  readonly measures: MapMeasures | null;
  /** The share of the tissue that each class has; empty for a pack of one map. */
  readonly classes: readonly { readonly name: string; readonly fraction: number; readonly mm2: number | null }[];
  /** The class of the whole slide, 0 to 1; null for a map. */
  readonly found: { readonly name: string; readonly probability: number } | null;
  /** Whether the slide is like what the pack was trained on, with the reasons against it; null where it was not looked at. */
  readonly trust: { readonly light: "green" | "amber" | "red"; readonly reasons: readonly string[] } | null;
}

/** A slide of a batch. */
export interface SlideLine {
  readonly name: string;
  /** `SlideFingerprint.sha256`; null where it is not known. */
  readonly fingerprint: string | null;
  /** Null where it is not known. */
  readonly byteSize: number | null;
  /** Null for a slide that could not be opened. */
  readonly size: { readonly width0: number; readonly height0: number } | null;
  readonly pixelSize: PixelSize | null;
  /** "done", "failed", "waiting" … */
  readonly state: string;
  /** `AppError.code`: a sentence could hold the file's name. */
  readonly errorCode: string | null;
  readonly figures: SlideFigures | null;
}

type Cells = Record<string, string | number | null>;

/**
 * One line a slide (RFC 4180, CRLF, UTF-8), units in the names of the columns. Slides are told apart by a running number and their fingerprint;
 * names of files, which may be those of patients, are in it only where they are asked for. Text that a spreadsheet would run as a formula is led by
 * an apostrophe.
 */
export function slidesToCsv(lines: readonly SlideLine[], { hasNames }: { readonly hasNames: boolean }): string {
  const rows = lines.map(
    (line, i): Cells => ({
      slide: i + 1,
      ...(hasNames ? { file_name: line.name } : {}),
      ...slideCells(line),
      ...(line.figures ? figureCells(line.figures) : {}),
      notice: RESEARCH_USE_NOTICE,
    }),
  );
  const named = hasNames ? COLUMNS : COLUMNS.filter((column) => column !== "file_name");
  const classes = [...new Set(lines.flatMap(({ figures }) => figures?.classes.map(({ name }) => name) ?? []))];
  const columns = [...named, ...classes.flatMap((name) => Object.values(classColumns(name))), "notice"];
  return csvTable(columns, rows);
}

const COLUMNS = [
  "slide",
  "file_name",
  "fingerprint_sha256",
  "state",
  "error",
  "necrosis_percent_of_tissue",
  "necrosis_percent_at_higher_threshold",
  "necrosis_percent_at_lower_threshold",
  "necrosis_mm2",
  "necrosis_mm2_at_higher_threshold",
  "necrosis_mm2_at_lower_threshold",
  "tissue_mm2",
  "foci",
  "foci_at_higher_threshold",
  "foci_at_lower_threshold",
  "largest_focus_mm2",
  "median_focus_mm2",
  "largest_focus_diameter_um",
  "median_focus_diameter_um",
  "narrowest_rim_um",
  "median_rim_um",
  "foci_at_edge",
  "class",
  "class_probability",
  "trust_light",
  "trust_reasons",
  "threshold",
  "width_px",
  "height_px",
  "file_bytes",
  "mpp_x_um",
  "mpp_y_um",
  "pixel_size_origin",
  "pack",
  "pack_sha256",
  "backend",
  "started_at",
  "seconds",
  "app_version",
] as const;

function slideCells({ fingerprint, byteSize, size, pixelSize, state, errorCode, figures }: SlideLine): Cells {
  const used = figures?.pixelSize ?? pixelSize;
  return {
    fingerprint_sha256: fingerprint,
    state,
    error: errorCode,
    width_px: size?.width0 ?? null,
    height_px: size?.height0 ?? null,
    file_bytes: byteSize,
    mpp_x_um: used?.mppX ?? null,
    mpp_y_um: used?.mppY ?? null,
    pixel_size_origin: used?.origin ?? "unknown",
  };
}

function figureCells(figures: SlideFigures): Cells {
  const { measures, classes, found, trust } = figures;
  const ofClasses = classes.map(({ name, fraction, mm2 }): Cells => {
    const { percent, area } = classColumns(name);
    return { [percent]: fraction * 100, [area]: mm2 };
  });
  return {
    ...(measures ? measureCells(measures) : {}),
    ...Object.assign({}, ...ofClasses),
    class: found?.name ?? null,
    class_probability: found?.probability ?? null,
    trust_light: trust?.light ?? null,
    trust_reasons: trust?.reasons.join(" ") ?? null,
    pack: figures.packId,
    pack_sha256: figures.packSha256,
    backend: figures.backend,
    started_at: figures.startedAt,
    seconds: figures.seconds,
    app_version: figures.appVersion,
  };
}

function measureCells(measures: MapMeasures): Cells {
  const percent = measures.necrosisFractionRange?.map((fraction) => fraction * 100) ?? null;
  return {
    necrosis_percent_of_tissue: measures.necrosisFraction * 100,
    necrosis_percent_at_higher_threshold: percent?.[0] ?? null,
    necrosis_percent_at_lower_threshold: percent?.[1] ?? null,
    necrosis_mm2: measures.necrosisMm2,
    ...rangeCells("necrosis_mm2", measures.necrosisMm2Range),
    tissue_mm2: measures.tissueMm2,
    foci: measures.focusCount,
    ...rangeCells("foci", measures.focusCountRange),
    largest_focus_mm2: measures.largestFocusMm2,
    median_focus_mm2: measures.medianFocusMm2,
    largest_focus_diameter_um: measures.largestFocusDiameterUm,
    median_focus_diameter_um: measures.medianFocusDiameterUm,
    narrowest_rim_um: measures.narrowestRimUm,
    median_rim_um: measures.medianRimUm,
    foci_at_edge: measures.fociAtEdge,
    threshold: measures.threshold,
  };
}

function rangeCells(name: string, range: ThresholdRange | null): Cells {
  return { [`${name}_at_higher_threshold`]: range?.[0] ?? null, [`${name}_at_lower_threshold`]: range?.[1] ?? null };
}

function classColumns(name: string) {
  const word = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_");
  return { percent: `class_${word}_percent_of_tissue`, area: `class_${word}_mm2` };
}
