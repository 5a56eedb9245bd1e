import { fractionDone } from "../state/analysis.ts";
import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import { ModelPicker } from "./model-picker.tsx";
import { PauseChoices } from "./pause-choices.tsx";
import { ElsewhereNote, ResumeOffer } from "./resume-offer.tsx";
import { RunButtons } from "./run-buttons.tsx";
import { runWords } from "./run-words.ts";
import { Section } from "./section.tsx";

/** The model, the run, how far it is and how much longer it takes. */
export function AnalysisSection({ app }: { readonly app: App }) {
  const isRunning = app.analysis.state.value.kind === "running";
  const blocker = app.analysis.blocker.value;
  return (
    <Section title={t`Analysis`}>
      <ModelPicker app={app} />
      <RunButtons app={app} />
      <RunProgress app={app} />
      <p class="run-words">{isRunning || blocker === null ? runWords(app) : blocker}</p>
      <ElsewhereNote app={app} />
      <ResumeOffer app={app} />
      <PauseChoices app={app} />
    </Section>
  );
}

function RunProgress({ app }: { readonly app: App }) {
  const state = app.analysis.state.value;
  const fraction = fractionDone(state);
  const isDone = state.kind === "done" || state.kind === "classified";
  const isPaused = state.kind === "running" && state.isPaused;
  const isUncounted = state.kind === "running" && fraction === 0;
  const look = isPaused ? "is-paused" : isUncounted ? "is-uncounted" : isDone ? "is-done" : "";
  return (
    <div
      class={`progress ${look}`}
      role="progressbar"
      aria-label={t`Analysis`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(fraction * 100)}
      aria-valuetext={runWords(app)}
    >
      <span style={{ width: `${fraction * 100}%` }} />
    </div>
  );
}
