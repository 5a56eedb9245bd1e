import type { KeptSpeed, SpeedStore } from "../state/speeds.ts";
import type { DatabaseAccess } from "./database.ts";
import { type Fields, parsed } from "./fields.ts";

const KEY = "speeds";
const VERSION = 1;
const BACKENDS = ["WebGPU", "WASM", "native"] as const;

/** How fast this computer was measured to be, beside the settings: it belongs to the computer and to no slide. */
export function speedStore(access: Pick<DatabaseAccess, "run">): SpeedStore {
  return {
    async load() {
      try {
        return parseSpeeds(await access.run((database) => database.get("settings", KEY)));
      } catch {
        return [];
      }
    },
    async save(speeds) {
      try {
        await access.run((database) => database.put("settings", { version: VERSION, speeds }, KEY));
      } catch {
        // Without it the next visit measures again.
      }
    },
  };
}

/** Measurements as kept; a damaged or newer record counts as none. */
export function parseSpeeds(value: unknown): readonly KeptSpeed[] {
  const speeds = parsed(value, (fields) => {
    if (fields.count("version") > VERSION) throw new RangeError("newer");
    return fields.list("speeds", (item) => parsed(item, parseSpeed)).filter((speed) => speed !== null);
  });
  return speeds ?? [];
}

function parseSpeed(fields: Fields): KeptSpeed {
  return {
    packSha256: fields.text("packSha256"),
    backend: fields.oneOf("backend", BACKENDS),
    expected: fields.oneOf("expected", BACKENDS),
    device: fields.text("device"),
    threads: fields.count("threads"),
    measuredAt: fields.number("measuredAt"),
    pixelsPerSecond: above0(fields.number("pixelsPerSecond")),
    concurrency: above0(fields.count("concurrency")),
    startSeconds: Math.max(0, fields.number("startSeconds")),
  };
}

function above0(value: number): number {
  if (value > 0) return value;
  throw new RangeError(`Expected a number above 0, found ${value}`);
}
