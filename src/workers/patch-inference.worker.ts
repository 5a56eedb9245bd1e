import { expose, transfer } from "comlink";
import { openPatchExecutor, type PatchExecutor } from "../engine/classification/patch-executor.ts";
import { webBackend } from "../engine/features/backend-web.ts";
import { beginWorker } from "./begin-worker.ts";
import type { PatchInferenceApi, PatchInferenceSetup } from "./patch-inference.api.ts";
import { proveBackend } from "./prove-backend.ts";
import { openSlideInput } from "./slide-input.ts";

let executor: PatchExecutor | null = null;

async function openParts(setup: PatchInferenceSetup): Promise<PatchExecutor> {
  const { slide: input, pack: loaded, grid, kind, reason, runtimeBase } = setup;
  const backend = await webBackend({ kind, runtimeBase, ...(reason === null ? {} : { reason }) });
  if (setup.selfTest) await proveBackend(backend, loaded);
  const slide = await openSlideInput(input);
  return openPatchExecutor({ slide, grid, loaded, backend });
}

const api: PatchInferenceApi = {
  async open(setup) {
    executor = await openParts(setup);
    return executor.backend;
  },
  async run(task) {
    if (!executor) throw new TypeError("run before open");
    const rows = await executor.run(task);
    return transfer(rows, [rows.data.buffer, rows.kept.buffer]);
  },
};

beginWorker();
expose(api);
