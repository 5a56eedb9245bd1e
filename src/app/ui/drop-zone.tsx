import { t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";

/** While a file is held over the page. */
export function DropZone({ commands }: { readonly commands: PageCommands }) {
  if (!commands.isDropHintShown.value) return null;
  return (
    <div class="drop-hint" aria-hidden="true">
      <p>{t`Drop to open. The slide stays on this computer.`}</p>
    </div>
  );
}
