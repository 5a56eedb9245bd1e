import type { App } from "../state/app.ts";
import type { Findings } from "../state/necrosis.ts";
import { t } from "../words/words.ts";
import { FociBySize, MeasuresTable } from "./measures-table.tsx";
import { ReliabilityNote } from "./reliability-note.tsx";

/** What stands behind the few numbers at the top: all of them as tables, and how far they can be relied on. */
export function AllNumbers({ app, findings }: { readonly app: App; readonly findings: Findings }) {
  return (
    <>
      <details class="fold">
        <summary>{t`All numbers`}</summary>
        <div class="fold-body">
          <MeasuresTable app={app} measures={findings.measures} />
          <FociBySize app={app} measures={findings.measures} />
          <p class="remark">
            {t`The viable rim of a focus is the tissue between it and the nearest glass, a tear or a wide vessel among it: the shortest straight distance from its outline to the edge of the tissue. 0 µm: it reaches the edge. What lies beyond the scanned picture is not known.`}
          </p>
        </div>
      </details>
      <details class="fold">
        <summary>{t`Reliability of the confidence`}</summary>
        <div class="fold-body">
          <ReliabilityNote app={app} />
        </div>
      </details>
    </>
  );
}
