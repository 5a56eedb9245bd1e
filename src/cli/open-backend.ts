import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { AppError, isAppError } from "../engine/base/errors.ts";
import { nodeBackend } from "../engine/features/backend-node.ts";
import { webBackend } from "../engine/features/backend-web.ts";
import { runSelfTest } from "../engine/features/self-test.ts";
import type { Backend } from "../engine/features/types.ts";
import type { LoadedPack } from "../engine/modelpack/types.ts";

/**
 * Native onnxruntime, or its wasm build on a computer for which there is no native one, proven on the pack's self-test.
 * Throws `features/self-test-failed`, `features/no-backend`.
 */
export async function openProvenBackend(loaded: LoadedPack): Promise<Backend> {
  const backend = await nativeElseWasm();
  const { passed, reason, largestDifference } = await runSelfTest(backend, loaded);
  if (passed) return backend;
  throw new AppError(
    "features/self-test-failed",
    `Expected ${backend.info.runtime} to compute as the pack "${loaded.pack.name}" was tested, found otherwise: ${reason}; get the pack again, or run it on another computer.`,
    { largestDifference, backend: backend.info },
  );
}

async function nativeElseWasm(): Promise<Backend> {
  try {
    return await nodeBackend();
  } catch (error) {
    if (!isAppError(error, "features/no-backend")) throw error;
    const entry = createRequire(import.meta.url).resolve("onnxruntime-web/wasm");
    const runtimeBase = pathToFileURL(join(dirname(entry), "/")).href;
    return webBackend({ kind: "wasm", runtimeBase, reason: "There is no native onnxruntime for this computer" });
  }
}
