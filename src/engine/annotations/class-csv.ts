import type { ClassArea } from "../heatmap/class-map.ts";
import type { Provenance } from "../heatmap/provenance.ts";
import { commonCells, csvTable } from "./csv.ts";
import { PROVENANCE_COLUMNS, provenanceCells } from "./csv-cells.ts";

/** Columns of the table of classes, in order; a unit is part of the name. */
export const CLASS_CSV_COLUMNS = [
  "class",
  "colour",
  "area_px2",
  "area_mm2",
  "percent_of_tissue",
  "tissue_mm2",
  "mpp_x_um",
  "mpp_y_um",
  "assumed",
  "slide",
  "pack",
  "pack_sha256",
  "app_version",
  "notice",
  ...PROVENANCE_COLUMNS,
] as const;

/** A row for each class of a class map, as `regionsToCsv` writes tables; no threshold takes part. */
export function classesToCsv(areas: readonly ClassArea[], tissueMm2: number | null, provenance: Provenance): string {
  const common = { ...commonCells(provenance), ...provenanceCells(provenance) };
  return csvTable(
    CLASS_CSV_COLUMNS,
    areas.map(({ name, colour, area0, fraction, mm2 }) => ({
      ...common,
      class: name,
      colour,
      area_px2: area0,
      area_mm2: mm2,
      percent_of_tissue: fraction * 100,
      tissue_mm2: tissueMm2,
    })),
  );
}
