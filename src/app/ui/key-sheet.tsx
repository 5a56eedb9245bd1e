import { useEffect, useRef } from "preact/hooks";
import { say, t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";
import { Icon } from "./icons.tsx";
import { KEY_BINDINGS } from "./keys.ts";

function openProof(commands: PageCommands): void {
  commands.showKeys(false);
  commands.showPanel("proof");
}

/** All keys on one sheet; lies over the page without stopping anything. */
export function KeySheet({ commands }: { readonly commands: PageCommands }) {
  const isShown = commands.areKeysShown.value;
  const closeButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isShown) return;
    const before = document.activeElement;
    closeButton.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [isShown]);
  if (!isShown) return null;
  return (
    <div class="key-sheet" role="dialog" aria-label={t`Keys`}>
      <div class="key-sheet-head">
        <h2>{t`Keys`}</h2>
        <button
          type="button"
          class="quiet"
          ref={closeButton}
          aria-label={t`Close`}
          onClick={() => commands.showKeys(false)}
        >
          <Icon name="close" />
        </button>
      </div>
      <dl>
        {KEY_BINDINGS.map(({ shown, words }) => (
          <div key={shown}>
            <dt>
              <kbd>{say(shown)}</kbd>
            </dt>
            <dd>{say(words)}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="plain" onClick={() => openProof(commands)}>
        {t`What leaves this computer? Test it yourself`}
      </button>
      <p class="remark">{t`Drag pans, the wheel zooms to the pointer, double click zooms in.`}</p>
    </div>
  );
}
