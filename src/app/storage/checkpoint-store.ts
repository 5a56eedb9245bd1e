import { type EarlierTasks, type KeptBatch, type KeptCheckpoint, type RunSubject, subjectKey } from "../state/kept.ts";
import {
  checkpointRecord,
  parseCheckpoint,
  parsePart,
  parsePlanes,
  parseRows,
  partRecord,
} from "./checkpoint-record.ts";
import type { PalisadeDatabase } from "./schema.ts";

/** What is written must be on the disk when the power is cut. */
const STRICT = { durability: "strict" } as const;

/** Adds a batch; of another plan than the tasks that are there, it takes their place. */
export async function appendTasks(
  database: PalisadeDatabase,
  subject: RunSubject,
  batch: KeptBatch,
): Promise<KeptCheckpoint> {
  const key = subjectKey(subject);
  const transaction = database.transaction(["checkpoints", "checkpointParts"], "readwrite", STRICT);
  const checkpoints = transaction.objectStore("checkpoints");
  const parts = transaction.objectStore("checkpointParts");
  const before = parseCheckpoint(await checkpoints.get(key));
  const isSamePlan = before?.plan === batch.plan;
  if (!isSamePlan) for (const old of await parts.index("checkpoint").getAllKeys(key)) void parts.delete(old);
  const { plan, total, seconds, tasks } = batch;
  const done = Math.min(total, (isSamePlan ? before.done : 0) + tasks.length);
  const checkpoint = { key, subject, plan, done, total, seconds, updatedAt: Date.now() };
  void checkpoints.put(checkpointRecord(checkpoint), key);
  void parts.add(partRecord(key, tasks));
  await transaction.done;
  return checkpoint;
}

export async function checkpointsOf(database: PalisadeDatabase, slide: string): Promise<KeptCheckpoint[]> {
  return wholeOnes(await database.getAllFromIndex("checkpoints", "slide", slide));
}

/** Newest first. */
export function wholeOnes(records: readonly unknown[]): KeptCheckpoint[] {
  const found = records.map(parseCheckpoint).filter((checkpoint) => checkpoint !== null);
  return found.toSorted((a, b) => b.updatedAt - a.updatedAt);
}

export async function earlierTasksOf(database: PalisadeDatabase, key: string): Promise<EarlierTasks | null> {
  const checkpoint = parseCheckpoint(await database.get("checkpoints", key));
  if (!checkpoint) return null;
  const parts = await database.getAllFromIndex("checkpointParts", "checkpoint", key);
  const { plan, seconds } = checkpoint;
  return checkpoint.subject.kind === "map"
    ? { kind: "map", work: { plan, seconds, tasks: parts.flatMap((part) => parsePart(part, parsePlanes)) } }
    : { kind: "class", work: { plan, seconds, tasks: parts.flatMap((part) => parsePart(part, parseRows)) } };
}

export async function deleteCheckpoints(database: PalisadeDatabase, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const transaction = database.transaction(["checkpoints", "checkpointParts"], "readwrite");
  const parts = transaction.objectStore("checkpointParts");
  for (const key of keys) {
    void transaction.objectStore("checkpoints").delete(key);
    for (const part of await parts.index("checkpoint").getAllKeys(key)) void parts.delete(part);
  }
  await transaction.done;
}
