import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { App } from "../state/app.ts";
import { say, t } from "../words/words.ts";
import type { PageCommands, Panel } from "./commands.ts";
import { Icon } from "./icons.tsx";
import { KEY_BINDINGS } from "./keys.ts";
import { useTakesKeyboard } from "./use-takes-keyboard.ts";

/** All keys on one sheet, to be searched; lies over the page without stopping anything. */
export function KeySheet({ app, commands }: { readonly app: App; readonly commands: PageCommands }) {
  const isShown = commands.areKeysShown.value;
  const search = useTakesKeyboard<HTMLInputElement>(isShown);
  const wanted = useSignal("");
  useEffect(() => {
    if (isShown) wanted.value = "";
  }, [isShown, wanted]);
  if (!isShown) return null;
  const close = () => commands.showKeys(false);
  const found = KEY_BINDINGS.filter((binding) => isWanted(binding, wanted.value));
  return (
    <div class="key-sheet" role="dialog" aria-label={t`Keys`}>
      <div class="key-sheet-head">
        <h2>{t`Keys`}</h2>
        <button type="button" class="quiet" aria-label={t`Close`} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      <input
        type="search"
        class="key-search"
        ref={search}
        placeholder={t`Search`}
        aria-label={t`Search the keys`}
        value={wanted.value}
        onInput={(event) => {
          wanted.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          if (wanted.value === "") close();
          wanted.value = "";
        }}
      />
      <dl>
        {found.map(({ shown, words }) => (
          <div key={shown}>
            <dt>
              <kbd>{say(shown)}</kbd>
            </dt>
            <dd>{say(words)}</dd>
          </div>
        ))}
      </dl>
      <p class="remark" role="status" aria-label={t`Keys found`}>
        {found.length === 0 && t`No key does that.`}
      </p>
      <p class="remark">{t`Drag pans, the wheel zooms to the pointer, double click zooms in.`}</p>
      <More app={app} commands={commands} />
    </div>
  );
}

function More({ app, commands }: { readonly app: App; readonly commands: PageCommands }) {
  const open = (panel: Panel) => {
    commands.showKeys(false);
    commands.showPanel(panel);
  };
  return (
    <div class="key-sheet-more">
      <button
        type="button"
        class="plain"
        onClick={() => {
          commands.showKeys(false);
          app.tour.start();
        }}
      >
        {t`Show me around`}
      </button>
      <button type="button" class="plain" onClick={() => open("changes")}>
        {t`What is new`}
      </button>
      <button type="button" class="plain" onClick={() => open("proof")}>
        {t`What leaves this computer? Test it yourself`}
      </button>
    </div>
  );
}

/** By the key itself or by any part of what it does, in the shown language or in English. */
function isWanted({ shown, words }: (typeof KEY_BINDINGS)[number], wanted: string): boolean {
  const text = [shown, say(shown), words, say(words)].join("\n").toLowerCase();
  return wanted
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
