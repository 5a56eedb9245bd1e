import { AppError } from "../base/errors.ts";

/** The refusals of a result file, each a sentence that names what is wrong. */
export function notAResult(found: string, cause?: unknown): AppError {
  return new AppError(
    "resultfile/not-a-result",
    `Expected a Palisade result file, found ${found}; choose a file that Palisade wrote, its name ends in .palisade.`,
    {},
    { cause },
  );
}

export function cutShort(cause?: unknown): AppError {
  return new AppError(
    "resultfile/truncated",
    "Expected a whole result file, found one that ends too early or is damaged: it was not copied to its end; get it again.",
    {},
    { cause },
  );
}

export function tampered(what: string): AppError {
  return new AppError(
    "resultfile/tampered",
    `Expected the result file as it was written, but ${what}: it was changed or damaged since; get it again from whoever made it.`,
  );
}

export function tooLarge(what: string): AppError {
  return new AppError("resultfile/too-large", `Expected a result file that can be opened, but ${what}.`);
}
