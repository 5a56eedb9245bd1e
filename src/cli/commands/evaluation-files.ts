import { join } from "node:path";
import { csvCell } from "../../engine/base/csv-cell.ts";
import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import { reliabilitySvg } from "../../engine/evaluation/reliability-svg.ts";
import { writeOutput } from "../write-output.ts";
import type { EvaluationReport, ReportedImage } from "./evaluation-report.ts";

type Row = Readonly<Record<string, string | number | null>>;

/**
 * `evaluation.json` (what --json prints), `images.csv`, `regions.csv` (every region of the truth) and `reliability.svg`, in a folder
 * that is there. Throws `cli/io`.
 */
export async function writeEvaluationFiles(
  folder: string,
  images: readonly ReportedImage[],
  report: EvaluationReport,
): Promise<void> {
  const common = commonCells(report);
  const title = `${report.pack.id}: confidence against truth${report.isFitted ? " (fitted)" : ""}`;
  await writeOutput(join(folder, "evaluation.json"), `${JSON.stringify(report, null, 2)}\n`);
  await writeOutput(join(folder, "images.csv"), table(imageRows(images, report).map((row) => ({ ...row, ...common }))));
  await writeOutput(join(folder, "regions.csv"), table(regionRows(images).map((row) => ({ ...row, ...common }))));
  await writeOutput(join(folder, "reliability.svg"), reliabilitySvg(report.reliability, title));
}

function imageRows(images: readonly ReportedImage[], report: EvaluationReport): Row[] {
  return report.images.map((record, index) => ({
    image: record.name,
    group: record.group,
    has_class: images[index]!.hasClass ? "yes" : "no",
    score: images[index]!.hasClass ? record.score : null,
    precision: record.precision,
    recall: record.recall,
    found_percent_of_tissue: record.predictedFraction * 100,
    truth_percent_of_tissue: record.truthFraction * 100,
    bias_percent_of_tissue: (record.predictedFraction - record.truthFraction) * 100,
    tissue_mm2: record.tissueMm2,
    found_mm2: record.predictedMm2,
    truth_mm2: record.truthMm2,
    truth_regions: images[index]!.regions.length,
    assumed: record.isAssumedPixelSize ? "yes" : "no",
  }));
}

function regionRows(images: readonly ReportedImage[]): Row[] {
  return images.flatMap(({ name, group, regions, isAssumedSize }) =>
    regions.map(({ area, foundShare, score }, index) => ({
      image: name,
      group,
      region: index + 1,
      area_mm2: area,
      found_percent: foundShare * 100,
      score,
      assumed: isAssumedSize ? "yes" : "no",
    })),
  );
}

function commonCells({ threshold, isFitted, pack, appVersion }: EvaluationReport): Row {
  return {
    threshold,
    fitted: isFitted ? "yes" : "no",
    pack: pack.id,
    pack_sha256: pack.sha256,
    app_version: appVersion,
    notice: RESEARCH_USE_NOTICE,
  };
}

/** RFC 4180 with the first row's names as the header; empty without rows. */
function table(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns.join(","), ...rows.map((row) => columns.map((column) => csvCell(row[column])).join(","))];
  return columns.length === 0 ? "" : `${lines.join("\r\n")}\r\n`;
}
