import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import { Icon } from "./icons.tsx";

/** What happened and was put right already; an alert, which asks for something, goes first. */
export function NoticeBar({ app }: { readonly app: App }) {
  const { alert, notice } = app.messages;
  if (notice.value === null || alert.value) return null;
  return (
    <div class="alert is-notice">
      <p class="alert-text" role="status" aria-label={t`Notice`}>
        {notice.value}
      </p>
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
