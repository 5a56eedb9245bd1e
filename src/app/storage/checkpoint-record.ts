import type { FinishedTask } from "../../engine/analysis/earlier-work.ts";
import type { PatchRows } from "../../engine/classification/patch-task.ts";
import type { SupertilePlanes } from "../../engine/patches/types.ts";
import type { KeptCheckpoint } from "../state/kept.ts";
import { type Fields, parsed } from "./fields.ts";
import { parseSubject } from "./subject-record.ts";

const VERSION = 1;

export function checkpointRecord(checkpoint: KeptCheckpoint): unknown {
  return { version: VERSION, slide: checkpoint.subject.slide, ...checkpoint };
}

export function parseCheckpoint(value: unknown): KeptCheckpoint | null {
  return parsed(value, (fields) => {
    if (fields.count("version") > VERSION) throw new RangeError("a newer record");
    return {
      key: fields.text("key"),
      subject: parseSubject(fields.fields("subject")),
      plan: fields.text("plan"),
      done: fields.count("done"),
      total: fields.count("total"),
      seconds: fields.number("seconds"),
      updatedAt: fields.number("updatedAt"),
    };
  });
}

/** A batch of finished tasks; their numbers as typed arrays, so that they are written without being turned into anything else. */
export function partRecord(checkpoint: string, tasks: readonly FinishedTask<unknown>[]): unknown {
  return { version: VERSION, checkpoint, tasks };
}

/** The tasks of a batch that are whole; others are computed again. */
export function parsePart<Found>(value: unknown, parseFound: (fields: Fields) => Found): FinishedTask<Found>[] {
  const tasks = parsed(value, (fields) => {
    if (fields.count("version") > VERSION) throw new RangeError("a newer record");
    return fields.list("tasks", (item) =>
      parsed(item, (task) => ({
        id: task.count("id"),
        found: parseFound(task.fields("found")),
        backend: task.oneOf("backend", ["WebGPU", "WASM", "native"]),
      })),
    );
  });
  return tasks?.filter((task) => task !== null) ?? [];
}

export function parsePlanes(fields: Fields): SupertilePlanes {
  const found = {
    planes: fields.count("planes"),
    cols: fields.count("cols"),
    rows: fields.count("rows"),
    data: floats(fields),
  };
  if (found.data.length !== found.planes * found.cols * found.rows || !found.data.every(Number.isFinite)) {
    throw new RangeError("Expected planes of finite numbers");
  }
  return found;
}

export function parseRows(fields: Fields): PatchRows {
  const found = {
    kept: Uint8Array.from(fields.instance("kept", Uint8Array)),
    data: floats(fields),
  };
  if (!found.data.every(Number.isFinite)) throw new RangeError("Expected finite features");
  return found;
}

/** The numbers as they lie, not copied: there may be hundreds of megabytes of them. */
function floats(fields: Fields): Float32Array<ArrayBuffer> {
  const { buffer, byteOffset, length } = fields.instance("data", Float32Array);
  if (!(buffer instanceof ArrayBuffer)) throw new RangeError("Expected numbers of one's own");
  return new Float32Array(buffer, byteOffset, length);
}
