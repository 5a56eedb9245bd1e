import { RESEARCH_USE_NOTICE } from "../base/research-use.ts";
import { confidenceOf, decisionOf, listedPatches } from "../classification/record.ts";
import { prettyJson } from "../modelpack/pretty-json.ts";
import { RESULT_FORMAT, RESULT_VERSION } from "./format.ts";
import type { ClassRecord, MapRecord, ResultRecord, SlideRecord } from "./types.ts";

/** What `result.json` holds: everything but the map, the patches and the pictures. `summary`: the numbers for a person or another program. */
export function recordToJson(record: ResultRecord, summary: Readonly<Record<string, unknown>>): string {
  const { kind, slide, model, appVersion } = record;
  const { startedAt, seconds, backend, colour, pixelSize, notes, trust } = record.result;
  const run = { appVersion, startedAt, seconds, backend, colour, pixelSize, notes, ...(trust ? { trust } : {}) };
  const parts =
    record.kind === "map"
      ? {
          run: { ...run, mode: record.result.mode, stride: record.result.stride },
          look: record.look,
          map: frameOf(record),
        }
      : { run, classification: classificationOf(record) };
  return `${prettyJson({
    format: RESULT_FORMAT,
    version: RESULT_VERSION,
    kind,
    notice: RESEARCH_USE_NOTICE,
    slide: slideToJson(slide),
    model,
    ...parts,
    summary,
  })}\n`;
}

function slideToJson({ name, focalPlane, ...slide }: SlideRecord) {
  return { ...slide, ...(focalPlane ? { focalPlane } : {}), ...(name === null ? {} : { name }) };
}

function frameOf({ result: { grid } }: MapRecord) {
  const { cols, rows, stride0X, stride0Y, classes } = grid;
  return { cols, rows, stride0X, stride0Y, planes: classes?.count ?? 1 };
}

function classificationOf({ result }: ClassRecord) {
  const { classes, predicted, probabilities, pairs, grid } = result;
  const { width0: _, height0: __, ...laid } = grid;
  return { classes, predicted, probabilities, pairs, grid: laid };
}

/** The class of the slide in numbers, with where the patches lie that spoke most. */
export function classSummary({ result }: ClassRecord): Readonly<Record<string, unknown>> {
  return {
    predicted: result.predicted,
    decision: decisionOf(result),
    confidence: confidenceOf(result),
    ...listedPatches(result),
  };
}
