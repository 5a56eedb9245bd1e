import { ASSUMED_MARK, formatMm2, formatPercent, isAssumed } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import type { Rect0 } from "../state/view.ts";
import { say, t } from "../words/words.ts";
import { isAllShown } from "./commands.ts";
import { aboutWords } from "./planner-words.ts";

/** What the map says of the region of interest: on its way, so far, final. */
export function RegionFigures({ app }: { readonly app: App }) {
  const rect = app.region.rect.value;
  if (!rect || !app.necrosis.findings.value || isAllShown(app) || isAllOfIt(app, rect)) return null;
  const isRunning = app.analysis.state.value.kind === "running";
  return (
    <div class="region-figures" role="status" aria-label={t`Region`} aria-live={isRunning ? "off" : "polite"}>
      <Figures app={app} />
    </div>
  );
}

/** After a run of this region alone the numbers above are its own. */
function isAllOfIt({ analysis }: App, rect: Rect0): boolean {
  const state = analysis.state.value;
  const part = state.kind === "done" ? state.result.part : undefined;
  if (part?.kind !== "region") return false;
  const { x0, y0, width0, height0 } = part.box;
  return x0 === rect.x0 && y0 === rect.y0 && width0 === rect.width0 && height0 === rect.height0;
}

function Figures({ app }: { readonly app: App }) {
  const found = app.regionNumbers.numbers.value;
  const range = app.regionNumbers.range.value;
  if (!found) return <p class="result-more">{missingWords(app)}</p>;
  const { fraction, necrosisMm2, tissueMm2, isFinal } = found;
  return (
    <>
      <p class="region-main">
        <span>{t`Region`}</span> <strong class="figure">{formatPercent(fraction)}</strong>{" "}
        <span class="tag">{isFinal ? t`final` : tagOf(app)}</span>
      </p>{" "}
      {necrosisMm2 !== null && tissueMm2 !== null && (
        <p class="result-more figure">
          {t`${formatMm2(necrosisMm2)} of ${formatMm2(tissueMm2)} of tissue`}{" "}
          {isAssumed(app.slide.pixelSize.value) && <span class="assumed">{say(ASSUMED_MARK)}</span>}
        </p>
      )}{" "}
      {range && (
        <p class="result-more figure">
          {t`${formatPercent(range[0])} to ${formatPercent(range[1])} at threshold ±0.1`}
        </p>
      )}{" "}
      <p class="result-more">{leftWords(app)}</p>
    </>
  );
}

function tagOf({ analysis }: App): string {
  const state = analysis.state.value;
  if (state.kind === "running") return t`so far`;
  return state.kind === "done" && state.result.part?.kind === "coarse" ? t`coarse` : t`partial`;
}

function leftWords({ analysis }: App): string {
  const state = analysis.state.value;
  const progress = state.kind === "running" ? state.progress?.region : null;
  if (!progress || progress.done === progress.total || progress.secondsLeft === null) return "";
  return t`The region is done in ${aboutWords(progress.secondsLeft)}.`;
}

function missingWords({ analysis }: App): string {
  const kind = analysis.state.value.kind;
  return kind === "running" ? t`Region: nothing is known of it yet.` : t`Region: there is no analyzed tissue in it.`;
}
