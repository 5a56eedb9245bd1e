import { focalPlaneWords } from "../../engine/slide/shown-focal-plane.ts";
import { formatFigures } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { retell, t } from "../words/words.ts";

/** Chooses the plane of focus, as the focus wheel of a microscope does. */
export function FocusField({ app: { picture } }: { readonly app: App }) {
  const planes = picture.focalPlanes.value;
  const index = picture.focalPlane.value;
  const offsetUm = planes[index]?.offsetUm ?? null;
  const focusOn = (event: { readonly currentTarget: HTMLInputElement }) =>
    picture.focusOn(event.currentTarget.valueAsNumber);
  return (
    <div class="field slider focus">
      <label for="focus">{t`Focus`}</label>
      <input
        id="focus"
        type="range"
        min={0}
        max={planes.length - 1}
        step={1}
        value={index}
        aria-valuetext={t`plane ${retell(focalPlaneWords({ index, count: planes.length, offsetUm }))}`}
        onInput={focusOn}
        onChange={focusOn}
      />
      <span class="slider-figure figure" aria-hidden="true">
        {offsetUm === null ? `${index + 1} / ${planes.length}` : `${signed(offsetUm)} µm`}
      </span>
    </div>
  );
}

/** "+0.8", "−0.8", "0" */
function signed(offsetUm: number): string {
  const size = formatFigures(Math.abs(offsetUm), 3);
  if (offsetUm === 0) return size;
  return `${offsetUm > 0 ? "+" : "−"}${size}`;
}
