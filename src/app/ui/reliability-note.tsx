import { binOf, type StatedReliability, statedReliability } from "../../engine/modelpack/reliability.ts";
import { formatFigures, formatPercent } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";

/** What the pack's training found of its own confidences, for those at the threshold in a sentence, and for all of them as a table. */
export function ReliabilityNote({ app }: { readonly app: App }) {
  const pack = app.packs.pack.value;
  const model = app.analysis.model.value;
  // Of a result whose pack is not at hand nothing is known of its training.
  if (!model || pack.kind !== "ready" || pack.loaded.packSha256 !== model.sha256) {
    return (
      <p class="remark">{t`The model's card is not at hand: how far its confidence can be relied on is not known here.`}</p>
    );
  }
  const stated = statedReliability(pack.loaded.pack.training);
  if (!stated) {
    return <p class="remark">{t`The model's card does not state how often its confidence was right.`}</p>;
  }
  const bin = binOf(stated, app.necrosis.threshold.value);
  return (
    <>
      {bin && (
        <p class="remark">
          {t`Of the cells that the model called ${share(bin.from)} to ${share(bin.to)}, as at this threshold, ${percent(bin.observed.value)} (${percent(bin.observed.low)} to ${percent(bin.observed.high)}) were necrosis in cross-validation.`}
        </p>
      )}
      <ReliabilityTable stated={stated} />
      {stated.expectedCalibrationError !== null && (
        <p class="remark">
          {t`On average the confidence is off by ${formatFigures(100 * stated.expectedCalibrationError, 2)} percentage points (expected calibration error). Other laboratories and scanners may differ.`}
        </p>
      )}
    </>
  );
}

function ReliabilityTable({ stated }: { readonly stated: StatedReliability }) {
  return (
    <table class="measures figure" aria-label={t`Reliability of the confidence`}>
      <thead>
        <tr>
          <th scope="col">{t`Confidence`}</th>
          <th scope="col">{t`Was necrosis`}</th>
          <th scope="col">{t`95 % interval`}</th>
        </tr>
      </thead>
      <tbody>
        {stated.bins.map(({ from, to, observed }) => (
          <tr key={from}>
            <th scope="row">{t`${share(from)} to ${share(to)}`}</th>
            <td>{formatPercent(observed.value)}</td>
            <td>{t`${percent(observed.low)} to ${percent(observed.high)}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function share(confidence: number): string {
  return formatFigures(confidence, 2);
}

/** "71 %": bins are not surer than that. */
function percent(fraction: number): string {
  return `${Math.round(100 * fraction)} %`;
}
