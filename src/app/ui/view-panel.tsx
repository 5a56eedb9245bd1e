import { useSignal } from "@preact/signals";
import { formatMagnification } from "../report/numbers.ts";
import { magnificationOf } from "../report/scale.ts";
import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import { MAGNIFICATIONS, magnifyTo } from "./commands.ts";
import { parseNumber, typedForm } from "./numbers-typed.ts";

/** Magnifications by name, and any angle. */
export function ViewPanel({ app }: { readonly app: App }) {
  const reading = app.view.reading.value;
  const pixelSize = app.slide.pixelSize.value;
  const magnification =
    reading && pixelSize ? magnificationOf(reading.pixelsPerPixel0, pixelSize, reading.rotation) : null;
  const isTurned = reading !== null && (reading.rotation !== 0 || reading.isFlipped);
  return (
    <fieldset class="view-panel" aria-label={t`Magnification and angle`}>
      <div class="choices">
        {MAGNIFICATIONS.map((power) => (
          <button
            key={power}
            type="button"
            class="chip"
            disabled={!pixelSize}
            aria-pressed={magnification !== null && formatMagnification(magnification) === `${power}x`}
            onClick={() => magnifyTo(app, power)}
          >
            {`${power}x`}
          </button>
        ))}
      </div>
      {!pixelSize && <p class="remark">{t`No magnification while the pixel size is unknown: give it under Slide.`}</p>}
      <div class="view-angle">
        <AngleField app={app} />
        <button type="button" class="plain" disabled={!isTurned} onClick={() => setUpright(app)}>
          {t`Upright`}
        </button>
      </div>
    </fieldset>
  );
}

function AngleField({ app }: { readonly app: App }) {
  const typed = useSignal<string | null>(null);
  const rotation = app.view.reading.value?.rotation ?? 0;
  const take = () => {
    const degrees = typed.value === null ? Number.NaN : parseNumber(typed.value);
    if (Number.isFinite(degrees)) app.view.handle.value?.rotateTo(degrees);
    typed.value = null;
  };
  return (
    <label class="field">
      <span>{t`Angle (°)`}</span>
      <input
        type="text"
        inputMode="decimal"
        autocomplete="off"
        value={typed.value ?? typedForm(Number((rotation % 360).toFixed(1)))}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
        onChange={take}
      />
    </label>
  );
}

function setUpright({ view }: App): void {
  if (view.reading.value?.isFlipped) view.handle.value?.flip();
  view.handle.value?.rotateTo(0);
}
