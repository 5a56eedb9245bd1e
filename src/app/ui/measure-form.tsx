import { useSignal } from "@preact/signals";
import { formatFigures, formatInteger } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import type { AssumedSize } from "../state/pixel-size.ts";
import { t } from "../words/words.ts";
import { parseNumber } from "./numbers-typed.ts";

const UNITS = { µm: 1, mm: 1000 } as const;

interface MeasureFormProps {
  readonly app: App;
  readonly onMeasured: (size: AssumedSize) => void;
}

/** The pixel size by a line over something of known length. */
export function MeasureForm({ app, onMeasured }: MeasureFormProps) {
  const { measure } = app;
  const text = useSignal("");
  const unit = useSignal<keyof typeof UNITS>("µm");
  if (measure.mode.value.kind === "off") {
    return (
      <button type="button" class="plain" onClick={() => measure.start()}>
        {t`Measure a known length`}
      </button>
    );
  }
  const lengthPx = measure.lengthPx.value;
  const typed = parseNumber(text.value);
  const size = typed > 0 ? measure.sizeOf(typed * UNITS[unit.value]) : null;
  const use = () => {
    if (!size) return;
    onMeasured(size);
    measure.stop();
  };
  return (
    <div class="measure">
      <p role="status">
        {lengthPx === null
          ? t`Drag a line on the slide over something whose length you know, such as a scale bar. Esc stops.`
          : t`The line is ${formatInteger(lengthPx)} px long. Drag again to draw another one.`}
      </p>
      <div class="measure-length">
        <input
          type="text"
          inputMode="decimal"
          autocomplete="off"
          aria-label={t`Length of the line`}
          placeholder={t`Length`}
          disabled={lengthPx === null}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") use();
            if (event.key === "Escape") measure.stop();
          }}
        />
        <select
          aria-label={t`Unit of the length`}
          value={unit.value}
          disabled={lengthPx === null}
          onChange={(event) => {
            unit.value = event.currentTarget.value === "mm" ? "mm" : "µm";
          }}
        >
          {Object.keys(UNITS).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {lengthPx !== null && typed > 0 && (
        <p class={size ? "figure" : "complaint"}>
          {size
            ? t`${formatFigures(size.mppX, 6)} µm a pixel`
            : t`No microscope has such pixels; check the length and its unit.`}
        </p>
      )}
      <div class="buttons">
        <button type="button" class="primary" disabled={!size} onClick={use}>
          {t`Use length`}
        </button>
        <button type="button" class="plain" onClick={() => measure.stop()}>
          {t`Stop measuring`}
        </button>
      </div>
    </div>
  );
}
