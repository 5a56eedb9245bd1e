import type { BackendInfo } from "../features/types.ts";
import { asChoice, asList, asNumber, badField, type JsonField, member } from "../modelpack/json-field.ts";
import type { PixelSize, SlideColour } from "../slide/types.ts";
import { parseTrustReport } from "../trust/parse.ts";
import type { TrustReport } from "../trust/types.ts";
import { asFlag, asPixelSize, asShare, asWords, orNull } from "./parse-fields.ts";
import type { ResultLook, ResultModel } from "./types.ts";

const MAX_NOTES = 64;

/** What maps and classes have in common of how they were computed. */
export interface RunRecord {
  readonly appVersion: string;
  readonly startedAt: string;
  readonly seconds: number;
  readonly backend: BackendInfo;
  readonly colour: SlideColour;
  readonly pixelSize: PixelSize;
  readonly notes: readonly string[];
  /** Left out by version 1, and where nobody looked. */
  readonly trust?: TrustReport;
}

/** Throws `resultfile/bad-field`. */
export function parseRun(field: JsonField): RunRecord {
  const backend = member(field, "backend");
  return {
    appVersion: asWords(member(field, "appVersion")),
    startedAt: asWords(member(field, "startedAt")),
    seconds: asNumber(member(field, "seconds"), { min: 0 }),
    backend: {
      name: asChoice(member(backend, "name"), ["WebGPU", "WASM", "native"]),
      reason: asWords(member(backend, "reason")),
      device: asWords(member(backend, "device")),
      runtime: asWords(member(backend, "runtime")),
    },
    colour: asChoice(member(field, "colour"), ["stored", "srgb"]),
    pixelSize: asPixelSize(member(field, "pixelSize")),
    notes: asList(member(field, "notes"), asWords, { max: MAX_NOTES }),
    ...parseTrust(member(field, "trust")),
  };
}

function parseTrust(field: JsonField): Pick<RunRecord, "trust"> {
  if (field.value === undefined || field.value === null) return {};
  try {
    return { trust: parseTrustReport(field.value) };
  } catch (error) {
    if (error instanceof RangeError) throw badField(field, `a report of checks (${error.message})`);
    throw error;
  }
}

export function parseLook(field: JsonField, { classes }: ResultModel): ResultLook {
  const range = { min: 0, max: Math.max(0, (classes?.length ?? 0) - 1), integer: true };
  return {
    threshold: asShare(member(field, "threshold")),
    chosenClass: classes ? orNull(member(field, "chosenClass"), (index) => asNumber(index, range)) : null,
    palette: asWords(member(field, "palette")),
    opacity: asShare(member(field, "opacity")),
    below: asChoice(member(field, "below"), ["faint", "hidden"]),
    contours: asFlag(member(field, "contours")),
  };
}
