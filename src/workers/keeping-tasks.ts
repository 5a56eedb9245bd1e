import { transfer } from "comlink";
import type { TaskReport } from "../engine/analysis/earlier-work.ts";
import type { PatchRows } from "../engine/classification/patch-task.ts";
import type { SupertilePlanes } from "../engine/patches/types.ts";
import { type OnTasks, TaskBatches } from "./task-batches.ts";

/** A run that ended waits so long for its last tasks to be kept. */
const LAST_MS = 2000;

export function buffersOfPlanes({ data }: SupertilePlanes): ArrayBuffer[] {
  return [data.buffer];
}

export function buffersOfRows({ kept, data }: PatchRows): ArrayBuffer[] {
  return [kept.buffer, data.buffer];
}

/**
 * Runs `work` and sends what it finishes to `onTasks` in batches, transferred. A run that fails or is cancelled has its last tasks kept
 * before it ends, and so has one whose result `isUnfinished`; one that is done needs them no longer. `null` where nothing is kept.
 */
export async function keepingTasks<Found, T>(
  onTasks: OnTasks<Found> | null,
  buffersOf: (found: Found) => ArrayBuffer[],
  work: (onTask: ((report: TaskReport<Found>) => void) | null) => Promise<T>,
  isUnfinished: (result: T) => boolean = () => false,
): Promise<T> {
  if (!onTasks) return work(null);
  const batches = new TaskBatches<Found>(
    async (batch) =>
      onTasks(
        transfer(
          batch,
          batch.tasks.flatMap(({ found }) => buffersOf(found)),
        ),
      ),
    (found) => buffersOf(found).reduce((sum, { byteLength }) => sum + byteLength, 0),
  );
  try {
    const result = await work((report) => batches.add(report));
    if (isUnfinished(result)) await keepLast(batches);
    batches.close();
    return result;
  } catch (error) {
    await keepLast(batches);
    batches.close();
    throw error;
  }
}

async function keepLast(batches: Pick<TaskBatches<never>, "flush">): Promise<void> {
  await Promise.race([batches.flush(), new Promise((resolve) => setTimeout(resolve, LAST_MS))]);
}
