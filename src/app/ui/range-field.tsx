import { t } from "../words/words.ts";
import type { ChannelScale } from "./channel-scale.ts";
import { parseNumber, typedForm } from "./numbers-typed.ts";

interface RangeFieldProps {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly scale: ChannelScale;
  readonly onChange: (range: { readonly low?: number; readonly high?: number }) => void;
}

/** A slider with two ends, each of which can be typed as well. The lower end stays below the upper one. */
export function RangeField({ name, low, high, scale, onChange }: RangeFieldProps) {
  const { least, most, step } = scale;
  const span = Math.max(step, most - least);
  const share = (value: number) => Math.min(1, Math.max(0, (value - least) / span)).toFixed(4);
  const setLow = (value: number) => {
    if (Number.isFinite(value)) onChange({ low: Math.min(value, high - step) });
  };
  const setHigh = (value: number) => {
    if (Number.isFinite(value)) onChange({ high: Math.max(value, low + step) });
  };
  return (
    <div class="range">
      <NumberField label={t`Black of ${name}`} value={low} onChange={setLow} />
      <div class="range-track" style={{ "--from-share": share(low), "--to-share": share(high) }}>
        <input
          type="range"
          min={least}
          max={most}
          step={step}
          value={low}
          aria-label={t`Black of ${name}, slider`}
          onInput={(event) => setLow(event.currentTarget.valueAsNumber)}
        />
        <input
          type="range"
          min={least}
          max={most}
          step={step}
          value={high}
          aria-label={t`Full colour of ${name}, slider`}
          onInput={(event) => setHigh(event.currentTarget.valueAsNumber)}
        />
      </div>
      <NumberField label={t`Full colour of ${name}`} value={high} onChange={setHigh} />
    </div>
  );
}

function NumberField(props: {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  return (
    <input
      type="text"
      inputMode="decimal"
      class="range-figure"
      aria-label={props.label}
      value={typedForm(Number(props.value.toPrecision(4)))}
      onChange={(event) => {
        const value = parseNumber(event.currentTarget.value);
        if (Number.isFinite(value)) props.onChange(value);
        else event.currentTarget.value = typedForm(props.value);
      }}
    />
  );
}
