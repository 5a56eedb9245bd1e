import { formatBytes } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { retell, t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";
import { Switch } from "./switch.tsx";

/** Whether anything is kept, how much it is, and the way to be rid of it. */
export function KeepSettings({ app, commands }: { readonly app: App; readonly commands: PageCommands }) {
  const isKept = app.settings.keep.value;
  const { state } = app.health;
  const hasSlides = (app.recent.slides.value ?? []).length > 0;
  return (
    <div class="keep-settings">
      {state.value.kind === "none" && <p class="remark">{retell(state.value.sentence)}</p>}
      <Switch label={t`Keep slides and results on this computer`} value={app.settings.keep} />
      <p class="remark">
        {isKept
          ? t`In this browser alone: names, dates and a small picture of each slide, its results and unfinished runs. File names may hold patients' names.`
          : t`Nothing about slides is written any more.`}
        {!isKept && hasSlides && ` ${t`What was kept before is still here, and can be forgotten.`}`}
      </p>
      <Usage app={app} />
      <button
        type="button"
        class={!isKept && hasSlides ? "primary" : "plain"}
        onClick={() =>
          commands.confirm({
            sentence: t`Forget everything? All slides, results, unfinished runs and settings that this page has kept on this computer are deleted; the slides' own files stay.`,
            action: t`Forget it all`,
            run: () => void app.recent.forgetEverything(),
          })
        }
      >
        {t`Forget everything`}
      </button>
    </div>
  );
}

function Usage({ app }: { readonly app: App }) {
  const estimate = app.health.estimate.value;
  if (!estimate) return null;
  return (
    <p class="remark figure">
      {t`Uses ${formatBytes(estimate.usage)} of ${formatBytes(estimate.quota)}, the page itself included.`}
      {app.health.isPersistent.value === false && ` ${t`The browser may clear it when the disk gets full.`}`}
    </p>
  );
}
