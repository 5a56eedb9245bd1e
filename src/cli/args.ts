import { type ParseArgsConfig, parseArgs } from "node:util";
import { AppError } from "../engine/base/errors.ts";

/** Options of one command, for node:util's parseArgs. */
export type OptionsConfig = NonNullable<ParseArgsConfig["options"]>;

/**
 * Strict parsing of a command's arguments. Throws `cli/usage`, with the command's usage, for an unknown option or one
 * without its value.
 */
export function parseCommandArgs<const T extends OptionsConfig>(
  args: string[],
  options: T,
  usage: string,
): ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>> {
  try {
    return parseArgs({ args: joinNegatives(args), options, allowPositionals: true, strict: true });
  } catch (cause) {
    const found = cause instanceof Error ? (cause.message.split(". ")[0] ?? cause.message) : String(cause);
    throw usageError(`${found}.`, usage, cause);
  }
}

/** `--x -5` as `--x=-5`: parseArgs would take the number for another option. */
function joinNegatives(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1);
    if (before?.startsWith("--") && !before.includes("=") && /^-[\d.]/.test(arg))
      joined[joined.length - 1] += `=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

/** `cli/usage` with the usage in the same line. */
export function usageError(sentence: string, usage: string, cause?: unknown): AppError {
  const line = usage.replace(/\s+/g, " ").trim();
  return new AppError("cli/usage", `${sentence} Usage: ${line}`, {}, { cause });
}

/** The number of an option such as `--mpp 0.5`; undefined when it was not given. Throws `cli/usage`. */
export function numberOption(
  value: string | undefined,
  name: string,
  limits: { readonly min?: number; readonly max?: number; readonly isWhole?: boolean } = {},
): number | undefined {
  if (value === undefined) return undefined;
  const number = value.trim() === "" ? Number.NaN : Number(value);
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, isWhole = false } = limits;
  if (Number.isFinite(number) && number >= min && number <= max && (!isWhole || Number.isInteger(number))) {
    return number;
  }
  const kind = isWhole ? "a whole number" : "a number";
  const from = min > Number.NEGATIVE_INFINITY ? ` from ${min}` : "";
  const to = max < Number.POSITIVE_INFINITY ? ` to ${max}` : from === "" ? "" : " up";
  throw new AppError("cli/usage", `Expected ${kind}${from}${to} after --${name}, found "${value}".`);
}

/** An option that must be given. Throws `cli/usage`. */
export function requiredOption<T>(value: T | undefined, name: string, usage: string): T {
  if (value !== undefined) return value;
  throw usageError(`Expected --${name}, found none.`, usage);
}

/** The one positional argument of a command. Throws `cli/usage`. */
export function onePositional(positionals: readonly string[], what: string, usage: string): string {
  const [first] = positionals;
  if (first !== undefined && positionals.length === 1) return first;
  throw usageError(`Expected one ${what}, found ${positionals.length}.`, usage);
}
