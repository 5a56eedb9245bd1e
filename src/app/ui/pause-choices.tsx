import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import { Switch } from "./switch.tsx";

/** When a run pauses by itself: nothing unless it is chosen. */
export function PauseChoices({ app }: { readonly app: App }) {
  const { pauseOnBattery, pauseWhenHidden } = app.settings;
  return (
    <details class="fold">
      <summary>{t`Pause by itself`}</summary>
      <div>
        <Switch label={t`While this tab is hidden`} value={pauseWhenHidden} />
        <Switch label={t`While on battery`} value={pauseOnBattery} isDisabled={!app.surroundings.knowsBattery.value} />
        {!app.surroundings.knowsBattery.value && (
          <p class="remark">{t`This browser does not tell whether the computer runs on its battery.`}</p>
        )}
      </div>
    </details>
  );
}
