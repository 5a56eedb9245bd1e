import { MAP_LOOKS, type MapLook } from "../../engine/heatmap/map-look.ts";
import { PALETTES } from "../../engine/heatmap/palette.ts";
import { formatThreshold } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { msg, retell, say, t } from "../words/words.ts";
import { isAllShown } from "./commands.ts";
import { FieldName, Help } from "./help.tsx";

const LOOK_NAMES: Readonly<Record<MapLook, string>> = {
  colour: msg`Colour`,
  contours: msg`Contours`,
  hatching: msg`Hatching`,
};

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
          help={t`Where the confidence is at least this, the tissue counts as necrosis. Areas, regions and outlines follow at once; the map itself is not computed anew. It starts at the value that suited the model best in training.`}
          value={necrosis.threshold.value}
          text={formatThreshold(necrosis.threshold.value)}
          isDisabled={!hasMap}
          onInput={(value) => necrosis.setThreshold(value)}
        />
      )}
      <Slider
        id="opacity"
        name={t`Opacity`}
        help={t`How strongly the map covers the tissue. It changes no number. Hold H to see the tissue alone.`}
        value={settings.opacity.value}
        text={`${Math.round(settings.opacity.value * 100)} %`}
        isDisabled={!hasMap}
        onInput={(value) => {
          settings.opacity.value = value;
        }}
      />
      <LookField app={app} />
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
              isOn={settings.contours.value || settings.mapLook.value === "contours"}
              isDisabled={settings.mapLook.value === "contours"}
              onChange={(isOn) => {
                settings.contours.value = isOn;
              }}
            />
            <span class="field-name">
              <Switch
                name={t`Weak areas`}
                isOn={settings.below.value === "faint"}
                onChange={(isOn) => {
                  settings.below.value = isOn ? "faint" : "hidden";
                }}
              />

              <Help
                about={t`Weak areas`}
                text={t`Also draws the map, faintly, where the confidence is below the threshold. It changes no number.`}
              />
            </span>
          </>
        )}
      </div>
    </div>
  );
}

/** All palettes are for colours and lines; hatching is dark and light, so that it can be printed. */
function LookField({ app: { settings } }: { readonly app: App }) {
  return (
    <div class="field">
      <FieldName
        of="map-look"
        name={t`Map as`}
        help={t`Colours cover the tissue. Contours and hatching leave it to be seen, and hatching can be printed in grey. It changes no number. C steps through them.`}
      />
      <select
        id="map-look"
        title={t`How the map is drawn (C)`}
        value={settings.mapLook.value}
        onChange={(event) => {
          settings.mapLook.value = MAP_LOOKS.find((look) => look === event.currentTarget.value) ?? "colour";
        }}
      >
        {MAP_LOOKS.map((look) => (
          <option key={look} value={look}>
            {say(LOOK_NAMES[look])}
          </option>
        ))}
      </select>
    </div>
  );
}

function PaletteField({ app: { settings } }: { readonly app: App }) {
  return (
    <div class="field">
      <FieldName
        of="palette"
        name={t`Palette`}
        help={t`The colours from low to high confidence. Both can be told apart by colour-blind readers. It changes no number.`}
      />
      <select
        id="palette"
        disabled={settings.mapLook.value === "hatching"}
        value={settings.palette.value}
        onChange={(event) => {
          settings.palette.value = event.currentTarget.value;
        }}
      >
        {PALETTES.map(({ id, name }) => (
          <option key={id} value={id}>
            {retell(name)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Slider(props: {
  readonly id: string;
  readonly name: string;
  readonly help: string;
  readonly value: number;
  readonly text: string;
  readonly isDisabled: boolean;
  readonly onInput: (value: number) => void;
}) {
  const id = `slider-${props.id}`;
  return (
    <div class="field slider">
      <FieldName of={id} name={props.name} help={props.help} />
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

function Switch(props: {
  readonly name: string;
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        checked={props.isOn}
        disabled={props.isDisabled}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span>{props.name}</span>
    </label>
  );
}
