import changelog from "../../../CHANGELOG.md?raw";
import { t } from "../words/words.ts";
import { parseChangelog } from "./changelog.ts";
import type { PageCommands } from "./commands.ts";
import { Icon } from "./icons.tsx";
import { useTakesKeyboard } from "./use-takes-keyboard.ts";

/** What changed from version to version, as the project's changelog tells it. */
export function ChangesPanel({ commands }: { readonly commands: PageCommands }) {
  const isShown = commands.panel.value === "changes";
  const closeButton = useTakesKeyboard<HTMLButtonElement>(isShown);
  if (!isShown) return null;
  return (
    <section class="proof changes" role="dialog" aria-label={t`What is new`}>
      <div class="panel-head">
        <h2>{t`What is new`}</h2>
        <button
          type="button"
          class="quiet"
          ref={closeButton}
          aria-label={t`Close`}
          onClick={() => commands.showPanel(null)}
        >
          <Icon name="close" />
        </button>
      </div>
      {parseChangelog(changelog).map(({ version, changes }) => (
        <div key={version} lang="en">
          <h3>{version}</h3>
          <ul>
            {changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
