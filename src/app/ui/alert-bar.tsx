import { exportResultFile } from "../report/result-file.ts";
import type { App } from "../state/app.ts";
import { classifiedOf, resultOf } from "../state/result.ts";
import { t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";
import { Icon } from "./icons.tsx";

function LostStep({ app, commands }: { readonly app: App; readonly commands: PageCommands }) {
  const isLinked = app.slide.open.value?.link != null;
  return (
    <button
      type="button"
      class="alert-step"
      onClick={() => (isLinked ? void app.links.reopen() : commands.chooseFile())}
    >
      {isLinked ? t`Open the link again` : t`Choose the file again`}
    </button>
  );
}

/** One sentence, which alone is the alert; beside it the next step, the details behind a fold, and a way to put it away. */
export function AlertBar({ app, commands }: { readonly app: App; readonly commands: PageCommands }) {
  const alert = app.messages.alert.value;
  if (!alert) return null;
  return (
    <div class="alert">
      <div class="alert-text">
        <div role="alert">
          <p>{alert.sentence}</p>
        </div>
        {alert.code === "slide/unreadable" && app.slide.isLost.value && <LostStep app={app} commands={commands} />}
        {alert.code === "storage/full" && <SaveInstead app={app} />}
        {alert.details.length > 0 && (
          <details>
            <summary>{t`Details`}</summary>
            <ul>
              {alert.details.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <button
        type="button"
        class="quiet"
        aria-label={t`Dismiss`}
        title={t`Dismiss (Esc)`}
        onClick={() => app.messages.dismiss()}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

/** What cannot be kept here can be saved as a file, once there is a result. */
function SaveInstead({ app }: { readonly app: App }) {
  const found = resultOf(app) ?? classifiedOf(app);
  if (!found) return null;
  const save = () => {
    exportResultFile(found, { hasName: false, hasOverview: false }).catch((error) => app.messages.report(error));
  };
  return (
    <button type="button" class="alert-step" onClick={save}>
      {t`Save the result file`}
    </button>
  );
}
