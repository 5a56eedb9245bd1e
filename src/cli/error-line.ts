import { causeChain, isAppError } from "../engine/base/errors.ts";

/** What went wrong, on one line whatever a file is called; with its causes where nobody foresaw it. */
export function errorLine(error: unknown): string {
  const causes = causeChain(error);
  const text = isAppError(error) ? error.message : causes.join(" ← ");
  return oneLine(text);
}

/** The text without line ends and other control characters, which file names may hold. */
export function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").trim();
}
