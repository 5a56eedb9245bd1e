import type { App } from "../state/app.ts";
import { around, SLOT } from "../words/around.ts";
import { t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";

/** While the file of a slide of earlier is asked for. */
export function AskedNote({ app, commands }: { readonly app: App; readonly commands: PageCommands }) {
  const asked = app.recent.asked.value;
  if (!asked || app.slide.opening.value.kind === "opening") return null;
  return (
    <div class="asked-note" role="status" aria-label={t`File asked for`}>
      <p>
        {around(
          t`Drop or choose ${SLOT}: the page keeps what was found, not the slide itself.`,
          <strong>{asked.name}</strong>,
        )}
      </p>
      <div class="asked-buttons">
        <button type="button" class="primary" onClick={() => commands.chooseFile()}>
          {t`Choose the file`}
        </button>
        <button type="button" class="plain" onClick={() => app.recent.stopAsking()}>
          {t`Never mind`}
        </button>
      </div>
    </div>
  );
}
