import type { AnalysisProgress } from "../../engine/analysis/types.ts";
import { formatDuration, formatPixelSize } from "../report/numbers.ts";
import { meanMpp } from "../report/scale.ts";
import { type AnalysisState, fractionDone } from "../state/analysis.ts";
import type { App } from "../state/app.ts";
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
  const isNextStep = blocker === null && state.kind !== "done";
  return (
    <Section title="Analysis">
      <ModelPicker app={app} />
      <div class="run">
        <button
          type="button"
          class={isNextStep ? "primary" : "plain"}
          disabled={blocker !== null}
          onClick={() => void app.analysis.analyze()}
        >
          Analyze
        </button>
        {isRunning && (
          <button type="button" class="plain" disabled={state.isCancelling} onClick={() => app.analysis.cancel()}>
            Cancel
          </button>
        )}
        <span class="run-figure figure">{isRunning ? formatWhole(fractionDone(state)) : ""}</span>
      </div>
      <RunProgress state={state} />
      <p class="run-words">{isRunning || blocker === null ? wordsOf(state) : blocker}</p>
      <RunNotes app={app} />
    </Section>
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
      aria-valuenow={Math.round(fraction * 100)}
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
      return `Stopped at ${formatWhole(state.fraction)}. The part that was found stays until you analyze again.`;
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

function ModelPicker({ app }: { readonly app: App }) {
  const { entries, selectedId, pack } = app.packs;
  const loaded = pack.value.kind === "ready" ? pack.value.loaded.pack : null;
  return (
    <>
      <label class="field">
        <span>Model</span>
        <select
          value={selectedId.value ?? ""}
          disabled={entries.value.length < 2}
          onChange={(event) => void app.packs.select(event.currentTarget.value)}
        >
          {entries.value.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p class="remark">
        {pack.value.kind === "loading" && "Loading the model …"}
        {pack.value.kind === "failed" && "The model could not be loaded."}
        {loaded && (
          <>
            For {loaded.sampling.mppRange[0]} to {loaded.sampling.mppRange[1]} µm/px.{" "}
            <a href={app.packs.cardUrl(loaded.id)} target="_blank" rel="noreferrer">
              Card
            </a>
            <ScaleRemark app={app} mppPack={loaded.sampling.mpp} mppCoarsest={loaded.sampling.mppRange[1]} />
          </>
        )}
      </p>
    </>
  );
}

/** How the slide's pixels become the model's. */
function ScaleRemark(props: { readonly app: App; readonly mppPack: number; readonly mppCoarsest: number }) {
  const pixelSize = props.app.slide.pixelSize.value;
  if (!pixelSize) return null;
  const mpp = meanMpp(pixelSize);
  const target = formatPixelSize({ mppX: props.mppPack, mppY: props.mppPack, origin: "file" });
  if (mpp > props.mppCoarsest * 1.01) {
    return <> This slide is coarser ({formatPixelSize(pixelSize)}) than the model has seen: read the map with doubt.</>;
  }
  return mpp < props.mppPack * 0.99 ? <> This slide is finer and is brought to {target}.</> : null;
}

function RunNotes({ app }: { readonly app: App }) {
  const state = app.analysis.state.value;
  if (state.kind !== "done" || state.result.notes.length === 0) return null;
  return (
    <ul class="notes">
      {state.result.notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
