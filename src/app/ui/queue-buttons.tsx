import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";

/** What is done with the list as a whole. */
export function QueueButtons({ app, commands }: { readonly app: App; readonly commands: PageCommands }) {
  const { slides, isAtWork, outlook } = app.queue;
  const isPaused = app.pauses.reason.value !== null;
  const isEmpty = slides.value.length === 0;
  return (
    <div class="queue-buttons">
      {!isEmpty && !isAtWork.value && (
        <button
          type="button"
          class={outlook.value.waiting > 0 ? "primary" : "plain"}
          aria-disabled={outlook.value.waiting === 0}
          title={t`Analyzes all that wait, one after the other`}
          onClick={() => outlook.value.waiting > 0 && void app.queue.start()}
        >
          {t`Start the list`}
        </button>
      )}
      {isAtWork.value && (
        <>
          <button type="button" class={isPaused ? "primary" : "plain"} onClick={() => app.pauses.toggle()}>
            {isPaused ? t`Go on with the list` : t`Pause the list`}
          </button>
          <button type="button" class="plain" title={t`What is done stays`} onClick={() => app.queue.stop()}>
            {t`Stop the list`}
          </button>
        </>
      )}
      {!isEmpty && (
        <button type="button" class="plain" onClick={() => commands.showPanel("slides")}>
          {t`Table of results`}
        </button>
      )}
      <span class="queue-links">
        <button type="button" class="link" onClick={() => commands.chooseFile("list")}>
          {t`Add to the list …`}
        </button>
        {!isEmpty && (
          <button type="button" class="link" onClick={() => confirmClear(app, commands)}>
            {t`Clear the list`}
          </button>
        )}
      </span>
    </div>
  );
}

function confirmClear(app: App, commands: PageCommands): void {
  commands.confirm({
    sentence: t`Clear the list? Its order and its numbers are gone; results that were kept stay under Recent, and the slides' own files stay.`,
    action: t`Clear it`,
    run: () => app.queue.clear(),
  });
}
