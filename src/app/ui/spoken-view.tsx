import { useSignal, useSignalEffect } from "@preact/signals";
import { formatAngle, formatInteger, formatMagnification } from "../report/numbers.ts";
import { magnificationOf } from "../report/scale.ts";
import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import { confidenceWords } from "./confidence-words.ts";

/** The view is said once it rests. */
const REST_MS = 400;

/** For those who hear the page: how the slide stands, and what lies under the cross-hair that the keyboard moves. */
export function SpokenView({ app }: { readonly app: App }) {
  const said = useSignal("");
  useSignalEffect(() => {
    const words = viewWords(app);
    const timer = setTimeout(() => {
      said.value = words;
    }, REST_MS);
    return () => clearTimeout(timer);
  });
  return (
    <span class="out-of-sight" role="status" aria-label={t`View`}>
      {said.value}
    </span>
  );
}

function viewWords(app: App): string {
  const reading = app.view.reading.value;
  if (!reading) return "";
  const { pixelsPerPixel0, rotation, isFlipped } = reading;
  const pixelSize = app.slide.pixelSize.value;
  const cursor = app.view.cursor.value;
  const parts = [
    pixelSize && formatMagnification(magnificationOf(pixelsPerPixel0, pixelSize, rotation)),
    rotation !== 0 && t`turned by ${formatAngle(rotation)}`,
    isFlipped && t`mirrored`,
    cursor?.by === "keys" && `x ${formatInteger(cursor.x0)}, y ${formatInteger(cursor.y0)}`,
    cursor?.by === "keys" && confidenceWords(app, cursor),
  ];
  return parts.filter((part) => typeof part === "string").join(", ");
}
