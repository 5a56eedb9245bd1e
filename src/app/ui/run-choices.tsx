import type { App } from "../state/app.ts";
import { retell, t } from "../words/words.ts";
import { choiceName, coarseWords, measuredWords, timeWords } from "./planner-words.ts";

/** How much Analyze computes, and how long each takes on this computer. */
export function RunChoices({ app }: { readonly app: App }) {
  if (!app.slide.open.value || app.packs.pack.value.kind !== "ready") return null;
  const { choices, plan } = app.planner;
  const found = plan.value;
  return (
    <div class="planner">
      {choices.value.length > 1 ? <Choices app={app} /> : <OnlyChoice app={app} />}
      {found && found.coarseTasks > 0 && <p class="remark">{coarseWords(found.coarseStepUm, found.fineStepUm)}</p>}
      <Measuring app={app} />
    </div>
  );
}

function Choices({ app }: { readonly app: App }) {
  const { planner, extent } = app;
  const isRunning = app.analysis.state.value.kind === "running";
  return (
    <fieldset class="extents" disabled={isRunning}>
      <legend>{t`How much is computed`}</legend>
      {planner.choices.value.map((choice) => (
        <label key={choice.extent} class="choice">
          <input
            type="radio"
            name="extent"
            checked={extent.chosen.value === choice.extent}
            onChange={() => extent.choose(choice.extent)}
          />
          <span>{choiceName(choice)}</span>
          <span class="choice-time figure">{timeWords(choice.seconds, planner.speed.value)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function OnlyChoice({ app }: { readonly app: App }) {
  const [choice] = app.planner.choices.value;
  const time = choice ? timeWords(choice.seconds, app.planner.speed.value) : null;
  if (!choice || time === null) return null;
  return (
    <p class="choice">
      <span>{choiceName(choice)}</span>
      <span class="choice-time figure">{time}</span>
    </p>
  );
}

/** The measurement: offered, under way, failed, done. It keeps its place during a run, so that nothing moves when that ends. */
function Measuring({ app }: { readonly app: App }) {
  const { planner } = app;
  const { value: work } = planner.work;
  if (work === "planning") return <p class="remark">{t`Looking at how much tissue there is …`}</p>;
  if (work === "measuring") {
    return (
      <div class="planner-row">
        <p class="remark" role="status">{t`Being measured, about 5 s …`}</p>
        <button type="button" class="plain" onClick={() => planner.stop()}>
          {t`Stop the measurement`}
        </button>
      </div>
    );
  }
  const failure = planner.failure.value;
  const speed = planner.speed.value;
  const isKnown = speed !== null && planner.plan.value !== null;
  return (
    <div class="planner-row">
      <p class={failure === null ? "remark" : "complaint"}>
        {failure !== null && retell(failure)}
        {failure === null && isKnown && measuredWords(speed)}
        {failure === null && !isKnown && t`Measures for 5 s how long a run takes here.`}
      </p>
      <button
        type="button"
        class="plain"
        title={t`Measures how fast this computer runs the model, for about 5 s`}
        disabled={!planner.canMeasure.value}
        onClick={() => void planner.measure()}
      >
        {isKnown || failure !== null ? t`Again` : t`How long?`}
      </button>
    </div>
  );
}
