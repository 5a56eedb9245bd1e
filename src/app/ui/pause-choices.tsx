import type { App } from "../state/app.ts";
import { Switch } from "./switch.tsx";

/** When a run pauses by itself: nothing unless it is chosen. */
export function PauseChoices({ app }: { readonly app: App }) {
  const { pauseOnBattery, pauseWhenHidden } = app.settings;
  return (
    <details class="fold">
      <summary>Pause by itself</summary>
      <div>
        <Switch label="While this tab is hidden" value={pauseWhenHidden} />
        <Switch label="While on battery" value={pauseOnBattery} isDisabled={!app.surroundings.knowsBattery.value} />
        {!app.surroundings.knowsBattery.value && (
          <p class="remark">This browser does not tell whether the computer runs on its battery.</p>
        )}
      </div>
    </details>
  );
}
