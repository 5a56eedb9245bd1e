import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import { ASSUMED_MARK, formatMm2, formatPercent, isAssumed } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import type { Findings } from "../state/necrosis.ts";
import { retell, say, t } from "../words/words.ts";
import { ClassPicker } from "./class-picker.tsx";
import { ClassTable } from "./class-table.tsx";
import { isAllShown } from "./commands.ts";
import { Legend } from "./legend.tsx";
import { MapControls } from "./map-controls.tsx";
import { RegionWalk } from "./region-walk.tsx";
import { Section } from "./section.tsx";

/** The numbers, the slider that decides them, and how the map is drawn. */
export function NecrosisSection({ app }: { readonly app: App }) {
  const findings = app.necrosis.findings.value;
  // Numbers that change several times a second are not read aloud.
  const isRunning = app.analysis.state.value.kind === "running";
  const isAll = isAllShown(app);
  const title = say(app.classes.title.value);
  return (
    <Section title={title}>
      <ClassPicker app={app} />
      <div class="result" role="status" aria-label={title} aria-live={isRunning ? "off" : "polite"}>
        {findings ? <Numbers app={app} findings={findings} /> : <NoNumbers />}
      </div>
      <MapControls app={app} />
      {!isAll && <Legend app={app} />}
      {findings && !isAll && <RegionWalk app={app} />}
      <RunNotes app={app} />
      {findings && <p class="notice">{RESEARCH_USE_NOTICE}</p>}
    </Section>
  );
}

/** Below the controls: a note that comes with the end of a run must not push a slider from under the pointer. */
function RunNotes({ app }: { readonly app: App }) {
  const state = app.analysis.state.value;
  if (state.kind !== "done" || state.result.notes.length === 0) return null;
  return (
    <ul class="notes">
      {state.result.notes.map((note) => (
        <li key={note}>{retell(note)}</li>
      ))}
    </ul>
  );
}

function NoNumbers() {
  return (
    <>
      <p>{t`No map yet.`}</p>
      <p class="result-more">{t`The share of the tissue, its area and the regions will stand here.`}</p>
    </>
  );
}

function Numbers({ app, findings }: { readonly app: App; readonly findings: Findings }) {
  const map = app.classes.map.value;
  if (map && isAllShown(app)) return <ClassTable app={app} areas={map.areas} />;
  const { summary, range } = findings;
  const kind = app.analysis.state.value.kind;
  const partial = kind === "running" ? t`so far` : kind === "cancelled" || kind === "interrupted" ? t`partial` : null;
  const regions = summary.regionCount === 1 ? t`1 region` : t`${summary.regionCount} regions`;
  return (
    <>
      <p class="result-main">
        <strong class="figure">{formatPercent(summary.fraction)}</strong>{" "}
        {summary.necrosisMm2 !== null && <strong class="figure">{formatMm2(summary.necrosisMm2)}</strong>}{" "}
        {isAssumed(app.slide.pixelSize.value) && <span class="assumed">{say(ASSUMED_MARK)}</span>}{" "}
        {partial && <span class="tag">{partial}</span>}
      </p>{" "}
      <p class="result-more figure">
        {summary.tissueMm2 === null
          ? t`${regions} in the tissue`
          : t`${regions} in ${formatMm2(summary.tissueMm2)} of tissue`}
      </p>{" "}
      {range && (
        <p class="result-more figure">
          {t`${formatPercent(range[0])} to ${formatPercent(range[1])} at threshold ±0.1`}
        </p>
      )}
    </>
  );
}
