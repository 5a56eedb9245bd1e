import { AppError, type ErrorCode } from "../base/errors.ts";

/** A value of a JSON file with its place, such as `sampling.windows[1]`. */
export interface JsonField {
  readonly value: unknown;
  readonly path: string;
  /** Default: pack.json. */
  readonly document?: JsonDocument;
}

/** The file that a refusal names, and its code. */
export interface JsonDocument {
  readonly file: string;
  readonly code: ErrorCode;
}

const PACK_JSON: JsonDocument = { file: "pack.json", code: "modelpack/bad-field" };

export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

/** The refusal of a field: where, what was expected, what was found. */
export function badField(field: JsonField, expected: string): AppError {
  const { file, code } = field.document ?? PACK_JSON;
  return new AppError(code, `Expected ${field.path} in ${file} to be ${expected}, found ${show(field.value)}.`, {
    field: field.path,
  });
}

/** A member of an object; its value is undefined where it is absent. Throws `badField` for anything but an object. */
export function member(field: JsonField, key: string): JsonField {
  const path = field.path === "" ? key : `${field.path}.${key}`;
  const record = asRecord(field);
  return { ...field, value: Object.hasOwn(record, key) ? record[key] : undefined, path };
}

export function asRecord(field: JsonField): Readonly<Record<string, unknown>> {
  if (typeof field.value !== "object" || field.value === null || Array.isArray(field.value)) {
    throw badField(field, "an object");
  }
  // A plain object of JSON: its keys are strings, its values unknown.
  return field.value as Readonly<Record<string, unknown>>;
}

export function asText(field: JsonField, pattern?: { readonly test: RegExp; readonly words: string }): string {
  if (typeof field.value !== "string") throw badField(field, pattern?.words ?? "a text");
  if (pattern && !pattern.test.test(field.value)) throw badField(field, pattern.words);
  return field.value;
}

export function asNumber(field: JsonField, range: NumberRange = {}): number {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, integer = false } = range;
  const { value } = field;
  const isFit = typeof value === "number" && Number.isFinite(value) && value >= min && value <= max;
  if (!isFit || (integer && !Number.isInteger(value))) throw badField(field, describeRange(min, max, integer));
  return value;
}

export function asChoice<T extends string>(field: JsonField, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === field.value);
  if (found === undefined) throw badField(field, choices.map((choice) => `"${choice}"`).join(" or "));
  return found;
}

export function asList<T>(
  field: JsonField,
  parseItem: (item: JsonField) => T,
  count: { readonly min?: number; readonly max?: number } = {},
): T[] {
  const { min = 0, max = Number.POSITIVE_INFINITY } = count;
  const { value } = field;
  if (!Array.isArray(value)) throw badField(field, "a list");
  if (value.length < min || value.length > max) {
    const expected = min === max ? `a list of ${min}` : `a list of ${min} to ${max} values`;
    throw badField({ ...field, value: `${value.length} values` }, expected);
  }
  return value.map((item: unknown, index) => parseItem({ ...field, value: item, path: `${field.path}[${index}]` }));
}

function describeRange(min: number, max: number, integer: boolean): string {
  const kind = integer ? "a whole number" : "a number";
  if (min > Number.NEGATIVE_INFINITY && max < Number.POSITIVE_INFINITY) return `${kind} from ${min} to ${max}`;
  if (min > Number.NEGATIVE_INFINITY) return `${kind} of at least ${min}`;
  return max < Number.POSITIVE_INFINITY ? `${kind} of at most ${max}` : kind;
}

function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
