import { formatMm2, formatPercent, formatUm } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import type { Findings } from "../state/necrosis.ts";
import { t } from "../words/words.ts";
import { rangeWords, regionsWords } from "./measures-words.ts";
import { AssumedRemark, Scaled } from "./scaled.tsx";

/** Percent and area with their ranges, the foci and the rim, in a few lines; read aloud when they change. */
export function NecrosisNumbers({ app, findings }: { readonly app: App; readonly findings: Findings }) {
  const { measures } = findings;
  const { necrosisFractionRange, necrosisMm2Range, tissueMm2, largestFocusMm2 } = measures;
  const kind = app.analysis.state.value.kind;
  const partial = kind === "running" ? t`so far` : kind === "cancelled" || kind === "interrupted" ? t`partial` : null;
  return (
    <>
      <p class="result-main">
        <strong class="figure">{formatPercent(measures.necrosisFraction)}</strong>{" "}
        {measures.necrosisMm2 !== null && (
          <strong class="figure">
            <Scaled app={app}>{formatMm2(measures.necrosisMm2)}</Scaled>
          </strong>
        )}{" "}
        {partial && <span class="tag">{partial}</span>}
      </p>{" "}
      {necrosisFractionRange && (
        <p class="result-more figure">
          {rangeWords(necrosisFractionRange, formatPercent)}
          {necrosisMm2Range && (
            <>
              {", "}
              <Scaled app={app}>{rangeWords(necrosisMm2Range, formatMm2)}</Scaled>
            </>
          )}{" "}
          {t`at threshold ±0.1`}
        </p>
      )}{" "}
      <p class="result-more figure">
        {regionsWords(measures.focusCount)}
        {tissueMm2 !== null && (
          <>
            {" "}
            <Scaled app={app}>{t`in ${formatMm2(tissueMm2)} of tissue`}</Scaled>
          </>
        )}
        {largestFocusMm2 !== null && measures.focusCount > 1 && (
          <>
            {", "}
            <Scaled app={app}>{t`largest ${formatMm2(largestFocusMm2)}`}</Scaled>
          </>
        )}
      </p>{" "}
      <Rim app={app} findings={findings} />
      <AssumedRemark app={app} />
    </>
  );
}

function Rim({ app, findings }: { readonly app: App; readonly findings: Findings }) {
  const { narrowestRimUm, fociAtEdge, focusCount } = findings.measures;
  if (narrowestRimUm === null || fociAtEdge === null) return null;
  if (fociAtEdge > 0) {
    return (
      <p class="result-more figure">
        {focusCount === 1
          ? t`It reaches the edge of the tissue`
          : t`${fociAtEdge} of ${focusCount} reach the edge of the tissue`}
      </p>
    );
  }
  return (
    <p class="result-more figure">
      <Scaled app={app}>{t`Viable rim ${formatUm(narrowestRimUm)} at its narrowest`}</Scaled>
    </p>
  );
}
