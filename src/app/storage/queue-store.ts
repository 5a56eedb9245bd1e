import type { SlideFigures } from "../../engine/annotations/slides-csv.ts";
import type { MapMeasures, ThresholdRange } from "../../engine/heatmap/measures.ts";
import type { KeptQueue, KeptQueuedSlide, QueueStore } from "../state/queue-keeping.ts";
import type { KnownSlide, QueuedState } from "../state/queue-list.ts";
import type { DatabaseAccess } from "./database.ts";
import { Fields, parsed } from "./fields.ts";
import { isFileHandle, parseFingerprint } from "./slide-record.ts";
import { parsePixelSize } from "./subject-record.ts";

const KEY = "queue";
const VERSION = 1;

/** The work list as one record beside the settings. */
export function queueStore(access: Pick<DatabaseAccess, "run">): QueueStore {
  return {
    async load() {
      try {
        return parseQueue(await access.run((database) => database.get("settings", KEY)));
      } catch {
        return null;
      }
    },
    save(queue) {
      const record = { version: VERSION, ...queue };
      // A full or closed store only means that the next visit starts without a list.
      access.run((database) => database.put("settings", record, KEY)).catch(() => {});
    },
  };
}

/** Null for a record that is damaged or of a newer version. */
export function parseQueue(value: unknown): KeptQueue | null {
  return parsed(value, (fields) => {
    if (fields.count("version") > VERSION) throw new RangeError("a newer record");
    return {
      packId: fields.value("packId") === null ? null : fields.text("packId"),
      slides: fields.list("slides", (item, path) => parseSlide(new Fields(item, path))),
    };
  });
}

function parseSlide(fields: Fields): KeptQueuedSlide {
  const identity = fields.fields("identity");
  return {
    name: fields.text("name"),
    byteSize: fields.count("byteSize"),
    handles: fields.list("handles", (item) => item).filter(isFileHandle),
    identity: {
      name: identity.text("name"),
      size: identity.count("size"),
      lastModified: identity.number("lastModified"),
    },
    known: orNull(fields, "known", parseKnown),
    pixelSize: orNull(fields, "pixelSize", parsePixelSize),
    state: parseState(fields.fields("state")),
  };
}

function parseKnown(fields: Fields): KnownSlide {
  const fingerprint = fields.fields("fingerprint");
  return {
    fingerprint: {
      sha256: fingerprint.text("sha256"),
      files: fingerprint.list("files", (item, path) => parseFingerprint(new Fields(item, path))),
    },
    width0: fields.count("width0"),
    height0: fields.count("height0"),
    focalPlane: fields.count("focalPlane"),
    pixelSize: orNull(fields, "pixelSize", parsePixelSize),
  };
}

function parseState(fields: Fields): QueuedState {
  const kind = fields.oneOf("kind", ["unread", "waiting", "no-pixel-size", "skipped", "doubtful", "failed", "done"]);
  // What a code says is for the export alone; one of another version would be none of ours.
  if (kind === "failed") return { kind, sentence: fields.text("sentence"), code: null };
  if (kind === "doubtful") return { kind, reasons: fields.texts("reasons") };
  if (kind !== "done") return { kind };
  return { kind, figures: parseFigures(fields.fields("figures")), isAtHand: fields.flag("isAtHand") };
}

function parseFigures(fields: Fields): SlideFigures {
  return {
    packId: fields.text("packId"),
    packName: fields.text("packName"),
    packSha256: fields.text("packSha256"),
    appVersion: fields.text("appVersion"),
    backend: fields.text("backend"),
    startedAt: fields.text("startedAt"),
    seconds: fields.number("seconds"),
    pixelSize: parsePixelSize(fields.fields("pixelSize")),
    measures: orNull(fields, "measures", parseMeasures),
    classes: fields.list("classes", (item, path) => {
      const one = new Fields(item, path);
      return { name: one.text("name"), fraction: one.number("fraction"), mm2: one.numberOrNull("mm2") };
    }),
    found: orNull(fields, "found", (found) => ({
      name: found.text("name"),
      probability: found.number("probability"),
    })),
    trust: orNull(fields, "trust", (trust) => ({
      light: trust.oneOf("light", ["green", "amber", "red"]),
      reasons: trust.texts("reasons"),
    })),
  };
}

function parseMeasures(fields: Fields): MapMeasures {
  return {
    threshold: fields.number("threshold"),
    pixelSizeOrigin:
      fields.value("pixelSizeOrigin") === null
        ? null
        : fields.oneOf<"file" | "assumed">("pixelSizeOrigin", ["file", "assumed"]),
    tissueMm2: fields.numberOrNull("tissueMm2"),
    necrosisMm2: fields.numberOrNull("necrosisMm2"),
    necrosisMm2Range: parseRange(fields, "necrosisMm2Range"),
    necrosisFraction: fields.number("necrosisFraction"),
    necrosisFractionRange: parseRange(fields, "necrosisFractionRange"),
    tissueArea0: fields.number("tissueArea0"),
    necrosisArea0: fields.number("necrosisArea0"),
    focusCount: fields.count("focusCount"),
    focusCountRange: parseRange(fields, "focusCountRange"),
    largestFocusMm2: fields.numberOrNull("largestFocusMm2"),
    medianFocusMm2: fields.numberOrNull("medianFocusMm2"),
    largestFocusDiameterUm: fields.numberOrNull("largestFocusDiameterUm"),
    medianFocusDiameterUm: fields.numberOrNull("medianFocusDiameterUm"),
    fociBySize: fields.list("fociBySize", (item, path) => {
      const one = new Fields(item, path);
      return {
        fromMm2: one.number("fromMm2"),
        toMm2: one.numberOrNull("toMm2"),
        count: one.count("count"),
        areaMm2: one.number("areaMm2"),
      };
    }),
    narrowestRimUm: fields.numberOrNull("narrowestRimUm"),
    medianRimUm: fields.numberOrNull("medianRimUm"),
    fociAtEdge: fields.numberOrNull("fociAtEdge"),
  };
}

function parseRange(fields: Fields, name: string): ThresholdRange | null {
  if (fields.value(name) === null) return null;
  const [atHigher, atLower] = fields.list(name, (item) => item);
  if (typeof atHigher !== "number" || typeof atLower !== "number")
    throw new RangeError(`Expected ${name} to be two numbers`);
  return [atHigher, atLower];
}

function orNull<T>(fields: Fields, name: string, parse: (fields: Fields) => T): T | null {
  return fields.value(name) === null ? null : parse(fields.fields(name));
}
