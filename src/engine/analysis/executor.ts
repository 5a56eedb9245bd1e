import type { BackendInfo } from "../features/types.ts";
import type { SupertilePlanes, SupertileTask } from "../patches/types.ts";

/**
 * Something that computes tasks: worker pool in the page, one session in Node, a fake in a test. Of a map the tasks are supertiles, of
 * a classification runs of patches.
 */
export interface Executor<Task = SupertileTask, Found = SupertilePlanes> {
  readonly backend: BackendInfo;
  /** How many tasks it likes to have under way at once. */
  readonly concurrency: number;
  /** What befell the run so far, in sentences for whoever reads the result. */
  readonly notes?: readonly string[];
  /** Rejects with `AbortError` soon after the signal fires; a crashed worker is replaced inside and never seen here. */
  run(task: Task, signal?: AbortSignal): Promise<Found>;
  /** Frees what a long pause need not hold, while no task is under way; the next task brings it back. */
  rest?(): void;
  close(): Promise<void>;
}
