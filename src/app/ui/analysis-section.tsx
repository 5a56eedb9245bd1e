import { useEffect, useRef } from "preact/hooks";
import type { AnalysisProgress } from "../../engine/analysis/types.ts";
import { formatDuration } from "../report/numbers.ts";
import { type AnalysisState, fractionDone } from "../state/analysis.ts";
import type { App } from "../state/app.ts";
import { ModelPicker } from "./model-picker.tsx";
import { Section } from "./section.tsx";

const PHASE_WORDS: Readonly<Record<AnalysisProgress["phase"], string>> = {
  opening: "Opening the slide",
  tissue: "Looking for tissue",
  "warming-up": "Waking the model",
  coarse: "Coarse map",
  fine: "Fine map",
};

/** The model, the run, how far it is and how much longer it takes. */
export function AnalysisSection({ app }: { readonly app: App }) {
  const state = app.analysis.state.value;
  const blocker = app.analysis.blocker.value;
  const isRunning = state.kind === "running";
  return (
    <Section title="Analysis">
      <ModelPicker app={app} />
      <RunButtons app={app} />
      <RunProgress state={state} />
      <p class="run-words">{isRunning || blocker === null ? wordsOf(state) : blocker}</p>
    </Section>
  );
}

/** Keeps the keyboard's place when one button takes over from the other. */
function RunButtons({ app }: { readonly app: App }) {
  const state = app.analysis.state.value;
  const isRunning = state.kind === "running";
  const isBlocked = app.analysis.blocker.value !== null;
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
        class={!isBlocked && state.kind !== "done" ? "primary" : "plain"}
        disabled={isBlocked}
        onClick={(event) => {
          remember(event);
          void app.analysis.analyze();
        }}
      >
        Analyze
      </button>
      {state.kind === "running" && (
        <button
          ref={cancel}
          type="button"
          class="plain"
          aria-disabled={state.isCancelling}
          onBlur={() => {
            hadFocus.current = false;
          }}
          onClick={(event) => {
            remember(event);
            app.analysis.cancel();
          }}
        >
          Cancel
        </button>
      )}
      <span class="run-figure figure">{isRunning ? formatWhole(fractionDone(state)) : ""}</span>
    </div>
  );
}

function RunProgress({ state }: { readonly state: AnalysisState }) {
  const fraction = fractionDone(state);
  const look = state.kind === "running" && fraction === 0 ? "is-uncounted" : state.kind === "done" ? "is-done" : "";
  return (
    <div
      class={`progress ${look}`}
      role="progressbar"
      aria-label="Analysis"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(fraction * 100)}
      aria-valuetext={wordsOf(state)}
    >
      <span style={{ width: `${fraction * 100}%` }} />
    </div>
  );
}

function formatWhole(fraction: number): string {
  return `${Math.floor(fraction * 100)} %`;
}

function wordsOf(state: AnalysisState): string {
  switch (state.kind) {
    case "idle":
      return "Ready. The map grows while you look around.";
    case "cancelled":
      return state.fraction === 0
        ? "Stopped before anything was found."
        : `Stopped at ${formatWhole(state.fraction)}. The part that was found stays until you analyze again.`;
    case "failed":
      return "The run failed; nothing of it was kept.";
    case "done":
      return `Done in ${formatDuration(state.result.seconds)} on ${state.result.backend.name}.`;
    case "running":
      return runningWords(state.progress, state.isCancelling);
  }
}

function runningWords(progress: AnalysisProgress | null, isCancelling: boolean): string {
  if (isCancelling) return "Stopping …";
  if (!progress) return "Starting …";
  const left = progress.secondsLeft === null ? "" : `, about ${formatDuration(progress.secondsLeft)} left`;
  return `${PHASE_WORDS[progress.phase]}${left} …`;
}
