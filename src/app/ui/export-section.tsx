import type { App } from "../state/app.ts";
import { classifiedOf, resultOf } from "../state/result.ts";
import { t } from "../words/words.ts";
import { ExportButton } from "./export-button.tsx";
import { ExportGroup } from "./export-group.tsx";
import { EXPORT_SECTION_ID } from "./export-keys.ts";
import { ExportStatus } from "./export-status.tsx";
import { FigureChoices } from "./figure-choices.tsx";
import { writeClassJson, writeConfidence, writeCsv, writeGeoJson, writeImage, writePatchesCsv } from "./hand-out.ts";
import { Help } from "./help.tsx";
import { printReport } from "./print-report.ts";
import { ResultFileExport } from "./result-file-export.tsx";
import { Section } from "./section.tsx";
import { Switch } from "./switch.tsx";

/** Everything that can be taken along once a run is done. */
export function ExportSection({ app }: { readonly app: App }) {
  const isClass = app.analysis.task.value === "classification";
  const hasResult = (isClass ? classifiedOf(app) : resultOf(app)) !== null;
  const recorded = app.slide.open.value?.recorded ?? null;
  return (
    <Section title={t`Export`} id={EXPORT_SECTION_ID}>
      {isClass ? <ClassGroups app={app} isOpen={hasResult} /> : <MapGroups app={app} isOpen={hasResult} />}
      <ResultFileExport app={app} />
      <div class="export-name">
        <Switch
          label={t`With the file's name`}
          value={app.handing.hasName}
          isDisabled={recorded !== null && recorded.record.name === null}
        />
        <p class="remark">
          {t`In files, on them and in the report. It may tell who the patient is; without it, files are named by the slide's fingerprint.`}
          <Help
            about={t`Export`}
            text={t`GeoJSON opens in QuPath; CSV in any table program, with points as decimal marks; the image shows tissue and map; the confidence is the map in numbers, before any threshold. None holds the label or the name of the file's patient.`}
          />
        </p>
      </div>
      <ExportStatus app={app} hasResult={hasResult} />
    </Section>
  );
}

interface GroupsProps {
  readonly app: App;
  readonly isOpen: boolean;
}

function MapGroups({ app, isOpen }: GroupsProps) {
  const { handing } = app;
  const isTiff = isOpen && !app.classes.classes.value;
  return (
    <div class="export-groups">
      <ExportGroup title={t`Numbers`}>
        <ExportButton
          app={app}
          isOpen={isOpen}
          name={t`Export CSV`}
          what={t`Every number, a line per region`}
          run={writeCsv}
        />
      </ExportGroup>
      <ExportGroup title={t`Outlines`}>
        <ExportButton
          app={app}
          isOpen={isOpen}
          name={t`Export GeoJSON`}
          what={t`Outlines for QuPath`}
          run={writeGeoJson}
        />
        <Switch label={t`gzip`} value={handing.isCompressed} />
      </ExportGroup>
      <ExportGroup title={t`Pictures`}>
        <ExportButton
          app={app}
          isOpen={isOpen}
          name={t`Export image`}
          what={t`A figure with scale bar and legend`}
          run={writeImage}
        />
        <ExportButton
          app={app}
          isOpen={isOpen}
          name={t`Export confidence`}
          what={isTiff ? t`Float TIFF, unthresholded` : t`Float TIFF, a page per class`}
          run={writeConfidence}
        />
      </ExportGroup>
      <FigureChoices app={app} />
      <ExportGroup title={t`Report`}>
        <ExportButton
          app={app}
          isOpen={isOpen}
          name={t`Print report`}
          what={t`One page, A4 or Letter (Ctrl+P)`}
          run={printReport}
        />
        <Switch label={t`Hatched`} value={handing.isPrintHatched} />
      </ExportGroup>
    </div>
  );
}

function ClassGroups({ app, isOpen }: GroupsProps) {
  return (
    <div class="export-groups">
      <ExportGroup title={t`Numbers`}>
        <ExportButton
          app={app}
          isOpen={isOpen}
          name={t`Export CSV`}
          what={t`One line per patch`}
          run={writePatchesCsv}
        />
        <ExportButton
          app={app}
          isOpen={isOpen}
          name={t`Export JSON`}
          what={t`Class, decision and the strongest patches`}
          run={writeClassJson}
        />
      </ExportGroup>
    </div>
  );
}
