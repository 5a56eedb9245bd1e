import { constants } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import { AppError } from "../engine/base/errors.ts";

/** Makes a folder unless it is there, and sees that files can be put into it before any work is done. Throws `cli/io`. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      "cli/io",
      `Expected a folder for the results at ${folder}, but it cannot be made or written to (${why}).`,
      {},
      { cause },
    );
  }
}
