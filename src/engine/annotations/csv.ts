import { csvCell } from "../base/csv-cell.ts";
import { RESEARCH_USE_NOTICE } from "../base/research-use.ts";
import type { Provenance } from "../heatmap/provenance.ts";
import type { NecrosisSummary, Region } from "../heatmap/types.ts";
import { trustLine } from "../trust/record.ts";
import { boundsOf, centroidOf } from "./rings.ts";

/** Columns of the table, in order; a unit is part of the name. */
export const CSV_COLUMNS = [
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
  "trust",
  "notice",
] as const;

type Row = Partial<Record<(typeof CSV_COLUMNS)[number] | "class", string | number | null>>;

/**
 * One rectangular table (RFC 4180, CRLF, UTF-8): a header, a row `summary` for the whole slide, then a row `region` for each. Every
 * row names slide, model, threshold and whether the pixel size was assumed, so that tables of many slides can be put
 * together and no number loses its footing. For another class than necrosis, `className` adds a column `class` and renames the share. What is unknown is an empty cell. Text that a spreadsheet would run as a formula is led by an apostrophe.
 */
export function regionsToCsv(
  regions: readonly Region[],
  summary: NecrosisSummary,
  provenance: Provenance,
  className?: string,
): string {
  const common = { ...commonCells(provenance), class: className ?? null };
  const rows: Row[] = [
    {
      ...common,
      row: "summary",
      area_px2: summary.necrosisArea0,
      area_mm2: summary.necrosisMm2,
      tissue_mm2: summary.tissueMm2,
      necrosis_percent_of_tissue: summary.fraction * 100,
      region_count: summary.regionCount,
    },
    ...regions.map((region, index) => ({ ...common, ...regionCells(region, index, provenance) })),
  ];
  if (className === undefined) return csvTable(CSV_COLUMNS, rows);
  const renamed = rows.map((row) => ({ ...row, percent_of_tissue: row.necrosis_percent_of_tissue ?? null }));
  return csvTable(
    CSV_COLUMNS.flatMap((column) =>
      column === "row" ? ["row", "class"] : [column === "necrosis_percent_of_tissue" ? "percent_of_tissue" : column],
    ),
    renamed,
  );
}

/** Lines of cells (RFC 4180, CRLF), the header first; numbers to nine digits. */
export function csvTable(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string | number | null | undefined>>[],
): string {
  const lines = [columns.join(","), ...rows.map((row) => columns.map((column) => csvCell(row[column])).join(","))];
  return `${lines.join("\r\n")}\r\n`;
}

function regionCells(region: Region, index: number, provenance: Provenance): Row {
  const { pixelSize } = provenance;
  const [centroidX0, centroidY0] = centroidOf(region);
  const bounds = boundsOf(region.outer);
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
    area_mm2: pixelSize === null ? null : (region.area0 * pixelSize.mppX * pixelSize.mppY) / 1e6,
    mean_confidence: region.meanConfidence,
    max_confidence: region.maxConfidence,
  };
}

/** Cells that every row of a table about a slide repeats. */
export function commonCells(provenance: Provenance): Row {
  const { pixelSize } = provenance;
  return {
    threshold: provenance.threshold,
    mpp_x_um: pixelSize?.mppX ?? null,
    mpp_y_um: pixelSize?.mppY ?? null,
    assumed: pixelSize === null ? "unknown" : pixelSize.origin === "assumed" ? "yes" : "no",
    slide: provenance.slideName,
    pack: provenance.packId,
    pack_sha256: provenance.packSha256,
    app_version: provenance.appVersion,
    trust: provenance.trust ? trustLine(provenance.trust) : null,
    notice: RESEARCH_USE_NOTICE,
  };
}
