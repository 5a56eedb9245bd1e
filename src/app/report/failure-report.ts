import { isAppError } from "../../engine/base/errors.ts";
import type { BackendInfo } from "../../engine/features/types.ts";
import { struckOut } from "./strike-out.ts";

export interface ReportFacts {
  readonly appVersion: string;
  /** As the browser calls itself. */
  readonly browser: string;
  readonly backend: BackendInfo | null;
}

const MOST_CAUSES = 5;
const MOST_PLACES = 8;

/**
 * A failure as a text for a ticket: versions, code, numbers, causes, and where in the program each arose. It holds nothing about a
 * patient: no file name, no path, no property of a slide. `hidden`: names of files that the page has seen.
 */
export function failureReport(error: unknown, facts: ReportFacts, hidden: Iterable<string>): string {
  const names = [...hidden];
  const { backend } = facts;
  return [
    "Palisade: report of a failure",
    `Version: ${facts.appVersion}`,
    `Browser: ${facts.browser}`,
    `Backend: ${backend ? [backend.name, backend.device, backend.runtime].filter((word) => word).join(", ") : "not known"}`,
    `Code: ${isAppError(error) ? error.code : "unforeseen"}`,
    ...numbersOf(error),
    ...causesOf(error).flatMap((cause, i) => [`${i + 1}. ${wordsOf(cause, names)}`, ...placesOf(cause)]),
  ].join("\n");
}

/** Of the details only numbers and claims: texts may quote the file. */
function numbersOf(error: unknown): string[] {
  if (!isAppError(error)) return [];
  const plain = Object.entries(error.details).filter(([, value]) => ["number", "boolean"].includes(typeof value));
  return plain.length > 0 ? [`Details: ${plain.map(([name, value]) => `${name} ${String(value)}`).join(", ")}`] : [];
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let cause = error; cause !== undefined && cause !== null && causes.length < MOST_CAUSES; ) {
    causes.push(cause);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return causes;
}

function wordsOf(cause: unknown, names: readonly string[]): string {
  if (!(cause instanceof Error)) return struckOut(String(cause), names);
  return `${cause.name}: ${struckOut(cause.message, names)}`;
}

/** Files of the program with line and column, from the stack; what else stands there is left out. */
function placesOf(cause: unknown): string[] {
  if (!(cause instanceof Error)) return [];
  // A stack begins with the message, which may hold anything.
  const stack = (cause.stack ?? "").replace(cause.message, "");
  const places = stack.match(/(?<=\/(?:assets|src)\/(?:[\w-]+\/)*)[\w.-]+\.(?:js|tsx?)(?:\?[\w=&]*)?:\d+:\d+/g) ?? [];
  return places.slice(0, MOST_PLACES).map((place) => `   at ${place}`);
}
