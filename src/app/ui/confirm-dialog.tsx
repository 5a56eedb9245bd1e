import { useEffect, useRef } from "preact/hooks";
import { t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";

/** The one dialog that stops everything: before what cannot be undone. */
export function ConfirmDialog({ commands }: { readonly commands: PageCommands }) {
  const asked = commands.confirmation.value;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (asked) dialog.current?.showModal();
  }, [asked]);
  if (!asked) return null;
  const close = () => commands.confirm(null);
  return (
    <dialog ref={dialog} class="confirm" aria-label={asked.action} onClose={close}>
      <p>{asked.sentence}</p>
      <div class="confirm-buttons">
        <button type="button" class="plain" onClick={close}>
          {t`Keep it`}
        </button>
        <button
          type="button"
          class="primary"
          onClick={() => {
            close();
            asked.run();
          }}
        >
          {asked.action}
        </button>
      </div>
    </dialog>
  );
}
