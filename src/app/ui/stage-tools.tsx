import type { App } from "../state/app.ts";
import { CopyLinkButton } from "./copy-link-button.tsx";
import { Icon } from "./icons.tsx";
import { MapViewButtons } from "./map-view.tsx";

/** Zoom for those without a wheel, and the way to hand on what is shown. */
export function StageTools({ app }: { readonly app: App }) {
  const { handle } = app.view;
  return (
    <div class="stage-tools">
      <button
        type="button"
        class="quiet"
        aria-label="Zoom in"
        title="Zoom in"
        onClick={() => handle.value?.zoomBy(1.6)}
      >
        <Icon name="plus" />
      </button>
      <button
        type="button"
        class="quiet"
        aria-label="Zoom out"
        title="Zoom out"
        onClick={() => handle.value?.zoomBy(1 / 1.6)}
      >
        <Icon name="minus" />
      </button>
      <button
        type="button"
        class="quiet"
        aria-label="Whole slide"
        title="Whole slide (7)"
        onClick={() => handle.value?.fit()}
      >
        <Icon name="fit" />
      </button>
      <MapViewButtons app={app} />
      {app.links.isLinkable.value && <CopyLinkButton app={app} />}
    </div>
  );
}
