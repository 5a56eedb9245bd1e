import { AppError } from "../engine/base/errors.ts";
import { runSelfTest } from "../engine/features/self-test.ts";
import type { Backend } from "../engine/features/types.ts";
import type { LoadedPack } from "../engine/modelpack/types.ts";

/** Throws `features/self-test-failed` unless the backend computes as the pack was tested. */
export async function proveBackend(backend: Backend, pack: LoadedPack): Promise<void> {
  const { passed, reason, largestDifference } = await runSelfTest(backend, pack);
  if (!passed) throw new AppError("features/self-test-failed", reason, { largestDifference, backend: backend.info });
}
