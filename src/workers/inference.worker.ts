import { expose, transfer } from "comlink";
import type { Executor } from "../engine/analysis/executor.ts";
import { extractorExecutor } from "../engine/analysis/extractor-executor.ts";
import { AppError } from "../engine/base/errors.ts";
import { webBackend } from "../engine/features/backend-web.ts";
import { openExtractor } from "../engine/features/extractor.ts";
import { runSelfTest } from "../engine/features/self-test.ts";
import type { Backend } from "../engine/features/types.ts";
import type { LoadedPack } from "../engine/modelpack/types.ts";
import { blobSource } from "../engine/slide/blob-source.ts";
import { webDecoders } from "../engine/slide/decoders-web.ts";
import { openSlide } from "../engine/slide/open.ts";
import type { InferenceApi, InferenceSetup } from "./inference.api.ts";
import { carryErrors } from "./wire.ts";

let executor: Executor | null = null;

async function openParts(setup: InferenceSetup): Promise<Executor> {
  const { file, pack, lattice, kind, reason, runtimeBase } = setup;
  const backend = await webBackend({ kind, runtimeBase, ...(reason === null ? {} : { reason }) });
  if (setup.selfTest) await prove(backend, pack);
  const slide = await openSlide(blobSource(file, file.name), webDecoders());
  return extractorExecutor({
    slide,
    lattice,
    extractor: await openExtractor({ backend, loaded: pack }),
    backend: backend.info,
  });
}

async function prove(backend: Backend, pack: LoadedPack): Promise<void> {
  const { passed, reason, largestDifference } = await runSelfTest(backend, pack);
  if (!passed) throw new AppError("features/self-test-failed", reason, { largestDifference, backend: backend.info });
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

carryErrors();
expose(api);
