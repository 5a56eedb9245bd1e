import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";

/** Stand on the empty stage at first, in the bar afterwards: never twice on one page. */
export function OpenButtons(props: { readonly app: App; readonly commands: PageCommands; readonly isLarge: boolean }) {
  const { app, commands, isLarge } = props;
  return (
    <>
      <button type="button" class={isLarge ? "primary large" : "plain"} onClick={() => commands.chooseFile()}>
        {t`Open slide`}
      </button>
      <button type="button" class={isLarge ? "plain large" : "plain"} onClick={() => void app.slide.openDemo()}>
        {t`Demo slide`}
      </button>
    </>
  );
}
