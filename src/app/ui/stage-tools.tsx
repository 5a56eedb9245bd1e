import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";
import { CopyLinkButton } from "./copy-link-button.tsx";
import { canFillScreen, isFullScreen, toggleFullScreen } from "./full-screen.ts";
import { Icon, type IconName } from "./icons.tsx";
import { MapViewButtons } from "./map-view.tsx";
import { ViewPanel } from "./view-panel.tsx";

/** What lies under the hand beside the slide, for those without a wheel or keys, and the way to hand on what is shown. */
export function StageTools({ app, commands }: { readonly app: App; readonly commands: PageCommands }) {
  const { handle, reading } = app.view;
  const isViewShown = commands.isViewShown.value;
  const isMeasuring = app.measure.tool.value !== null;
  return (
    <section class="stage-tools" aria-label={t`Stage tools`}>
      <Tool name={t`Zoom in`} keys="+" icon="plus" run={() => handle.value?.zoomBy(1.6)} />
      <Tool name={t`Zoom out`} keys="−" icon="minus" run={() => handle.value?.zoomBy(1 / 1.6)} />
      <Tool name={t`Whole slide`} keys="7" icon="fit" run={() => handle.value?.fit()} />
      <div class="stage-tool-with-panel">
        <button
          type="button"
          class="quiet"
          aria-label={t`Magnification and angle`}
          title={t`Magnification and angle`}
          aria-expanded={isViewShown}
          onClick={() => commands.showView(!isViewShown)}
        >
          <Icon name="lens" />
        </button>
        {isViewShown && <ViewPanel app={app} />}
      </div>
      <Tool name={t`Turn by 90°`} keys="R" icon="turn" run={() => handle.value?.rotateBy(90)} />
      <Tool
        name={t`Mirror`}
        keys="X"
        icon="flip"
        isPressed={reading.value?.isFlipped ?? false}
        run={() => handle.value?.flip()}
      />
      {canFillScreen() && (
        <Tool
          name={t`Full screen`}
          keys="F"
          icon={isFullScreen.value ? "shrink" : "expand"}
          isPressed={isFullScreen.value}
          run={() => void toggleFullScreen()}
        />
      )}
      <Tool
        name={t`Measure lengths and areas`}
        keys="M"
        icon="ruler"
        isPressed={isMeasuring}
        run={() => toggleMeasuring(app)}
      />
      <MapViewButtons app={app} />
      {app.links.isLinkable.value && <CopyLinkButton app={app} />}
    </section>
  );
}

function toggleMeasuring({ measure, view }: App): void {
  if (measure.tool.value !== null) {
    measure.stop();
    return;
  }
  measure.start("length");
  // So that arrow keys move the slide under the cross-hair at once.
  view.handle.value?.focus();
}

interface ToolProps {
  readonly name: string;
  /** As written on the sheet of keys. */
  readonly keys: string;
  readonly icon: IconName;
  /** Of a button that stays pressed. */
  readonly isPressed?: boolean;
  readonly run: () => void;
}

function Tool({ name, keys, icon, isPressed, run }: ToolProps) {
  return (
    <button
      type="button"
      class="quiet"
      aria-label={name}
      title={`${name} (${keys})`}
      aria-pressed={isPressed}
      onClick={run}
    >
      <Icon name={icon} />
    </button>
  );
}
