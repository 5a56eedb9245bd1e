import { throwIfAborted } from "../engine/base/errors.ts";
import type { BackendInfo } from "../engine/features/types.ts";
import type { SupertilePlanes, SupertileTask } from "../engine/patches/types.ts";
import type { InferenceHandle, InferenceRole } from "./inference-handle.ts";
import { lateError } from "./pool-errors.ts";
import type { PoolOptions } from "./pool-options.ts";
import { withTimeLimit } from "./time-limit.ts";

/** A worker and its answer to `open`. */
export interface OpenWorker<Task = SupertileTask, Found = SupertilePlanes> {
  readonly handle: InferenceHandle<Task, Found>;
  readonly opened: Promise<BackendInfo>;
}

/** Where one worker sits: started when its first task comes, and again after it died. */
export class Seat<Task = SupertileTask, Found = SupertilePlanes> {
  readonly kind: InferenceRole["kind"];
  #worker: OpenWorker<Task, Found> | null;

  constructor(kind: InferenceRole["kind"], worker: OpenWorker<Task, Found> | null) {
    this.kind = kind;
    this.#worker = worker;
  }

  /** The open worker of this seat; `start` makes one where there is none. Rejects when it does not open. */
  async worker(start: () => OpenWorker<Task, Found>): Promise<InferenceHandle<Task, Found>> {
    this.#worker ??= start();
    const { handle, opened } = this.#worker;
    await opened;
    return handle;
  }

  /** Ends the worker at once, also one that is still opening. */
  end(): void {
    this.#worker?.handle.close();
    this.#worker = null;
  }
}

/** Starts a worker in a role. `opened` rejects with `analysis/stalled` when it takes too long; the caller then closes the handle. */
export function startWorker<Task, Found>(
  options: Pick<PoolOptions<Task, Found>, "startWorker" | "limits" | "signal">,
  role: InferenceRole,
): OpenWorker<Task, Found> {
  throwIfAborted(options.signal);
  const limitMs = role.kind === "webgpu" ? options.limits.openGpuMs : options.limits.openWasmMs;
  const handle = options.startWorker();
  const opened = withTimeLimit(handle.open(role), {
    limitMs,
    late: () => lateError("start", limitMs),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  // Heard by whoever waits for it; a worker that is dropped meanwhile must not be reported as unhandled.
  opened.catch(() => {});
  return { handle, opened };
}
