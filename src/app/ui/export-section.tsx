import { useSignal } from "@preact/signals";
import { exportClassJson, exportPatchesCsv } from "../report/class-exports.ts";
import { exportConfidence, exportCsv, exportGeoJson, exportImage } from "../report/exports.ts";
import type { App } from "../state/app.ts";
import { classifiedOf, resultOf } from "../state/result.ts";
import { msg, say, t } from "../words/words.ts";
import { ResultFileExport } from "./result-file-export.tsx";
import { Section } from "./section.tsx";

const EXPORTS = [
  { name: msg`Export GeoJSON`, what: msg`Outlines for QuPath`, run: exportGeoJson },
  { name: msg`Export CSV`, what: msg`One line per region`, run: exportCsv },
  { name: msg`Export image`, what: msg`Tissue with map, PNG`, run: exportImage },
  { name: msg`Export confidence`, what: msg`Float TIFF, unthresholded`, run: exportConfidence },
] as const;

const CLASS_EXPORTS = [
  { name: msg`Export CSV`, what: msg`One line per patch`, run: exportPatchesCsv },
  { name: msg`Export JSON`, what: msg`Class, decision and the strongest patches`, run: exportClassJson },
] as const;

/** Everything that can be taken along once a run is done. */
export function ExportSection({ app }: { readonly app: App }) {
  return app.analysis.task.value === "classification" ? (
    <Exports app={app} files={CLASS_EXPORTS} resultOf={classifiedOf} />
  ) : (
    <Exports app={app} files={EXPORTS} resultOf={resultOf} />
  );
}

interface ExportsProps<Result> {
  readonly app: App;
  readonly files: readonly {
    readonly name: string;
    readonly what: string;
    readonly run: (result: Result) => Promise<void>;
  }[];
  readonly resultOf: (app: App) => Result | null;
}

function Exports<Result>({ app, files, resultOf: find }: ExportsProps<Result>) {
  const result = find(app);
  const busy = useSignal<string | null>(null);
  const run = async (name: string, work: (result: Result) => Promise<void>) => {
    const current = find(app);
    if (!current) return;
    busy.value = name;
    try {
      await work(current);
    } catch (error) {
      app.messages.report(error);
    } finally {
      busy.value = null;
    }
  };
  return (
    <Section title={t`Export`}>
      <div class="exports">
        {files.map(({ name, what, run: work }) => (
          <button
            key={say(name)}
            type="button"
            class="plain"
            title={say(what)}
            disabled={!result || busy.value !== null}
            onClick={() => void run(name, work)}
          >
            {say(name)}
          </button>
        ))}
      </div>
      <p class="remark">{wordsOf(result !== null, busy.value)}</p>
      <ResultFileExport app={app} />
    </Section>
  );
}

function wordsOf(hasResult: boolean, busy: string | null): string {
  if (busy !== null) return t`Being made …`;
  return hasResult ? t`Each file says that it is for research use only.` : t`Exports open when a run is done.`;
}
