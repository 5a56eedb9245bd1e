import type { App } from "../state/app.ts";
import type { MapView } from "../state/map-views.ts";
import { t } from "../words/words.ts";
import { Icon, type IconName } from "./icons.tsx";

/** Two ways to see the tissue beside or through its map. */
export function MapViewButtons({ app }: { readonly app: App }) {
  return (
    <>
      <ViewButton app={app} view="beside" icon="beside" name={t`Side by side`} hint={t`Side by side (V)`} />
      <ViewButton app={app} view="lens" icon="spyglass" name={t`Spyglass`} hint={t`Spyglass (S)`} />
    </>
  );
}

function ViewButton(props: {
  readonly app: App;
  readonly view: Exclude<MapView, "over">;
  readonly icon: IconName;
  readonly name: string;
  readonly hint: string;
}) {
  const { mapViews } = props.app;
  const isOffered = mapViews.isOffered.value;
  return (
    <button
      type="button"
      class="quiet"
      aria-label={props.name}
      aria-pressed={mapViews.view.value === props.view}
      aria-disabled={!isOffered}
      title={isOffered ? props.hint : t`${props.hint}: once there is a map`}
      onClick={() => mapViews.toggle(props.view)}
    >
      <Icon name={props.icon} />
    </button>
  );
}

/** Says which of them is on, lets it be changed and ended. Stays in the page, so that its coming is announced. */
export function MapViewNote({ app }: { readonly app: App }) {
  const view = app.mapViews.view.value;
  return (
    <div class={view === "over" ? "map-view is-off" : "map-view"}>
      <p role="status" aria-label={t`View of the map`}>
        {view === "beside" && t`Left: tissue. Right: tissue with map.`}
        {view === "lens" && lensWords(app)}
      </p>
      {view === "lens" && (
        <button
          type="button"
          class="plain"
          onClick={() => {
            const { lensInside } = app.settings;
            lensInside.value = lensInside.value === "tissue" ? "map" : "tissue";
          }}
        >
          {t`Swap`}
        </button>
      )}
      {view !== "over" && (
        <button type="button" class="plain" title={t`End (Esc)`} onClick={() => app.mapViews.end()}>
          {t`End`}
        </button>
      )}
    </div>
  );
}

function lensWords({ settings }: App): string {
  return settings.lensInside.value === "tissue"
    ? t`In the ring: tissue without map.`
    : t`In the ring: the map. Around it: tissue alone.`;
}
