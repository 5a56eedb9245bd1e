import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import type { App } from "../state/app.ts";
import type { PageCommands } from "./commands.ts";
import { Mark } from "./icons.tsx";
import { OpenButtons } from "./open-buttons.tsx";

/** The first visit: what this is, what happens to the slide, what can be dropped. */
export function EmptyStage({ app, commands }: { readonly app: App; readonly commands: PageCommands }) {
  return (
    <div class="empty">
      <Mark size={72} />
      <div class="empty-text">
        <p class="empty-lead">A necrosis map of your slide, computed inside this page</p>
        <p>The slide never leaves your computer: nothing is uploaded, nothing is installed.</p>
        <p>Drop a slide of any scanner that writes TIFF, a DICOM folder, a picture, or a result file anywhere.</p>
      </div>
      <div class="empty-buttons">
        <OpenButtons app={app} commands={commands} isLarge={true} />
      </div>
      <p class="notice">{RESEARCH_USE_NOTICE}</p>
    </div>
  );
}
