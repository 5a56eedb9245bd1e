import { useSignal } from "@preact/signals";
import type { Comparison } from "../../engine/pictures/truth-raster.ts";
import { exportComparison } from "../report/comparison-exports.ts";
import type { DrawingFormat } from "../report/drawing-file.ts";
import { formatFixed } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { resultOf } from "../state/result.ts";
import { msg, say, t } from "../words/words.ts";
import { chooseOtherFile } from "./choose-other-file.ts";
import { Fact, Section } from "./section.tsx";

const ACCEPT = ".geojson,.json,.png,.tif,.tiff,application/geo+json,image/png,image/tiff";

/** The map against what a person drew. */
export function CompareSection({ app }: { readonly app: App }) {
  const { comparison } = app;
  const name = comparison.name.value;
  const result = comparison.result.value;
  return (
    <Section title={t`Compare`} isFolded>
      <p class="remark">
        {t`Lay outlines of your own over the map: a GeoJSON file, as QuPath writes it, or a painted mask of the whole slide.`}
      </p>
      <div class="run">
        <button
          type="button"
          class="plain"
          disabled={comparison.isReading.value}
          onClick={() => chooseOtherFile(ACCEPT, (file) => void comparison.open(file))}
        >
          {name === null ? t`Open outlines` : t`Other outlines`}
        </button>
        {name !== null && (
          <button type="button" class="plain" onClick={() => comparison.close()}>
            {t`Remove`}
          </button>
        )}
        {comparison.isReading.value && <span class="remark">{t`Reading …`}</span>}
      </div>
      {name !== null && (
        <>
          <p class="remark file-name" title={name}>
            {name}
          </p>
          <ChoiceField app={app} />
          {result ? <Scores app={app} result={result} /> : <p class="remark">{t`Analyze the slide to compare.`}</p>}
        </>
      )}
    </Section>
  );
}

function ChoiceField({ app }: { readonly app: App }) {
  const choices = app.comparison.choices.value;
  if (choices.length < 2) return null;
  return (
    <div class="field">
      <label for="truth-class">{t`Class`}</label>
      <select
        id="truth-class"
        value={app.comparison.chosen.value}
        onChange={(event) => app.comparison.choose(event.currentTarget.value)}
      >
        {choices.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

const LEGEND = [
  { look: "is-found", words: msg`found` },
  { look: "is-missed", words: msg`missed` },
  { look: "is-false", words: msg`found falsely` },
] as const;

function Scores({ app, result }: { readonly app: App; readonly result: Comparison }) {
  const { isShown } = app.comparison;
  return (
    <>
      <div role="status" aria-label={t`Comparison`}>
        <dl>
          <Fact name={t`S (Dice)`}>
            <span class="figure">{formatScore(result.score)}</span>
          </Fact>
          <Fact name={t`Precision`}>
            <span class="figure">{formatScore(result.precision)}</span>
          </Fact>
          <Fact name={t`Recall`}>
            <span class="figure">{formatScore(result.recall)}</span>
          </Fact>
        </dl>
      </div>
      <label class="switch">
        <input
          type="checkbox"
          checked={isShown.value}
          onChange={(event) => {
            isShown.value = event.currentTarget.checked;
          }}
        />
        {t`Show in place of the map`}
      </label>
      <ul class="compare-legend">
        {LEGEND.map(({ look, words }) => (
          <li key={look} class={look}>
            {say(words)}
          </li>
        ))}
      </ul>
      <CompareExports app={app} />
    </>
  );
}

function CompareExports({ app }: { readonly app: App }) {
  const isBusy = useSignal(false);
  const run = async (format: DrawingFormat) => {
    const result = resultOf(app);
    const raster = app.comparison.raster.value;
    const comparison = app.comparison.result.value;
    if (!result || !raster || !comparison) return;
    isBusy.value = true;
    try {
      await exportComparison({ result, raster, comparison, className: app.classes.title.value }, format);
    } catch (error) {
      app.messages.report(error);
    } finally {
      isBusy.value = false;
    }
  };
  const isDisabled = isBusy.value || resultOf(app) === null;
  return (
    <div class="exports">
      <button type="button" class="plain" disabled={isDisabled} onClick={() => void run("png")}>
        {t`Overlay as PNG`}
      </button>
      <button type="button" class="plain" disabled={isDisabled} onClick={() => void run("svg")}>
        {t`Overlay as SVG`}
      </button>
    </div>
  );
}

function formatScore(value: number | null): string {
  return value === null ? "–" : formatFixed(value, 3);
}
