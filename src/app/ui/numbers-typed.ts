import { withLocalMark } from "../report/numbers.ts";

/** As it would be typed in the shown language: "0.25", "0,25". */
export function typedForm(value: number): string {
  return withLocalMark(String(value));
}

/** Reads "0,25" and "0.25" alike; anything else is NaN. */
export function parseNumber(text: string): number {
  const trimmed = text.trim().replace(",", ".");
  return trimmed === "" ? Number.NaN : Number(trimmed);
}
