import type { FileState } from "../../service-worker/protocol.ts";
import { formatBytes } from "../report/numbers.ts";
import { isOffer, type OfflineState } from "../state/offline.ts";
import { retell, t } from "../words/words.ts";
import { offlineSentence, updateSentence } from "./offline-words.ts";

/** What is kept, what is missing and why, and what can be done about it. */
export function OfflineSheet({ offline }: { readonly offline: OfflineState }) {
  const readiness = offline.readiness.value;
  const update = offline.update.value;
  const sentence = updateSentence(update);
  const blocker = isOffer(update) ? offline.updateBlocker.value : null;
  return (
    <section class="offline-sheet" aria-label={t`Offline use`}>
      <p>{offlineSentence(readiness)}</p>
      {sentence !== null && <p class="offline-news">{sentence}</p>}
      {blocker !== null && <p class="offline-news">{blocker}</p>}
      <Actions offline={offline} />
      {"report" in readiness && <Files files={readiness.report.files} />}
    </section>
  );
}

function Actions({ offline }: { readonly offline: OfflineState }) {
  const { kind } = offline.readiness.value;
  if (kind === "unavailable") return null;
  return (
    <div class="offline-actions">
      {kind === "incomplete" && (
        <button type="button" onClick={() => offline.retry()}>
          {t`Try again`}
        </button>
      )}
      {kind === "ready" && (
        <button type="button" onClick={() => offline.verify()}>
          {t`Check every file again`}
        </button>
      )}
      {!isOffer(offline.update.value) && (
        <button type="button" onClick={() => offline.lookForUpdate()}>
          {t`Look for a new version`}
        </button>
      )}
    </div>
  );
}

/** Those that are missing first. */
function Files({ files }: { readonly files: readonly FileState[] }) {
  const sorted = [...files].sort((a, b) => Number(a.isKept) - Number(b.isKept));
  return (
    <ul class="offline-files">
      {sorted.map(({ path, bytes, isKept, why }) => (
        <li key={path} class={isKept ? "" : "is-missing"}>
          <span class="offline-path">{path}</span>
          <span class="figure">{formatBytes(bytes)}</span>
          {!isKept && <span class="offline-why">{why === null ? t`not fetched yet` : retell(why)}</span>}
        </li>
      ))}
    </ul>
  );
}
