import type { AnalysisProgress } from "../../engine/analysis/types.ts";
import type { ModelPack } from "../../engine/modelpack/types.ts";
import { formatDuration, formatInteger, formatMoment, formatWhole } from "../report/numbers.ts";
import type { AnalysisState } from "../state/analysis.ts";
import type { App } from "../state/app.ts";
import type { PauseReason } from "../state/pauses.ts";

const PHASE_WORDS: Readonly<Record<AnalysisProgress["phase"], string>> = {
  opening: "Opening the slide",
  tissue: "Looking for tissue",
  "warming-up": "Waking the model",
  coarse: "Coarse map",
  fine: "Fine map",
};

const PAUSE_WORDS: Readonly<Record<PauseReason, string>> = {
  hand: "Paused",
  battery: "Paused while on battery",
  hidden: "Paused while the tab is hidden",
};

/** How the run stands, in a sentence. */
export function runWords(app: App): string {
  const state = app.analysis.state.value;
  const task = app.analysis.task.value;
  if (state.kind === "running") return runningWords(app, state, task);
  if (state.kind === "done" || state.kind === "classified") return doneWords(app, state.result);
  // What the run finished before it broke lies in the offer to go on.
  if (state.kind === "failed" && app.resume.offer.value) return "The run failed; what it had finished is kept.";
  return endedWords(state, task);
}

function endedWords(
  state: Exclude<AnalysisState, { readonly kind: "running" } | { readonly result: unknown }>,
  task: ModelPack["task"],
): string {
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
  }
}

/** One line at the end of a run: nothing below it may move. */
function doneWords(app: App, result: Extract<AnalysisState, { readonly result: unknown }>["result"]): string {
  const run = `in ${formatDuration(result.seconds)} on ${result.backend.name}`;
  const kept = app.results.shown.value;
  if (kept && app.results.isRestored.value) return `Kept from ${formatMoment(kept.keptAt)}, done ${run}.`;
  return kept ? `Done ${run}, and kept.` : `Done ${run}.`;
}

function runningWords(
  app: App,
  { progress, isCancelling }: Extract<AnalysisState, { readonly kind: "running" }>,
  task: ModelPack["task"],
): string {
  if (isCancelling) return "Stopping …";
  const reason = app.pauses.reason.value;
  if (reason)
    return `${PAUSE_WORDS[reason]}. ${isKeeping(app) ? "What is finished is kept." : "What is finished stays."}`;
  if (!progress) return "Starting …";
  const left = progress.secondsLeft === null ? "" : `, about ${formatDuration(progress.secondsLeft)} left`;
  const isPatches = task === "classification" && progress.phase === "fine";
  return `${isPatches ? `Looking at ${formatInteger(progress.total)} patches` : PHASE_WORDS[progress.phase]}${left} …`;
}

/** Whether what a run finishes outlives the tab. */
function isKeeping({ settings, health, keeper }: App): boolean {
  return settings.keep.value && health.isWritable.value && !keeper.isElsewhere.value;
}
