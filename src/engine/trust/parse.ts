import { LIGHTS, TRUST_CHECKS, type TrustCheck, type TrustReport } from "./types.ts";

/** Characters of a sentence or a fact, at most. */
const LONGEST = 1000;
const MOST_ENTRIES = 64;

/** Reads a report of which nothing is known but that it was once written. Throws `RangeError` that names the field. */
export function parseTrustReport(value: unknown): TrustReport {
  const fields = objectAt(value, "trust");
  if (fields["version"] !== 1) throw wrong("trust.version", "1");
  return {
    version: 1,
    packId: text(fields["packId"], "trust.packId"),
    when: oneOf(fields["when"], ["before", "after"], "trust.when"),
    light: oneOf(fields["light"], LIGHTS, "trust.light"),
    checks: list(fields["checks"], "trust.checks").map(parseCheck),
    isOverruled: flag(fields["isOverruled"], "trust.isOverruled"),
  };
}

function parseCheck(value: unknown, index: number): TrustCheck {
  const path = `trust.checks[${index}]`;
  const fields = objectAt(value, path);
  const facts = Object.entries(objectAt(fields["facts"], `${path}.facts`));
  if (facts.length > MOST_ENTRIES) throw wrong(`${path}.facts`, "fewer");
  return {
    id: oneOf(fields["id"], TRUST_CHECKS, `${path}.id`),
    light: oneOf(fields["light"], LIGHTS, `${path}.light`),
    reason: text(fields["reason"], `${path}.reason`),
    facts: Object.fromEntries(
      facts.map(([name, fact]) => [name, fact === null ? null : numberOrText(fact, `${path}.facts.${name}`)]),
    ),
  };
}

function objectAt(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(path, "an object");
  return Object.fromEntries(Object.entries(value));
}

function list(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length > MOST_ENTRIES) throw wrong(path, "a list");
  return value;
}

function text(value: unknown, path: string): string {
  if (typeof value !== "string" || value.length > LONGEST) throw wrong(path, "a text");
  return value;
}

function numberOrText(value: unknown, path: string): number | string {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  return text(value, path);
}

function oneOf<T extends string>(value: unknown, choices: readonly T[], path: string): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw wrong(path, choices.join(", "));
  return found;
}

function flag(value: unknown, path: string): boolean {
  if (typeof value !== "boolean") throw wrong(path, "true or false");
  return value;
}

function wrong(path: string, expected: string): RangeError {
  return new RangeError(`Expected ${path} to be ${expected}.`);
}
