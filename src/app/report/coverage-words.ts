import { type CoverageState, READING_MAGNIFICATION, READING_SCALE } from "../state/coverage.ts";
import { t, withLocalMark } from "../words/words.ts";
import { formatMagnification, formatWhole } from "./numbers.ts";

/** How closely a field must be seen to count: "10x", or "0.5 screen pixels a slide pixel" where the pixel size is unknown. */
export function readingWords(hasPixelSize: boolean): string {
  return hasPixelSize
    ? formatMagnification(READING_MAGNIFICATION)
    : t`${withLocalMark(String(READING_SCALE))} screen pixels for each pixel of the slide`;
}

/** "34 % of the tissue seen at 10x or more"; null without a slide. */
export function coverageWords(coverage: CoverageState, hasPixelSize: boolean): string | null {
  const part = coverage.part.value;
  if (!part) return null;
  const share = part.fraction > 0 && part.fraction < 0.01 ? t`Less than 1 %` : formatWhole(part.fraction);
  const closely = readingWords(hasPixelSize);
  return part.of === "tissue"
    ? t`${share} of the tissue seen at ${closely} or more`
    : t`${share} of the slide seen at ${closely} or more`;
}
