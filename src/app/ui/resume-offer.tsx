import { formatMoment, formatWhole } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";

/** Where a run ended before it was done: the next step is to go on with it. */
export function ResumeOffer({ app }: { readonly app: App }) {
  const offer = app.resume.offer.value;
  if (!offer) return null;
  const isReading = app.resume.isReading.value;
  const isOtherModel = offer.subject.packId !== app.packs.selectedId.value;
  const share = formatWhole(offer.total === 0 ? 0 : offer.done / offer.total);
  // A region or a coarse map that was asked for alone is done, the slide is not.
  const isPartDone = offer.total > 0 && offer.done >= offer.total;
  return (
    <div class="resume">
      <button type="button" class="primary" aria-disabled={isReading} onClick={() => void app.resume.goOn()}>
        {isPartDone ? t`Go on with the analysis of the rest` : t`Go on with the analysis (${share} done)`}
      </button>
      <p class="remark">
        {isOtherModel && `${t`With the model "${offer.subject.packName}".`} `}
        {t`Kept on ${formatMoment(offer.updatedAt)}; Analyze starts from the beginning.`}
      </p>
    </div>
  );
}

/** Two tabs on the same work: this one says that it writes nothing. */
export function ElsewhereNote({ app }: { readonly app: App }) {
  const isRunning = app.analysis.state.value.kind === "running";
  if (!isRunning || !app.keeper.isElsewhere.value) return null;
  return (
    <p class="remark" role="status">
      {t`Another tab is at the same analysis and keeps it; this one keeps nothing of it unless that tab is closed first.`}
    </p>
  );
}
