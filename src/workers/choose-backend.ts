import { AppError, isAbortError, isAppError } from "../engine/base/errors.ts";
import type { BackendInfo } from "../engine/features/types.ts";
import type { WebGpuProbe } from "../engine/features/web-gpu.ts";
import type { SupertilePlanes, SupertileTask } from "../engine/patches/types.ts";
import type { BackendChoice } from "./analysis.api.ts";
import type { InferenceRole } from "./inference-handle.ts";
import { afterTries, isWorthRedoing } from "./pool-errors.ts";
import type { PoolOptions } from "./pool-options.ts";
import { type OpenWorker, startWorker } from "./seat.ts";
import { withTimeLimit } from "./time-limit.ts";

/** A worker that has opened the pack and passed its self-test. */
export interface FirstWorker<Task = SupertileTask, Found = SupertilePlanes> {
  readonly kind: InferenceRole["kind"];
  readonly backend: BackendInfo;
  readonly worker: OpenWorker<Task, Found>;
}

/**
 * WebGPU where an adapter answers and the self-test passes on it; else wasm, with the reason. `webgpu` alone asks for no fallback
 * and throws what went wrong: `features/no-backend`, `features/self-test-failed`, `analysis/stalled`.
 */
export async function chooseBackend<Task, Found>(options: PoolOptions<Task, Found>): Promise<FirstWorker<Task, Found>> {
  if (options.choice === "wasm") return openWasm(options, null);
  const probe = await probeInTime(options.probe, options.limits.probeMs);
  if (!probe.ok) return withoutGpu(options, noAdapter(probe), probe.reason);
  try {
    return await openFirst(options, { kind: "webgpu", reason: null, selfTest: true });
  } catch (error) {
    if (isAbortError(error)) throw error;
    const why = isAppError(error) ? error.message : String(error);
    return withoutGpu(options, error, `WebGPU (${probe.device}) could not be used: ${why}`);
  }
}

/** What `chooseBackend` would try first, without starting anything. */
export async function probeChoice(
  choice: BackendChoice,
  probe: () => Promise<WebGpuProbe>,
  limitMs: number,
): Promise<BackendInfo> {
  const wasm: BackendInfo = { name: "WASM", reason: "WebAssembly was asked for", device: "CPU", runtime: "" };
  if (choice === "wasm") return wasm;
  const found = await probeInTime(probe, limitMs);
  if (found.ok) return { name: "WebGPU", reason: found.reason, device: found.device, runtime: "" };
  if (choice === "webgpu") throw noAdapter(found);
  return { ...wasm, reason: found.reason };
}

function withoutGpu<Task, Found>(
  options: PoolOptions<Task, Found>,
  error: unknown,
  reason: string,
): Promise<FirstWorker<Task, Found>> {
  if (options.choice === "webgpu") throw error;
  return openWasm(options, reason);
}

async function openWasm<Task, Found>(
  options: PoolOptions<Task, Found>,
  reason: string | null,
): Promise<FirstWorker<Task, Found>> {
  for (let redone = 0; ; redone++) {
    try {
      return await openFirst(options, { kind: "wasm", reason, selfTest: true });
    } catch (error) {
      if (!isWorthRedoing(error)) throw error;
      if (redone >= options.redoAtMost) throw afterTries("start", error, redone + 1);
    }
  }
}

async function openFirst<Task, Found>(
  options: PoolOptions<Task, Found>,
  role: InferenceRole,
): Promise<FirstWorker<Task, Found>> {
  const worker = startWorker(options, role);
  try {
    return { kind: role.kind, backend: await worker.opened, worker };
  } catch (error) {
    worker.handle.close();
    throw error;
  }
}

/** A driver that never answers counts as none. */
async function probeInTime(probe: () => Promise<WebGpuProbe>, limitMs: number): Promise<WebGpuProbe> {
  try {
    return await withTimeLimit(probe(), { limitMs, late: () => new Error("The WebGPU driver does not answer") });
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error), device: "" };
  }
}

function noAdapter(probe: WebGpuProbe): AppError {
  return new AppError(
    "features/no-backend",
    `Expected a WebGPU adapter, found none: ${probe.reason}; choose WASM or leave the choice to the page.`,
  );
}
