import { useSignal } from "@preact/signals";
import { t } from "../words/words.ts";
import { copyText } from "./copy-text.ts";

/** Puts a text on the clipboard, and says that it did. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const isCopied = useSignal<boolean | null>(null);
  return (
    <button
      type="button"
      class="plain"
      onClick={async () => {
        isCopied.value = await copyText(text);
      }}
    >
      {isCopied.value === null ? label : isCopied.value ? t`Copied` : t`Select the text and copy it`}
    </button>
  );
}
