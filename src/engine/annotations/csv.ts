import { csvCell } from "../base/csv-cell.ts";
import { RESEARCH_USE_NOTICE } from "../base/research-use.ts";
import type { MeasuredMap } from "../heatmap/measure-map.ts";
import { equivalentDiameterUm } from "../heatmap/measures.ts";
import { type Provenance, slideWords } from "../heatmap/provenance.ts";
import type { NecrosisSummary, Region } from "../heatmap/types.ts";
import {
  type CsvRow,
  MEASURE_COLUMNS,
  measureCells,
  PROVENANCE_COLUMNS,
  provenanceCells,
  REGION_COLUMNS,
} from "./csv-cells.ts";
import { boundsOf, centroidOf } from "./rings.ts";

/** Columns of the table, in order; a unit is part of the name. Those of version 0.1 come first, as they were. */
export const CSV_COLUMNS: readonly string[] = [
  "row",
  "region",
  "centroid_x0_px",
  "centroid_y0_px",
  "bbox_x0_px",
  "bbox_y0_px",
  "bbox_width_px",
  "bbox_height_px",
  "area_px2",
  "area_mm2",
  "mean_confidence",
  "max_confidence",
  "tissue_mm2",
  "necrosis_percent_of_tissue",
  "region_count",
  "threshold",
  "mpp_x_um",
  "mpp_y_um",
  "assumed",
  "slide",
  "pack",
  "pack_sha256",
  "app_version",
  "notice",
  ...REGION_COLUMNS,
  ...MEASURE_COLUMNS,
  ...PROVENANCE_COLUMNS,
];

export interface CsvOptions {
  /** For another class than necrosis: adds a column `class` and renames the share. */
  readonly className?: string | undefined;
  /** Of the same grid, threshold and pixel size. Default: their columns stay empty. */
  readonly measured?: Pick<MeasuredMap, "measures" | "foci"> | undefined;
}

/**
 * One rectangular table (RFC 4180, CRLF, UTF-8): a header, a row `summary` for the whole slide, then a row `region` for each, largest first. Every
 * row names slide, model, threshold and whether the pixel size was assumed, so that tables of many slides can be put
 * together and no number loses its footing; what is of the slide as a whole stands in its row alone. What is unknown is an empty cell. Text that a
 * spreadsheet would run as a formula is led by an apostrophe.
 */
export function regionsToCsv(
  regions: readonly Region[],
  summary: NecrosisSummary,
  provenance: Provenance,
  { className, measured }: CsvOptions = {},
): string {
  const common = { ...commonCells(provenance), class: className ?? null };
  const rows: CsvRow[] = [
    {
      ...common,
      row: "summary",
      area_px2: summary.necrosisArea0,
      area_mm2: summary.necrosisMm2,
      tissue_mm2: summary.tissueMm2,
      necrosis_percent_of_tissue: summary.fraction * 100,
      region_count: summary.regionCount,
      ...(measured ? measureCells(measured.measures) : {}),
      ...provenanceCells(provenance),
    },
    ...regions.map((region, index) => ({
      ...common,
      ...regionCells(region, index, provenance),
      rim_um: measured?.foci.rimUm?.[index] ?? null,
    })),
  ];
  if (className === undefined) return csvTable(CSV_COLUMNS, rows);
  const renamed = rows.map((row) => ({ ...row, percent_of_tissue: row["necrosis_percent_of_tissue"] ?? null }));
  return csvTable(
    CSV_COLUMNS.flatMap((column) =>
      column === "row" ? ["row", "class"] : [column === "necrosis_percent_of_tissue" ? "percent_of_tissue" : column],
    ),
    renamed,
  );
}

/** Lines of cells (RFC 4180, CRLF), the header first; numbers to nine digits. */
export function csvTable(columns: readonly string[], rows: readonly CsvRow[]): string {
  const lines = [columns.join(","), ...rows.map((row) => columns.map((column) => csvCell(row[column])).join(","))];
  return `${lines.join("\r\n")}\r\n`;
}

function regionCells(region: Region, index: number, provenance: Provenance): CsvRow {
  const { pixelSize } = provenance;
  const [centroidX0, centroidY0] = centroidOf(region);
  const bounds = boundsOf(region.outer);
  const areaMm2 = pixelSize === null ? null : (region.area0 * pixelSize.mppX * pixelSize.mppY) / 1e6;
  return {
    row: "region",
    region: index + 1,
    centroid_x0_px: centroidX0,
    centroid_y0_px: centroidY0,
    bbox_x0_px: bounds.x0,
    bbox_y0_px: bounds.y0,
    bbox_width_px: bounds.width0,
    bbox_height_px: bounds.height0,
    area_px2: region.area0,
    area_mm2: areaMm2,
    mean_confidence: region.meanConfidence,
    max_confidence: region.maxConfidence,
    equivalent_diameter_um: areaMm2 === null ? null : equivalentDiameterUm(areaMm2),
  };
}

/** Cells that every row of a table about a slide repeats. */
export function commonCells(provenance: Provenance): CsvRow {
  const { pixelSize } = provenance;
  return {
    threshold: provenance.threshold,
    mpp_x_um: pixelSize?.mppX ?? null,
    mpp_y_um: pixelSize?.mppY ?? null,
    assumed: pixelSize === null ? "unknown" : pixelSize.origin === "assumed" ? "yes" : "no",
    slide: slideWords(provenance),
    pack: provenance.packId,
    pack_sha256: provenance.packSha256,
    app_version: provenance.appVersion,
    notice: RESEARCH_USE_NOTICE,
    slide_sha256: provenance.slideSha256 ?? null,
    extent: provenance.isPartial ? "partial" : "whole",
    trust: provenance.trust?.light ?? "not checked",
  };
}
