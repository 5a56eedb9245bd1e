import { useSignal } from "@preact/signals";
import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import { copyText } from "./copy-text.ts";
import { Icon } from "./icons.tsx";

/** How long the button says that it copied, milliseconds. */
const SAID_MS = 2_500;

/** Hands on the field that is shown, as a link; only then does anything of it stand in the address bar. */
export function CopyLinkButton({ app }: { readonly app: App }) {
  const said = useSignal("");
  const copy = async () => {
    const link = app.links.take();
    if (link === null) return;
    said.value = (await copyText(link)) ? t`Link copied` : t`The link is in the address bar`;
    setTimeout(() => {
      said.value = "";
    }, SAID_MS);
  };
  return (
    <div class="copy-link">
      <button
        type="button"
        class="quiet"
        aria-label={t`Copy link to this view`}
        title={t`Copy link to this view`}
        onClick={() => void copy()}
      >
        <Icon name="link" />
      </button>
      <span class="copy-link-said" role="status" aria-label={t`Link`}>
        {said.value}
      </span>
    </div>
  );
}
