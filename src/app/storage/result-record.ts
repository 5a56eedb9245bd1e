import type { AnalysisResult } from "../../engine/analysis/types.ts";
import type { ClassificationResult } from "../../engine/classification/types.ts";
import type { ConfidenceGrid } from "../../engine/heatmap/types.ts";
import { parseTrustReport } from "../../engine/trust/parse.ts";
import type { TrustReport } from "../../engine/trust/types.ts";
import { isMapResult, type KeptResult, type KeptResultFacts } from "../state/kept.ts";
import { Fields, parsed } from "./fields.ts";
import { type GridShape, gridShape } from "./grid-bytes.ts";
import { parsePixelSize, parseSubject } from "./subject-record.ts";

const VERSION = 1;

/** A result as it is kept; the cells of a map lie apart. */
export interface ParsedResult extends KeptResultFacts {
  readonly content:
    | {
        readonly kind: "map";
        /** Name among the grid files, or null where the bytes lie in the database. */
        readonly file: string | null;
        readonly shape: GridShape;
        readonly facts: Omit<AnalysisResult, "grid">;
      }
    | { readonly kind: "class"; readonly result: ClassificationResult };
}

export function resultRecord(kept: KeptResult, file: string | null): unknown {
  const { result, key, subject, keptAt, appVersion, threshold } = kept;
  const common = { version: VERSION, slide: subject.slide, key, subject, keptAt, appVersion, threshold };
  if (!isMapResult(result)) return { ...common, content: { kind: "class", result } };
  const { grid, ...facts } = result;
  return { ...common, content: { kind: "map", file, shape: gridShape(grid), facts } };
}

export function parseKeptResult(value: unknown): ParsedResult | null {
  return parsed(value, (fields) => {
    if (fields.count("version") > VERSION) throw new RangeError("a newer record");
    return {
      key: fields.text("key"),
      subject: parseSubject(fields.fields("subject")),
      keptAt: fields.number("keptAt"),
      appVersion: fields.text("appVersion"),
      threshold: fields.numberOrNull("threshold"),
      content: parseContent(fields.fields("content")),
    };
  });
}

function parseContent(fields: Fields): ParsedResult["content"] {
  if (fields.oneOf("kind", ["map", "class"]) === "class") {
    return { kind: "class", result: parseClassification(fields.fields("result")) };
  }
  return {
    kind: "map",
    file: fields.value("file") === null ? null : fields.text("file"),
    shape: parseShape(fields.fields("shape")),
    facts: parseMapFacts(fields.fields("facts")),
  };
}

function parseShape(fields: Fields): GridShape {
  return {
    cols: fields.count("cols"),
    rows: fields.count("rows"),
    stride0X: fields.number("stride0X"),
    stride0Y: fields.number("stride0Y"),
    width0: fields.count("width0"),
    height0: fields.count("height0"),
    planes: fields.count("planes"),
  };
}

/** What maps and classes have in common. */
function parseRunFacts(fields: Fields) {
  return {
    pixelSize: parsePixelSize(fields.fields("pixelSize")),
    backend: parseBackend(fields.fields("backend")),
    packId: fields.text("packId"),
    packSha256: fields.text("packSha256"),
    colour: fields.oneOf("colour", ["stored", "srgb"]),
    startedAt: fields.text("startedAt"),
    seconds: fields.number("seconds"),
    notes: fields.texts("notes"),
    ...parseTrust(fields.value("trust")),
  };
}

/** Results that were kept before there were reports have none. */
function parseTrust(value: unknown): { readonly trust?: TrustReport | null } {
  return value === undefined || value === null ? {} : { trust: parseTrustReport(value) };
}

function parseMapFacts(fields: Fields): Omit<AnalysisResult, "grid"> {
  return {
    ...parseRunFacts(fields),
    mode: fields.oneOf("mode", ["dense", "patchwise"]),
    stride: fields.number("stride"),
  };
}

function parseBackend(fields: Fields): AnalysisResult["backend"] {
  return {
    name: fields.oneOf("name", ["WebGPU", "WASM", "native"]),
    reason: fields.text("reason"),
    device: fields.text("device"),
    runtime: fields.text("runtime"),
  };
}

function parseClassification(fields: Fields): ClassificationResult {
  const grid = fields.fields("grid");
  const kept = fields.instance("kept", Int32Array);
  const evidence = fields.instance("evidence", Float64Array);
  if (kept.length !== evidence.length) throw new RangeError("one number of evidence a patch");
  return {
    ...parseRunFacts(fields),
    classes: fields.texts("classes"),
    predicted: fields.text("predicted"),
    probabilities: fields.list("probabilities", numberOf),
    pairs: fields.list("pairs", (item, path) => {
      const pair = new Fields(item, path);
      return {
        positive: pair.text("positive"),
        negative: pair.text("negative"),
        decision: pair.number("decision"),
        confidence: pair.number("confidence"),
      };
    }),
    grid: {
      patch: grid.number("patch"),
      lefts: grid.list("lefts", numberOf),
      tops: grid.list("tops", numberOf),
      downsampleX: grid.number("downsampleX"),
      downsampleY: grid.number("downsampleY"),
      width0: grid.count("width0"),
      height0: grid.count("height0"),
    },
    kept: Int32Array.from(kept),
    evidence: Float64Array.from(evidence),
  };
}

function numberOf(item: unknown, path: string): number {
  if (typeof item !== "number") throw new RangeError(`Expected ${path} to be a number`);
  return item;
}

/** The whole result again. */
export function withGrid(
  content: Extract<ParsedResult["content"], { kind: "map" }>,
  grid: ConfidenceGrid,
): AnalysisResult {
  return { ...content.facts, grid };
}
