import { AppError } from "../base/errors.ts";
import { patchCount } from "../classification/patch-grid.ts";
import { asChoice, asNumber, asRecord, badField, type JsonField, member } from "../modelpack/json-field.ts";
import { checkPicture } from "./check-picture.ts";
import {
  ENTRY_LIMITS,
  type EntryName,
  isReadable,
  OVERVIEW_SIDE,
  RESULT_FORMAT,
  RESULT_VERSION,
  THUMBNAIL_SIDE,
} from "./format.ts";
import { decodeMap, mapBytes } from "./map-file.ts";
import { parseClassification } from "./parse-classification.ts";
import { MAX_SIDE } from "./parse-fields.ts";
import { parseLook, parseRun, type RunRecord } from "./parse-run.ts";
import { parseResultModel, parseSlideRecord } from "./parse-slide.ts";
import { decodePatches } from "./patches-file.ts";
import { tampered } from "./refusals.ts";
import type { ResultFile, ResultModel, ResultPictures, ResultRecord, SlideRecord } from "./types.ts";
import { unpackResult } from "./unpack.ts";

type Entries = ReadonlyMap<EntryName, Uint8Array<ArrayBuffer>>;

/**
 * Reads a result file and checks everything that can be checked without its slide. Throws as `unpackResult`, and
 * `resultfile/bad-field` naming the field.
 */
export async function parseResultFile(zip: Uint8Array<ArrayBuffer>): Promise<ResultFile> {
  const { manifest, entries } = await unpackResult(zip);
  const root = parseJson(entryOf(entries, "result.json"));
  if (member(root, "format").value !== RESULT_FORMAT) throw badField(member(root, "format"), `"${RESULT_FORMAT}"`);
  if (!isReadable(member(root, "version").value)) throw badField(member(root, "version"), `${RESULT_VERSION}`);
  const slide = await parseSlideRecord(member(root, "slide"));
  const model = parseResultModel(member(root, "model"));
  const run = parseRun(member(root, "run"));
  const parts = { root, entries, slide, model, run };
  const kind = asChoice(member(root, "kind"), ["map", "class"]);
  return {
    record: kind === "map" ? parseMap(parts) : parseClass(parts),
    pictures: picturesOf(entries, slide),
    summary: asRecord(member(root, "summary")),
    sha256: manifest.sha256,
  };
}

interface Parts {
  readonly root: JsonField;
  readonly entries: Entries;
  readonly slide: SlideRecord;
  readonly model: ResultModel;
  readonly run: RunRecord;
}

function parseMap({ root, entries, slide, model, run }: Parts): ResultRecord {
  const field = member(root, "map");
  const { width0, height0 } = slide;
  const stride = { min: 1e-3, max: MAX_SIDE };
  const stride0X = asNumber(member(field, "stride0X"), stride);
  const stride0Y = asNumber(member(field, "stride0Y"), stride);
  // No cell lies off the slide.
  const cols = asNumber(member(field, "cols"), { min: 1, max: Math.ceil(width0 / stride0X), integer: true });
  const rows = asNumber(member(field, "rows"), { min: 1, max: Math.ceil(height0 / stride0Y), integer: true });
  const classes = model.classes?.length ?? 1;
  const planes = asNumber(member(field, "planes"), { min: classes, max: classes, integer: true });
  if (mapBytes(cols * rows, planes) > ENTRY_LIMITS["map.bin"])
    throw badField(member(field, "cols"), "of a map that fits");
  const { appVersion, ...rest } = run;
  const setup = member(root, "run");
  const grid = decodeMap(entryOf(entries, "map.bin"), { cols, rows, stride0X, stride0Y, width0, height0 }, planes);
  return {
    kind: "map",
    slide,
    model,
    appVersion,
    look: parseLook(member(root, "look"), model),
    result: {
      ...rest,
      grid,
      packId: model.id,
      packSha256: model.sha256,
      mode: asChoice(member(setup, "mode"), ["dense", "patchwise"]),
      stride: asNumber(member(setup, "stride"), { min: 1e-3, max: MAX_SIDE }),
    },
  };
}

function parseClass({ root, entries, slide, model, run }: Parts): ResultRecord {
  const found = parseClassification(member(root, "classification"), slide);
  const patches = decodePatches(entryOf(entries, "patches.bin"), patchCount(found.grid));
  const { appVersion, ...rest } = run;
  const result = { ...rest, ...found, ...patches, packId: model.id, packSha256: model.sha256 };
  return { kind: "class", slide, model, appVersion, result };
}

function picturesOf(entries: Entries, { width0, height0 }: SlideRecord): ResultPictures {
  const thumbnail = entryOf(entries, "thumbnail.jpg");
  const overview = entries.get("overview.jpg") ?? null;
  checkPicture(thumbnail, { name: "thumbnail.jpg", side: THUMBNAIL_SIDE, width0, height0 });
  if (overview) checkPicture(overview, { name: "overview.jpg", side: OVERVIEW_SIDE, width0, height0 });
  return { thumbnail, overview };
}

function entryOf(entries: Entries, name: EntryName): Uint8Array<ArrayBuffer> {
  const bytes = entries.get(name);
  if (bytes) return bytes;
  throw tampered(`it has no ${name}`);
}

function parseJson(bytes: Uint8Array): JsonField {
  const document = { file: "result.json", code: "resultfile/bad-field" } as const;
  try {
    return { value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)), path: "", document };
  } catch (cause) {
    throw new AppError(document.code, "Expected result.json to hold JSON, found other text.", {}, { cause });
  }
}
