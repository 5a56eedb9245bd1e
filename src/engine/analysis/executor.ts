import type { BackendInfo } from "../features/types.ts";
import type { SupertilePlanes, SupertileTask } from "../patches/types.ts";

/** Something that computes supertiles: worker pool in the page, one session in Node, a fake in a test. */
export interface Executor {
  readonly backend: BackendInfo;
  /** How many tasks it likes to have under way at once. */
  readonly concurrency: number;
  /** Rejects with `AbortError` soon after the signal fires; a crashed worker is replaced inside and never seen here. */
  run(task: SupertileTask, signal?: AbortSignal): Promise<SupertilePlanes>;
  close(): Promise<void>;
}
