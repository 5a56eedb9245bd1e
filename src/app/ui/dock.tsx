import type { App } from "../state/app.ts";
import { AnalysisSection } from "./analysis-section.tsx";
import { ClassSection } from "./class-section.tsx";
import type { PageCommands } from "./commands.ts";
import { CompareSection } from "./compare-section.tsx";
import { ExportSection } from "./export-section.tsx";
import { FindingsSection } from "./findings-section.tsx";
import { NecrosisSection } from "./necrosis-section.tsx";
import { NeuronsSection } from "./neurons-section.tsx";
import { PictureSection } from "./picture-section.tsx";
import { ReadingSection } from "./reading-section.tsx";
import { RecentSection } from "./recent-section.tsx";
import { RecordSection } from "./record-section.tsx";
import { SlideSection } from "./slide-section.tsx";
import { TrustSection } from "./trust-section.tsx";

/** The sections in the order of the work. A sheet from below where the page is narrow. */
export function Dock(props: { readonly app: App; readonly commands: PageCommands; readonly isOpen: boolean }) {
  const { app, commands, isOpen } = props;
  const isClass = app.analysis.task.value === "classification";
  // A result without its slide: there is nothing that could be computed.
  const isRecorded = app.slide.open.value?.recorded != null;
  return (
    <aside class="dock" hidden={!isOpen}>
      <SlideSection app={app} />
      <RecordSection app={app} />
      {!isRecorded && (
        <>
          <PictureSection app={app} />
          <AnalysisSection app={app} />
        </>
      )}
      <TrustSection app={app} />
      {isClass ? <ClassSection app={app} /> : <NecrosisSection app={app} />}
      {!isClass && <FindingsSection app={app} />}
      <ReadingSection app={app} />
      {!isRecorded && <NeuronsSection app={app} />}
      {!isClass && <CompareSection app={app} />}
      <ExportSection app={app} />
      <RecentSection app={app} commands={commands} />
    </aside>
  );
}
