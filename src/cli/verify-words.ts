import { confidenceOf } from "../engine/classification/record.ts";
import type { ResultFile, ResultRecord } from "../engine/resultfile/types.ts";
import { isSummarySound, short, type Verification, verdictWords } from "../engine/resultfile/verify.ts";
import { oneLine } from "./error-line.ts";

/** What a result file holds, a fact a line. */
export function contentLines(path: string, file: ResultFile): string[] {
  const { record, pictures, sha256 } = file;
  const { model, slide, result, appVersion } = record;
  const { backend, pixelSize, startedAt, seconds } = result;
  const bytes = slide.fingerprint.files.reduce((sum, { byteSize }) => sum + byteSize, 0);
  const origin = pixelSize.origin === "assumed" ? "assumed" : "from the file";
  return [
    `${oneLine(path)}: intact, content SHA-256 ${sha256}`,
    `model: ${oneLine(model.name)} (${oneLine(model.id)}, SHA-256 ${model.sha256})`,
    `run: ${startedAt}, ${backend.name} (${oneLine(backend.runtime)}), ${seconds.toFixed(1)} s, Palisade ${oneLine(appVersion)}`,
    `slide: ${oneLine(slide.format)}, ${slide.width0} x ${slide.height0} pixels, ${bytes} bytes, fingerprint ${slide.fingerprint.sha256}`,
    `name of the slide: ${slide.name === null ? "not in the file" : oneLine(slide.name)}`,
    `pictures of the slide: thumbnail${pictures.overview ? " and overview" : ""}`,
    `pixel size: ${pixelSize.mppX} x ${pixelSize.mppY} µm, ${origin}`,
    ...numberLines(record, file.summary),
    isSummarySound(file)
      ? "numbers: follow from the file's own content"
      : "numbers: do NOT follow from the file's own content",
    ...result.notes.map((note) => `note: ${oneLine(note)}`),
  ];
}

function numberLines(record: ResultRecord, summary: ResultFile["summary"]): string[] {
  if (record.kind === "class") {
    return [
      `class: ${oneLine(record.result.predicted)}, confidence ${(100 * confidenceOf(record.result)).toFixed(1)} %`,
    ];
  }
  const { grid } = record.result;
  const map = `map: ${grid.cols} x ${grid.rows} cells, threshold ${record.look.threshold}`;
  const rows: readonly unknown[] = Array.isArray(summary["classes"]) ? summary["classes"] : [summary];
  return [map, ...rows.map((row) => areaWords(row))];
}

function areaWords(row: unknown): string {
  const field = (name: string): unknown =>
    typeof row === "object" && row !== null ? Reflect.get(row, name) : undefined;
  const name = field("class") ?? field("name");
  const mm2 = field("areaMm2");
  const area = typeof mm2 === "number" ? `, ${mm2.toFixed(3)} mm²` : "";
  return `${oneLine(String(name))}: ${(100 * Number(field("fractionOfTissue"))).toFixed(2)} % of the tissue${area}`;
}

/** What the second run said. */
export function verificationLines(found: Verification): string[] {
  return [
    "slide: the one of the result",
    ...found.circumstances.map((sentence) => `note: ${oneLine(sentence)}`),
    ...found.differences.map((sentence) => `differs: ${oneLine(sentence)}`),
    `${found.isConfirmed ? "confirmed" : "not confirmed"}: ${verdictWords(found)}`,
  ];
}

/** Names the model that is wanted. */
export function modelWords({ model }: ResultRecord): string {
  return `"${oneLine(model.name)}" (${oneLine(model.id)}, SHA-256 ${short(model.sha256)})`;
}
