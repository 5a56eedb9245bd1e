import { AppError, isAbortError, isAppError } from "../engine/base/errors.ts";

/** True for a failure of the worker, not of the slide or the pack: those would fail again anywhere. */
export function isWorthRedoing(error: unknown): boolean {
  if (isAbortError(error)) return false;
  if (!(error instanceof AppError)) return true;
  return isAppError(
    error,
    "workers/crashed",
    "workers/closed",
    "features/run-failed",
    "features/device-lost",
    "analysis/stalled",
  );
}

/** What a worker that does not answer in time is taken for. */
export function lateError(what: "start" | "task", limitMs: number): AppError {
  const seconds = Math.max(1, Math.round(limitMs / 1000));
  const expected = what === "start" ? "the analysis worker to start" : "the analysis worker to finish a part";
  return new AppError(
    "analysis/stalled",
    `Expected ${expected} within ${seconds} s, found no answer; close other programs and try again.`,
    { limitMs },
  );
}

/** The last failure of a worker's start, or of a task, that was tried often enough, for a person. */
export function afterTries(what: "start" | "task", error: unknown, tries: number): AppError {
  const isStalled = isAppError(error, "analysis/stalled");
  const expected = what === "start" ? "an analysis worker to start" : "every part of the slide to be analyzed";
  const found = isStalled ? "got no answer" : "it failed";
  // A worker that does not start may be one whose files a newer version of the page has replaced on the server.
  const first = what === "start" && !isStalled ? "reload the page, " : "";
  return new AppError(
    isStalled ? "analysis/stalled" : "workers/crashed",
    `Expected ${expected}, but ${found} in ${tries} tries on fresh workers; ${first}close other programs or choose a smaller pack, and try again.`,
    { tries },
    { cause: error },
  );
}

/** What a reader should know of parts whose worker failed: nothing, most of the time. */
export function redoneNotes(redone: number): readonly string[] {
  if (redone === 0) return [];
  const parts = redone === 1 ? "a part of the slide, which was" : `${redone} parts of the slide, which were`;
  return [`An analysis worker stopped working on ${parts} computed again by a new one; that changes no result.`];
}
