import type { App } from "../state/app.ts";
import type { Findings } from "../state/necrosis.ts";
import { retell, say, t } from "../words/words.ts";
import { AllNumbers } from "./all-numbers.tsx";
import { ClassPicker } from "./class-picker.tsx";
import { ClassTable } from "./class-table.tsx";
import { isAllShown } from "./commands.ts";
import { Legend } from "./legend.tsx";
import { MapControls } from "./map-controls.tsx";
import { NecrosisNumbers } from "./necrosis-numbers.tsx";
import { ResearchNotice } from "./research-notice.tsx";
import { AssumedRemark } from "./scaled.tsx";
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
      {findings && !isAll && <AllNumbers app={app} findings={findings} />}
      {findings && <AssumedRemark app={app} />}
      <RunNotes app={app} />
      {findings && <ResearchNotice />}
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
      <p class="result-more">{t`The share of the tissue, its area and the foci will stand here.`}</p>
    </>
  );
}

function Numbers({ app, findings }: { readonly app: App; readonly findings: Findings }) {
  const map = app.classes.map.value;
  if (map && isAllShown(app)) return <ClassTable app={app} areas={map.areas} />;
  return <NecrosisNumbers app={app} findings={findings} />;
}
