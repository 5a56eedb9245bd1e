import { asChoice, asNumber, asText, type JsonField, member } from "../modelpack/json-field.ts";
import type { PixelSize } from "../slide/types.ts";

const LONGEST = 2000;
/** Pixels along a side: no scanner's slide comes near. */
export const MAX_SIDE = 2 ** 31;

/** A text of a length that a page can show. */
export function asWords(field: JsonField): string {
  return asText(field, {
    test: new RegExp(`^.{0,${LONGEST}}$`, "su"),
    words: `a text of at most ${LONGEST} characters`,
  });
}

export function asFlag(field: JsonField): boolean {
  return asChoice({ ...field, value: String(field.value) }, ["true", "false"]) === "true" && field.value === true;
}

export function asSide(field: JsonField): number {
  return asNumber(field, { min: 1, max: MAX_SIDE, integer: true });
}

/** 0 to 1, but for rounding. */
export function asShare(field: JsonField): number {
  return asNumber(field, { min: -1e-6, max: 1 + 1e-6 });
}

export function asPixelSize(field: JsonField): PixelSize {
  const range = { min: 1e-6, max: 1e6 };
  return {
    mppX: asNumber(member(field, "mppX"), range),
    mppY: asNumber(member(field, "mppY"), range),
    origin: asChoice(member(field, "origin"), ["file", "assumed"]),
  };
}

/** Null where the member is absent or null. */
export function orNull<T>(field: JsonField, parse: (field: JsonField) => T): T | null {
  return field.value === undefined || field.value === null ? null : parse(field);
}
