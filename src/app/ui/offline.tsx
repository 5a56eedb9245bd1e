import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { isOffer, type OfflineState } from "../state/offline.ts";
import { t } from "../words/words.ts";
import { OfflineSheet } from "./offline-sheet.tsx";
import { offlineWords } from "./offline-words.ts";

/** How far the page works without a network; pressed, it says file by file. A new version is offered beside it. */
export function Offline({ offline }: { readonly offline: OfflineState }) {
  const isOpen = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen.value) return;
    const close = (event: Event) => {
      const isEscape = event instanceof KeyboardEvent && event.key === "Escape";
      const isOutside = event instanceof PointerEvent && !event.composedPath().includes(root.current ?? document.body);
      if (isEscape || isOutside) isOpen.value = false;
    };
    document.addEventListener("keydown", close);
    document.addEventListener("pointerdown", close);
    return () => {
      document.removeEventListener("keydown", close);
      document.removeEventListener("pointerdown", close);
    };
  }, [isOpen.value]);
  const readiness = offline.readiness.value;
  if (readiness.kind === "finding-out") return null;
  return (
    <div class="offline" ref={root}>
      <UpdateOffer offline={offline} />
      <span role="status" aria-label={t`Offline`}>
        <button
          type="button"
          class={`offline-state is-${readiness.kind}`}
          aria-expanded={isOpen.value}
          onClick={() => {
            isOpen.value = !isOpen.value;
          }}
        >
          {offlineWords(readiness)}
        </button>
      </span>
      {isOpen.value && <OfflineSheet offline={offline} />}
    </div>
  );
}

function UpdateOffer({ offline }: { readonly offline: OfflineState }) {
  if (!isOffer(offline.update.value)) return null;
  const blocker = offline.updateBlocker.value;
  return (
    <button
      type="button"
      class="offline-update"
      disabled={blocker !== null}
      title={blocker ?? t`A new version of this page is here: the page reloads with it.`}
      onClick={() => offline.takeUpdate()}
    >
      {t`Update`}
    </button>
  );
}
