import { asChoice, asList, asNumber, asText, type JsonField, member } from "../modelpack/json-field.ts";
import { asHash } from "../modelpack/values.ts";
import { type FileFingerprint, fingerprintHash } from "../slide/fingerprint.ts";
import type { ShownFocalPlane } from "../slide/shown-focal-plane.ts";
import { asFlag, asShare, asSide, asWords, orNull } from "./parse-fields.ts";
import { tampered } from "./refusals.ts";
import type { ResultClass, ResultModel, SlideRecord } from "./types.ts";

const MAX_FILES = 4096;
const MAX_LEVELS = 256;
const MAX_CLASSES = 64;

/** Throws `resultfile/bad-field`, and `resultfile/tampered` for a fingerprint that does not fit its files. */
export async function parseSlideRecord(field: JsonField): Promise<SlideRecord> {
  const fingerprint = member(field, "fingerprint");
  const sha256 = asHash(member(fingerprint, "sha256"));
  const files = asList(member(fingerprint, "files"), parseFile, { min: 1, max: MAX_FILES });
  if ((await fingerprintHash(files)) !== sha256) throw tampered("the slide's fingerprint does not fit its parts");
  return {
    fingerprint: { sha256, files },
    format: asWords(member(field, "format")),
    width0: asSide(member(field, "width0")),
    height0: asSide(member(field, "height0")),
    levels: asList(member(field, "levels"), parseLevel, { min: 1, max: MAX_LEVELS }),
    focalPlane: orNull(member(field, "focalPlane"), parseFocalPlane),
    name: orNull(member(field, "name"), asWords),
    isSynthetic: asFlag(member(field, "isSynthetic")),
  };
}

function parseFile(field: JsonField): FileFingerprint {
  return {
    byteSize: asNumber(member(field, "byteSize"), { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true }),
    head: asHash(member(field, "head")),
    tail: asHash(member(field, "tail")),
    directory: orNull(member(field, "directory"), asHash),
  };
}

function parseLevel(field: JsonField): { readonly width: number; readonly height: number } {
  return { width: asSide(member(field, "width")), height: asSide(member(field, "height")) };
}

function parseFocalPlane(field: JsonField): ShownFocalPlane {
  const count = asNumber(member(field, "count"), { min: 2, max: 1000, integer: true });
  return {
    index: asNumber(member(field, "index"), { min: 0, max: count - 1, integer: true }),
    count,
    offsetUm: orNull(member(field, "offsetUm"), asNumber),
  };
}

export function parseResultModel(field: JsonField): ResultModel {
  const postProcess = member(field, "postProcess");
  return {
    id: asWords(member(field, "id")),
    name: asWords(member(field, "name")),
    sha256: asHash(member(field, "sha256")),
    task: asChoice(member(field, "task"), ["segmentation", "classification"]),
    threshold: asShare(member(field, "threshold")),
    postProcess: {
      minRegionUm2: asNumber(member(postProcess, "minRegionUm2"), { min: 0 }),
      maxHoleUm2: asNumber(member(postProcess, "maxHoleUm2"), { min: 0 }),
    },
    classes: orNull(member(field, "classes"), (list) => asList(list, parseClass, { min: 2, max: MAX_CLASSES })),
  };
}

function parseClass(field: JsonField): ResultClass {
  return {
    name: asWords(member(field, "name")),
    colour: asText(member(field, "colour"), { test: /^#[0-9a-f]{6}$/, words: "a colour such as #0072b2" }),
    isBackground: asFlag(member(field, "isBackground")),
    threshold: asShare(member(field, "threshold")),
  };
}
