import { PALETTES } from "../../engine/heatmap/palette.ts";
import { formatThreshold } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { say, t } from "../words/words.ts";
import { isAllShown } from "./commands.ts";

/** Threshold decides the numbers; the rest only how the map is drawn. All classes at once have a colour each and no threshold. */
export function MapControls({ app }: { readonly app: App }) {
  const { necrosis, settings } = app;
  const hasMap = necrosis.findings.value !== null;
  const isAll = isAllShown(app);
  return (
    <div class="controls">
      {!isAll && (
        <Slider
          id="threshold"
          name={t`Threshold`}
          value={necrosis.threshold.value}
          text={formatThreshold(necrosis.threshold.value)}
          isDisabled={!hasMap}
          onInput={(value) => necrosis.setThreshold(value)}
        />
      )}
      <Slider
        id="opacity"
        name={t`Opacity`}
        value={settings.opacity.value}
        text={`${Math.round(settings.opacity.value * 100)} %`}
        isDisabled={!hasMap}
        onInput={(value) => {
          settings.opacity.value = value;
        }}
      />
      {!isAll && <PaletteField app={app} />}
      <div class="switches">
        <Switch
          name={t`Show map`}
          isOn={necrosis.isMapOn.value}
          onChange={(isOn) => {
            necrosis.isMapOn.value = isOn;
          }}
        />
        {!isAll && (
          <>
            <Switch
              name={t`Outlines`}
              isOn={settings.contours.value}
              onChange={(isOn) => {
                settings.contours.value = isOn;
              }}
            />
            <Switch
              name={t`Weak areas`}
              isOn={settings.below.value === "faint"}
              onChange={(isOn) => {
                settings.below.value = isOn ? "faint" : "hidden";
              }}
            />
          </>
        )}
      </div>
    </div>
  );
}

function PaletteField({ app: { settings } }: { readonly app: App }) {
  return (
    <div class="field">
      <label for="palette">{t`Palette`}</label>
      <select
        id="palette"
        value={settings.palette.value}
        onChange={(event) => {
          settings.palette.value = event.currentTarget.value;
        }}
      >
        {PALETTES.map(({ id, name }) => (
          <option key={id} value={id}>
            {say(name)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Slider(props: {
  readonly id: string;
  readonly name: string;
  readonly value: number;
  readonly text: string;
  readonly isDisabled: boolean;
  readonly onInput: (value: number) => void;
}) {
  const id = `slider-${props.id}`;
  return (
    <div class="field slider">
      <label for={id}>{props.name}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={1}
        step="any"
        value={props.value}
        disabled={props.isDisabled}
        aria-valuetext={props.text}
        onInput={(event) => props.onInput(event.currentTarget.valueAsNumber)}
        onChange={(event) => props.onInput(event.currentTarget.valueAsNumber)}
      />
      <span class="slider-figure figure" aria-hidden="true">
        {props.text}
      </span>
    </div>
  );
}

function Switch(props: { readonly name: string; readonly isOn: boolean; readonly onChange: (isOn: boolean) => void }) {
  return (
    <label class="switch">
      <input type="checkbox" checked={props.isOn} onChange={(event) => props.onChange(event.currentTarget.checked)} />
      <span>{props.name}</span>
    </label>
  );
}
