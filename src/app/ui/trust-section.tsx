import type { Light, TrustCheck, TrustReport } from "../../engine/trust/types.ts";
import type { App } from "../state/app.ts";
import { retell, t } from "../words/words.ts";
import { Section } from "./section.tsx";
import { checkName, lightWords } from "./trust-words.ts";

/**
 * Whether the slide is like what the model was trained on: a light, and why. Below Analyze, which must not move when the answers come; open
 * where there is a doubt, for what follows is in sight without it.
 */
export function TrustSection({ app }: { readonly app: App }) {
  const report = app.trust.report.value;
  const { kind } = app.trust.state.value;
  const aside = report ? <LightTag light={report.light} /> : kind === "checking" ? t`comparing …` : "";
  const hasDoubt = report ? report.light !== "green" : kind === "failed";
  return (
    <Section title={t`Trust`} aside={aside} isFolded={!hasDoubt}>
      <div class="trust" role="status" aria-label={t`Trust`} aria-busy={kind === "checking"}>
        {report ? <Answers report={report} /> : <NoAnswers app={app} />}
      </div>
    </Section>
  );
}

function NoAnswers({ app }: { readonly app: App }) {
  const { kind } = app.trust.state.value;
  if (kind === "checking") return <p class="remark">{t`Comparing the slide with the model's training …`}</p>;
  if (kind === "failed")
    return (
      <p class="remark">{t`The slide could not be compared with the model's training; it can be analyzed all the same.`}</p>
    );
  if (app.slide.open.value?.recorded)
    return <p class="remark">{t`The result says nothing of how like the training its slide is.`}</p>;
  if (!app.slide.pixelSize.value)
    return <p class="remark">{t`Compared with the model's training once the pixel size is given under Slide.`}</p>;
  return <p class="remark">{t`Compared with the model's training once the model is there.`}</p>;
}

/** What is doubtful first, each with its reason; what is not in one line, with its reasons folded. */
function Answers({ report }: { readonly report: TrustReport }) {
  const doubts = report.checks.filter(({ light }) => light !== "green");
  const fine = report.checks.filter(({ light }) => light === "green");
  return (
    <>
      {report.isOverruled && <p class="remark">{t`Analyzed all the same, after the reasons were shown.`}</p>}
      <CheckList checks={[...doubts].sort((a, b) => (a.light === b.light ? 0 : a.light === "red" ? -1 : 1))} />
      {fine.length > 0 && (
        <details class="trust-fine">
          <summary>
            <LightMark light="green" />
            <span>
              {t`As in training:`} {fine.map(({ id }) => checkName(id)).join(", ")}
            </span>
          </summary>
          <CheckList checks={fine} />
        </details>
      )}
    </>
  );
}

function CheckList({ checks }: { readonly checks: readonly TrustCheck[] }) {
  if (checks.length === 0) return null;
  return (
    <ul class="trust-checks">
      {checks.map((check) => (
        <li key={check.id}>
          <LightMark light={check.light} />
          <p>
            <strong>{checkName(check.id)}:</strong> <span class="unseen">({lightWords(check.light)})</span>{" "}
            {retell(check.reason)}
          </p>
        </li>
      ))}
    </ul>
  );
}

function LightTag({ light }: { readonly light: Light }) {
  return (
    <span class="light-tag">
      <LightMark light={light} />
      {lightWords(light)}
    </span>
  );
}

/** A shape of its own for each light, for whoever does not see the colours: disc, triangle, square. */
export function LightMark({ light }: { readonly light: Light }) {
  return (
    <svg class={`light is-${light}`} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {light === "green" && <circle cx="6" cy="6" r="4.5" />}
      {light === "amber" && <path d="M6 1 11.5 11H.5Z" />}
      {light === "red" && <rect x="1.25" y="1.25" width="9.5" height="9.5" rx="1" />}
    </svg>
  );
}
