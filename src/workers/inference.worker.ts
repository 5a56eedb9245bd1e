import { expose, transfer } from "comlink";
import type { Executor } from "../engine/analysis/executor.ts";
import { extractorExecutor } from "../engine/analysis/extractor-executor.ts";
import { webBackend } from "../engine/features/backend-web.ts";
import { openChannelExtractor } from "../engine/features/channel-extractor.ts";
import { openExtractor } from "../engine/features/extractor.ts";
import { beginWorker } from "./begin-worker.ts";
import type { InferenceApi, InferenceSetup } from "./inference.api.ts";
import { proveBackend } from "./prove-backend.ts";
import { openSlideInput } from "./slide-input.ts";

let executor: Executor | null = null;

async function openParts(setup: InferenceSetup): Promise<Executor> {
  const { slide: input, pack: loaded, lattice, channels, kind, reason, runtimeBase } = setup;
  const backend = await webBackend({ kind, runtimeBase, ...(reason === null ? {} : { reason }) });
  if (setup.selfTest) await proveBackend(backend, loaded);
  const slide = await openSlideInput(input);
  return extractorExecutor({
    slide,
    lattice,
    extractor: channels
      ? await openChannelExtractor({ backend, loaded, channels })
      : await openExtractor({ backend, loaded }),
    backend: backend.info,
  });
}

const api: InferenceApi = {
  async open(setup) {
    executor = await openParts(setup);
    return executor.backend;
  },
  async run(task) {
    if (!executor) throw new TypeError("run before open");
    const planes = await executor.run(task);
    return transfer(planes, [planes.data.buffer]);
  },
};

beginWorker();
expose(api);
