import type { AnalysisProgress } from "../../engine/analysis/types.ts";
import type { ModelPack } from "../../engine/modelpack/types.ts";
import { formatDuration, formatInteger, formatMoment, formatWhole } from "../report/numbers.ts";
import type { AnalysisState } from "../state/analysis.ts";
import type { App } from "../state/app.ts";
import type { PauseReason } from "../state/pauses.ts";
import { msg, say, t } from "../words/words.ts";

const PHASE_WORDS: Readonly<Record<AnalysisProgress["phase"], string>> = {
  opening: msg`Opening the slide`,
  tissue: msg`Looking for tissue`,
  "warming-up": msg`Waking the model`,
  coarse: msg`Coarse map`,
  fine: msg`Fine map`,
};

const PAUSE_WORDS: Readonly<Record<PauseReason, string>> = {
  hand: msg`Paused`,
  battery: msg`Paused while on battery`,
  hidden: msg`Paused while the tab is hidden`,
};

/** How the run stands, in a sentence. */
export function runWords(app: App): string {
  const state = app.analysis.state.value;
  const task = app.analysis.task.value;
  if (state.kind === "running") return runningWords(app, state, task);
  if (state.kind === "done" || state.kind === "classified") return doneWords(app, state.result);
  // What the run finished before it broke lies in the offer to go on.
  if (state.kind === "failed" && app.resume.offer.value) return t`The run failed; what it had finished is kept.`;
  return endedWords(state, task);
}

function endedWords(
  state: Exclude<AnalysisState, { readonly kind: "running" } | { readonly result: unknown }>,
  task: ModelPack["task"],
): string {
  switch (state.kind) {
    case "idle":
      return task === "classification" ? t`Ready.` : t`Ready. The map grows while you look around.`;
    case "cancelled":
      if (task === "classification") return t`Stopped before the slide was seen whole; there is no class of a part.`;
      return state.fraction === 0
        ? t`Stopped before anything was found.`
        : t`Stopped at ${formatWhole(state.fraction)}. The part that was found stays until you analyze again.`;
    case "interrupted":
      if (task === "classification")
        return t`Stopped, because the file can no longer be read; there is no class of a part.`;
      return state.fraction === 0
        ? t`Stopped before anything was found, because the file can no longer be read.`
        : t`Stopped at ${formatWhole(state.fraction)}, because the file can no longer be read. The part that was found stays.`;
    case "failed":
      return t`The run failed; nothing of it was kept.`;
  }
}

/** One line at the end of a run: nothing below it may move. */
function doneWords(app: App, result: Extract<AnalysisState, { readonly result: unknown }>["result"]): string {
  const run = t`in ${formatDuration(result.seconds)} on ${result.backend.name}`;
  const kept = app.results.shown.value;
  if (kept && app.results.isRestored.value) return t`Kept from ${formatMoment(kept.keptAt)}, done ${run}.`;
  return kept ? t`Done ${run}, and kept.` : t`Done ${run}.`;
}

function runningWords(
  app: App,
  { progress, isCancelling }: Extract<AnalysisState, { readonly kind: "running" }>,
  task: ModelPack["task"],
): string {
  if (isCancelling) return t`Stopping …`;
  const reason = app.pauses.reason.value;
  if (reason)
    return `${say(PAUSE_WORDS[reason])}. ${isKeeping(app) ? t`What is finished is kept.` : t`What is finished stays.`}`;
  if (!progress) return t`Starting …`;
  const isPatches = task === "classification" && progress.phase === "fine";
  const what = isPatches ? t`Looking at ${formatInteger(progress.total)} patches` : say(PHASE_WORDS[progress.phase]);
  return progress.secondsLeft === null ? `${what} …` : t`${what}, about ${formatDuration(progress.secondsLeft)} left …`;
}

/** Whether what a run finishes outlives the tab. */
function isKeeping({ settings, health, keeper }: App): boolean {
  return settings.keep.value && health.isWritable.value && !keeper.isElsewhere.value;
}
