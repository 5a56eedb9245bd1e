import { formatInteger, formatMm2, formatPercent, formatUm } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import type { Findings } from "../state/necrosis.ts";
import { t } from "../words/words.ts";
import { rangeWords, regionsWords } from "./measures-words.ts";
import { partialWords } from "./partial-words.ts";
import { Scaled } from "./scaled.tsx";

/** Percent and area with their ranges, the foci and the rim, a line each; read aloud when they change. */
export function NecrosisNumbers({ app, findings }: { readonly app: App; readonly findings: Findings }) {
  const { measures } = findings;
  const { necrosisFractionRange, necrosisMm2Range, tissueMm2 } = measures;
  const partial = partialWords(app);
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
        <p class="result-more figure" title={t`At threshold ±0.1`}>
          {t`Over ±0.1:`} {rangeWords(necrosisFractionRange, formatPercent)}
          {necrosisMm2Range && (
            <>
              {", "}
              <Scaled app={app}>{rangeWords(necrosisMm2Range, formatMm2)}</Scaled>
            </>
          )}
        </p>
      )}{" "}
      <p class="result-more figure">
        {regionsWords(measures.focusCount)}{" "}
        {tissueMm2 === null ? t`in the tissue` : <Scaled app={app}>{t`in ${formatMm2(tissueMm2)} of tissue`}</Scaled>}
      </p>{" "}
      {measures.focusCount > 0 && <Foci app={app} findings={findings} />}
    </>
  );
}

/** The largest focus, and how near the foci come to the edge of the tissue. */
function Foci({ app, findings }: { readonly app: App; readonly findings: Findings }) {
  const { largestFocusMm2, focusCount, narrowestRimUm } = findings.measures;
  const hasLargest = largestFocusMm2 !== null && focusCount > 1;
  // The rim is known once a run is done.
  const hasRim = narrowestRimUm !== null;
  if (!hasLargest && !hasRim) return null;
  return (
    <p class="result-more figure">
      {hasLargest && <Scaled app={app}>{t`Largest ${formatMm2(largestFocusMm2)}`}</Scaled>}
      {hasLargest && hasRim && "; "}
      <Rim app={app} findings={findings} />
    </p>
  );
}

function Rim({ app, findings }: { readonly app: App; readonly findings: Findings }) {
  const { narrowestRimUm, fociAtEdge } = findings.measures;
  if (narrowestRimUm === null || fociAtEdge === null) return null;
  if (fociAtEdge > 0) return <>{t`at the edge of the tissue: ${formatInteger(fociAtEdge)}`}</>;
  return <Scaled app={app}>{t`viable rim from ${formatUm(narrowestRimUm)}`}</Scaled>;
}
