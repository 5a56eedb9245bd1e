import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";
import { Mark } from "./icons.tsx";
import { KeepSettings } from "./keep-settings.tsx";
import { OpenButtons } from "./open-buttons.tsx";
import { RecentList } from "./recent-list.tsx";

const MOST = 6;

/** The first visit: what this is, what happens to the slide, what can be dropped. */
export function EmptyStage({ app, commands }: { readonly app: App; readonly commands: PageCommands }) {
  const hasRecent = (app.recent.slides.value ?? []).length > 0 || !app.settings.keep.value;
  return (
    <div class={hasRecent ? "empty has-recent" : "empty"}>
      <Mark size={72} />
      <div class="empty-text">
        <p class="empty-lead">{t`A necrosis map of your slide, computed inside this page`}</p>
        <p>{t`The slide never leaves your computer: nothing is uploaded, nothing is installed.`}</p>
        <p>{t`Drop a slide of any scanner that writes TIFF, a DICOM folder, a picture, or a result file anywhere.`}</p>
      </div>
      <div class="empty-buttons">
        <OpenButtons app={app} commands={commands} isLarge={true} />
      </div>
      {hasRecent && (
        <section class="empty-recent" aria-label={t`Recent`}>
          <h2>{t`Recent`}</h2>
          <RecentList app={app} commands={commands} most={MOST} />
          <details class="fold">
            <summary>{t`What is kept`}</summary>
            <KeepSettings app={app} commands={commands} />
          </details>
        </section>
      )}
      <p class="notice">{RESEARCH_USE_NOTICE}</p>
    </div>
  );
}
