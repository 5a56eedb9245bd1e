import { AppError } from "../engine/base/errors.ts";
import { nodeBackend } from "../engine/features/backend-node.ts";
import { runSelfTest } from "../engine/features/self-test.ts";
import type { Backend } from "../engine/features/types.ts";
import type { LoadedPack } from "../engine/modelpack/types.ts";

/** The backend of this computer, proven on the pack's self-test. Throws `features/self-test-failed`. */
export async function openProvenBackend(loaded: LoadedPack): Promise<Backend> {
  const backend = await nodeBackend();
  const { passed, reason, largestDifference } = await runSelfTest(backend, loaded);
  if (passed) return backend;
  throw new AppError(
    "features/self-test-failed",
    `Expected ${backend.info.runtime} to compute as the pack "${loaded.pack.name}" was tested, found otherwise: ${reason}; get the pack again, or run it on another computer.`,
    { largestDifference, backend: backend.info },
  );
}
