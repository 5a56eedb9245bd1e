import { useEffect, useRef } from "preact/hooks";
import { formatWhole } from "../report/numbers.ts";
import { fractionDone } from "../state/analysis.ts";
import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import { startRun } from "./commands.ts";

/** Analyze, and while a run is under way Pause or Go on, and Cancel. Keeps the keyboard's place when one button takes over from another. */
export function RunButtons({ app }: { readonly app: App }) {
  const state = app.analysis.state.value;
  const isRunning = state.kind === "running";
  const isBlocked = app.analysis.blocker.value !== null;
  const isNext = !isBlocked && state.kind !== "done" && state.kind !== "classified" && !app.resume.offer.value;
  const analyze = useRef<HTMLButtonElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const hadFocus = useRef(false);
  useEffect(() => {
    if (hadFocus.current) (isRunning ? cancel : analyze).current?.focus();
    hadFocus.current &&= isRunning;
  }, [isRunning]);
  // A click without a pointer came from the keyboard.
  const remember = (event: MouseEvent) => {
    hadFocus.current = event.detail === 0;
  };
  return (
    <div class="run">
      <button
        ref={analyze}
        type="button"
        class={isNext ? "primary" : "plain"}
        disabled={isBlocked}
        onClick={(event) => {
          remember(event);
          void startRun(app);
        }}
      >
        {t`Analyze`}
      </button>
      {state.kind === "running" && (
        <>
          <button
            type="button"
            class={state.isPaused ? "primary" : "plain"}
            aria-disabled={state.isCancelling}
            title={state.isPaused ? t`Go on (W)` : t`Pause (W)`}
            onClick={() => app.pauses.toggle()}
          >
            {state.isPaused ? t`Go on` : t`Pause`}
          </button>
          <button
            ref={cancel}
            type="button"
            class="plain"
            aria-disabled={state.isCancelling}
            onBlur={({ relatedTarget }) => {
              // A button that is taken away loses the keyboard to nowhere.
              if (relatedTarget) hadFocus.current = false;
            }}
            onClick={(event) => {
              remember(event);
              app.analysis.cancel();
            }}
          >
            {t`Cancel`}
          </button>
        </>
      )}
      <span class="run-figure figure">{isRunning ? formatWhole(fractionDone(state)) : ""}</span>
    </div>
  );
}
