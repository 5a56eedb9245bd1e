import { useEffect, useRef } from "preact/hooks";
import type { AnalysisProgress } from "../../engine/analysis/types.ts";
import { formatDuration, formatInteger } from "../report/numbers.ts";
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

/** What the pack makes of the slide. */
type Task = "segmentation" | "classification";

/** The model, the run, how far it is and how much longer it takes. */
export function AnalysisSection({ app }: { readonly app: App }) {
  const state = app.analysis.state.value;
  const blocker = app.analysis.blocker.value;
  const isRunning = state.kind === "running";
  const task = app.analysis.task.value;
  return (
    <Section title="Analysis">
      <ModelPicker app={app} />
      <RunButtons app={app} />
      <RunProgress state={state} task={task} />
      <p class="run-words">{isRunning || blocker === null ? wordsOf(state, task) : blocker}</p>
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
        class={!isBlocked && state.kind !== "done" && state.kind !== "classified" ? "primary" : "plain"}
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

function RunProgress({ state, task }: { readonly state: AnalysisState; readonly task: Task }) {
  const fraction = fractionDone(state);
  const isDone = state.kind === "done" || state.kind === "classified";
  const look = state.kind === "running" && fraction === 0 ? "is-uncounted" : isDone ? "is-done" : "";
  return (
    <div
      class={`progress ${look}`}
      role="progressbar"
      aria-label="Analysis"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(fraction * 100)}
      aria-valuetext={wordsOf(state, task)}
    >
      <span style={{ width: `${fraction * 100}%` }} />
    </div>
  );
}

function formatWhole(fraction: number): string {
  return `${Math.floor(fraction * 100)} %`;
}

function wordsOf(state: AnalysisState, task: Task): string {
  switch (state.kind) {
    case "idle":
      return task === "classification" ? "Ready." : "Ready. The map grows while you look around.";
    case "cancelled":
      if (task === "classification") return "Stopped before the slide was seen whole; there is no class of a part.";
      return state.fraction === 0
        ? "Stopped before anything was found."
        : `Stopped at ${formatWhole(state.fraction)}. The part that was found stays until you analyze again.`;
    case "interrupted":
      if (task === "classification")
        return "Stopped, because the file can no longer be read; there is no class of a part.";
      return state.fraction === 0
        ? "Stopped before anything was found, because the file can no longer be read."
        : `Stopped at ${formatWhole(state.fraction)}, because the file can no longer be read. The part that was found stays.`;
    case "failed":
      return "The run failed; nothing of it was kept.";
    case "done":
    case "classified":
      return `Done in ${formatDuration(state.result.seconds)} on ${state.result.backend.name}.`;
    case "running":
      return runningWords(state.progress, state.isCancelling, task);
  }
}

function runningWords(progress: AnalysisProgress | null, isCancelling: boolean, task: Task): string {
  if (isCancelling) return "Stopping …";
  if (!progress) return "Starting …";
  const left = progress.secondsLeft === null ? "" : `, about ${formatDuration(progress.secondsLeft)} left`;
  const isPatches = task === "classification" && progress.phase === "fine";
  return `${isPatches ? `Looking at ${formatInteger(progress.total)} patches` : PHASE_WORDS[progress.phase]}${left} …`;
}
