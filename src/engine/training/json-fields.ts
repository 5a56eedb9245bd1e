import { AppError } from "../base/errors.ts";

/** Reads the fields of a JSON object one by one; what is missing takes the default, what is wrong or unknown throws `training/bad-config`. */
export interface JsonFields {
  number(name: string, fallback: number, limits?: NumberLimits): number;
  numbers(name: string, fallback: readonly number[], limits?: NumberLimits & { readonly count?: number }): number[];
  /** Null when the field is absent or null. */
  numbersOrNull(name: string, limits?: NumberLimits & { readonly count?: number }): number[] | null;
  text(name: string, fallback: string): string;
  /** Empty when absent. */
  texts(name: string): string[];
  choice<T extends string>(name: string, fallback: T, choices: readonly T[]): T;
  flag(name: string, fallback: boolean): boolean;
  /** Null when the field is absent or null. */
  object(name: string): JsonFields | null;
  list(name: string): JsonFields[] | null;
  /** Throws when the object has a field that nobody asked for. */
  end(): void;
}

export interface NumberLimits {
  readonly min?: number;
  readonly max?: number;
  readonly whole?: boolean;
}

export function jsonFields(value: unknown, path: string): JsonFields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(path, "an object", value);
  const values = new Map<string, unknown>(Object.entries(value));
  const asked = new Set<string>();
  const take = (name: string): unknown => {
    asked.add(name);
    return values.get(name) ?? undefined;
  };
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  return {
    number: (name, fallback, limits = {}) => checkNumber(take(name) ?? fallback, at(name), limits),
    numbers: (name, fallback, limits = {}) => checkNumbers(take(name) ?? fallback, at(name), limits),
    numbersOrNull: (name, limits = {}) => {
      const found = take(name);
      return found === undefined ? null : checkNumbers(found, at(name), limits);
    },
    text: (name, fallback) => {
      const found = take(name) ?? fallback;
      if (typeof found !== "string") throw wrong(at(name), "a text", found);
      return found;
    },
    texts: (name) => {
      const found = take(name) ?? [];
      if (!Array.isArray(found)) throw wrong(at(name), "a list of texts", found);
      return found.map((one: unknown, i) => {
        if (typeof one !== "string") throw wrong(`${at(name)}[${i}]`, "a text", one);
        return one;
      });
    },
    choice: (name, fallback, choices) => {
      const found = take(name) ?? fallback;
      const choice = choices.find((one) => one === found);
      if (choice === undefined) throw wrong(at(name), `one of ${choices.join(", ")}`, found);
      return choice;
    },
    flag: (name, fallback) => {
      const found = take(name) ?? fallback;
      if (typeof found !== "boolean") throw wrong(at(name), "true or false", found);
      return found;
    },
    object: (name) => {
      const found = take(name);
      return found === undefined ? null : jsonFields(found, at(name));
    },
    list: (name) => {
      const found = take(name);
      if (found === undefined) return null;
      if (!Array.isArray(found)) throw wrong(at(name), "a list", found);
      return found.map((one: unknown, i) => jsonFields(one, `${at(name)}[${i}]`));
    },
    end: () => {
      for (const name of values.keys()) {
        if (asked.has(name)) continue;
        const known = [...asked].join(", ");
        throw new AppError("training/bad-config", `Expected fields ${known}, found the unknown field ${at(name)}.`);
      }
    },
  };
}

function checkNumbers(value: unknown, path: string, limits: NumberLimits & { readonly count?: number }): number[] {
  const { count } = limits;
  if (!Array.isArray(value) || value.length === 0 || (count !== undefined && value.length !== count)) {
    throw wrong(path, count === undefined ? "a list of numbers" : `a list of ${count} numbers`, value);
  }
  return value.map((one: unknown, i) => checkNumber(one, `${path}[${i}]`, limits));
}

function checkNumber(value: unknown, path: string, { min = -Infinity, max = Infinity, whole }: NumberLimits): number {
  if (typeof value === "number" && value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? "a whole number" : "a number";
  const range =
    max < Infinity ? ` from ${min} to ${max}` : min > -Infinity ? ` of at least ${Number(min.toPrecision(3))}` : "";
  throw wrong(path, kind + range, value);
}

function wrong(path: string, expected: string, found: unknown): AppError {
  const shown = found === undefined ? "nothing" : JSON.stringify(found).slice(0, 80);
  return new AppError(
    "training/bad-config",
    `Expected ${path || "the training file"} to be ${expected}, found ${shown}.`,
  );
}
