import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import { confidenceOf, decisionOf } from "../../engine/classification/record.ts";
import type { ClassificationResult } from "../../engine/classification/types.ts";
import { ASSUMED_MARK, formatFixed, formatInteger, formatPercent, isAssumed } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { retell, say, t } from "../words/words.ts";
import { PatchList } from "./patch-list.tsx";
import { Section } from "./section.tsx";

/** The class of the slide, how sure it is, and the patches that spoke for it and against it. */
export function ClassSection({ app }: { readonly app: App }) {
  const patches = app.evidence.patches.value;
  return (
    <Section title={t`Class`}>
      <div class="result" role="status" aria-label={t`Class`}>
        {patches ? <Verdict app={app} result={patches.result} /> : <NoVerdict />}
      </div>
      {patches && (
        <>
          <Probabilities result={patches.result} />
          <PatchList
            app={app}
            title={t`For ${patches.result.predicted}`}
            side="supporting"
            patches={patches.supporting}
          />
          <PatchList
            app={app}
            title={t`Against ${patches.result.predicted}`}
            side="opposing"
            patches={patches.opposing}
          />
          <Notes notes={patches.result.notes} />
          <p class="notice">{RESEARCH_USE_NOTICE}</p>
        </>
      )}
    </Section>
  );
}

function NoVerdict() {
  return (
    <>
      <p>{t`No class yet.`}</p>
      <p class="result-more">
        {t`The class of the slide and the patches that speak for it and against it will stand here.`}
      </p>
    </>
  );
}

function Verdict({ app, result }: { readonly app: App; readonly result: ClassificationResult }) {
  const { predicted, kept, grid } = result;
  const laid = grid.lefts.length * grid.tops.length;
  return (
    <>
      <p class="result-main">
        <strong>{predicted}</strong> <strong class="figure">{formatPercent(confidenceOf(result))}</strong>{" "}
        {isAssumed(app.slide.pixelSize.value) && <span class="assumed">{say(ASSUMED_MARK)}</span>}
      </p>{" "}
      <p class="result-more figure">
        {t`Decision ${formatSigned(decisionOf(result))}; ${formatInteger(kept.length)} of ${formatInteger(laid)} patches looked at`}
      </p>
    </>
  );
}

/** The confidences of all classes, as bars: with many classes the second may matter. */
function Probabilities({ result }: { readonly result: ClassificationResult }) {
  const order = result.classes.map((name, index) => ({ name, value: result.probabilities[index] ?? 0 }));
  order.sort((a, b) => b.value - a.value);
  return (
    <dl class="probabilities">
      {order.map(({ name, value }) => (
        <div key={name} class={name === result.predicted ? "is-predicted" : ""}>
          <dt>{name}</dt>
          <dd>
            <span class="probability-bar" style={{ width: `${100 * value}%` }} aria-hidden="true" />
            <span class="figure">{formatPercent(value)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Notes({ notes }: { readonly notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul class="notes">
      {notes.map((note) => (
        <li key={note}>{retell(note)}</li>
      ))}
    </ul>
  );
}

/** "+0.52", with a true minus sign. */
export function formatSigned(value: number): string {
  return `${value < 0 ? "−" : "+"}${formatFixed(Math.abs(value), 2)}`;
}
