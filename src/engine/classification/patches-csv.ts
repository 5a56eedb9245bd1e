import { csvCell } from "../base/csv-cell.ts";
import { RESEARCH_USE_NOTICE } from "../base/research-use.ts";
import { patchBox } from "./patch-grid.ts";
import { confidenceOf, decisionOf } from "./record.ts";
import type { ClassificationResult } from "./types.ts";

/** Columns of the table, in order; a unit is part of the name. */
export const PATCH_COLUMNS = [
  "row",
  "patch",
  "x0_px",
  "y0_px",
  "width_px",
  "height_px",
  "evidence",
  "predicted",
  "decision",
  "confidence",
  "mpp_x_um",
  "mpp_y_um",
  "assumed",
  "slide",
  "pack",
  "pack_sha256",
  "app_version",
  "notice",
] as const;

type Row = Partial<Record<(typeof PATCH_COLUMNS)[number], string | number>>;

/**
 * One rectangular table (RFC 4180, CRLF, UTF-8): a header, a row `summary` for the slide, then a row `patch` for each that was looked
 * at, in the order of the slide, with what it adds to the decision for the predicted class. Every row names slide, model and pixel size.
 */
export function patchesToCsv(
  result: ClassificationResult,
  from: { readonly slideName: string; readonly appVersion: string },
): string {
  const { grid, kept, evidence, pixelSize, predicted } = result;
  const common: Row = {
    predicted,
    mpp_x_um: pixelSize.mppX,
    mpp_y_um: pixelSize.mppY,
    assumed: pixelSize.origin === "assumed" ? "yes" : "no",
    slide: from.slideName,
    pack: result.packId,
    pack_sha256: result.packSha256,
    app_version: from.appVersion,
    notice: RESEARCH_USE_NOTICE,
  };
  const patches = Array.from(kept, (index, row): Row => {
    const { x0, y0, width0, height0 } = patchBox(grid, index);
    const box = { x0_px: x0, y0_px: y0, width_px: width0, height_px: height0 };
    return { ...common, row: "patch", patch: row + 1, ...box, evidence: evidence[row]! };
  });
  const summary = { ...common, row: "summary", decision: decisionOf(result), confidence: confidenceOf(result) };
  const lines = [summary, ...patches].map((row: Row) => PATCH_COLUMNS.map((column) => csvCell(row[column])).join(","));
  return `${[PATCH_COLUMNS.join(","), ...lines].join("\r\n")}\r\n`;
}
