/** Every way the product refuses or fails, grouped by the folder that says so. */
export type ErrorCode =
  | "slide/empty-file"
  | "slide/unreadable"
  | "slide/not-a-slide"
  | "slide/truncated"
  | "slide/malformed"
  | "slide/cyclic-directory"
  | "slide/too-large"
  | "slide/unsupported-format"
  | "slide/unsupported-compression"
  | "slide/decode-failed"
  | "slide/pixel-size-unknown"
  | "slide/bad-region"
  | "slide/bad-link"
  | "slide/no-ranges"
  | "slide/another-file"
  | "tissue/none-found"
  | "features/bad-model"
  | "features/no-backend"
  | "features/self-test-failed"
  | "features/run-failed"
  | "features/device-lost"
  | "svm/one-class"
  | "svm/bad-input"
  | "svm/not-converged"
  | "modelpack/not-a-pack"
  | "modelpack/newer-version"
  | "modelpack/bad-field"
  | "modelpack/missing-file"
  | "modelpack/hash-mismatch"
  | "heatmap/bad-grid"
  | "annotations/bad-geojson"
  | "evaluation/group-on-both-sides"
  | "analysis/mode-mismatch"
  | "analysis/not-brightfield"
  | "analysis/out-of-range"
  | "analysis/stalled"
  | "training/bad-data"
  | "training/bad-config"
  | "resultfile/not-a-result"
  | "resultfile/truncated"
  | "resultfile/newer-version"
  | "resultfile/tampered"
  | "resultfile/bad-field"
  | "resultfile/too-large"
  | "resultfile/other-slide"
  | "resultfile/no-pack"
  | "workers/crashed"
  | "workers/silent"
  | "workers/closed"
  | "cli/usage"
  | "cli/io"
  | "storage/full"
  | "storage/refused"
  | "storage/newer-version"
  | "app/storage"
  | "app/unexpected";

/**
 * A failure that a person is shown. The message is one English sentence: what was expected, what was found,
 * and, where there is one, the next step. `details` and `cause` stay behind a "details" fold.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    // A message may quote a file, and a terminal would obey what a file puts there.
    super(message.replace(/\p{Cc}+/gu, " "), options);
    this.code = code;
    this.details = details;
  }
}

export function isAppError(error: unknown, ...codes: readonly ErrorCode[]): error is AppError {
  return error instanceof AppError && (codes.length === 0 || codes.includes(error.code));
}

/** True for the error of a cancelled job; it passes through every catch untouched and is never shown. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new DOMException("The job was cancelled.", "AbortError");
}

/** The messages of an error and of its causes, outermost first. */
export function causeChain(error: unknown): string[] {
  const messages: string[] = [];
  for (let current = error, depth = 0; current !== undefined && current !== null && depth < 8; depth++) {
    messages.push(current instanceof Error ? current.message : String(current));
    current = current instanceof Error ? current.cause : undefined;
  }
  return messages;
}
