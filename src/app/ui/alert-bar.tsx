import type { App } from "../state/app.ts";
import { Icon } from "./icons.tsx";

/** One sentence, which alone is the alert; beside it the details behind a fold, and a way to put it away. */
export function AlertBar({ app }: { readonly app: App }) {
  const alert = app.messages.alert.value;
  if (!alert) return null;
  return (
    <div class="alert">
      <div class="alert-text">
        <div role="alert">
          <p>{alert.sentence}</p>
        </div>
        {alert.details.length > 0 && (
          <details>
            <summary>Details</summary>
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
        aria-label="Dismiss"
        title="Dismiss (Esc)"
        onClick={() => app.messages.dismiss()}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
