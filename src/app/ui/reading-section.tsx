import { coverageWords, readingWords } from "../report/coverage-words.ts";
import { ASSUMED_MARK, isAssumed } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { say, t } from "../words/words.ts";
import { MeasurementList } from "./measurement-list.tsx";
import { Section } from "./section.tsx";

/** What the reader did with the slide: how much of it was looked at closely, and what was measured. */
export function ReadingSection({ app }: { readonly app: App }) {
  return (
    <Section title={t`Reading`}>
      <Coverage app={app} />
      <MeasurementList app={app} />
    </Section>
  );
}

function Coverage({ app }: { readonly app: App }) {
  const { coverage } = app;
  const pixelSize = app.slide.pixelSize.value;
  const part = coverage.part.value;
  if (!part) return null;
  const closely = readingWords(pixelSize !== null);
  const mark = isAssumed(pixelSize) && <span class="assumed"> {say(ASSUMED_MARK)}</span>;
  if (part.fraction === 0) {
    return (
      <p class="remark">
        {t`Nothing seen at ${closely} or more yet. What stays on the stage so for half a second is tinted in the small slide.`}
        {mark}
      </p>
    );
  }
  return (
    <div class="coverage">
      <p class="figure">
        {coverageWords(coverage, pixelSize !== null)}
        {mark}
      </p>
      <button
        type="button"
        class="plain"
        title={t`Forgets what was looked at on this slide`}
        onClick={() => coverage.forget()}
      >
        {t`Forget`}
      </button>
    </div>
  );
}
