import { useSignal } from "@preact/signals";
import { OVERVIEW_SIDE, THUMBNAIL_SIDE } from "../../engine/resultfile/format.ts";
import { formatInteger } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { classifiedOf, resultOf } from "../state/result.ts";
import { t } from "../words/words.ts";
import { ExportButton } from "./export-button.tsx";
import { ExportGroup } from "./export-group.tsx";
import { writeResultFile } from "./hand-out.ts";
import { Switch } from "./switch.tsx";

/** The one file that opens again anywhere, and what of the slide goes into it. */
export function ResultFileExport({ app }: { readonly app: App }) {
  const hasOverview = useSignal(false);
  const recorded = app.slide.open.value?.recorded ?? null;
  const found = resultOf(app) ?? classifiedOf(app);
  const isPart = found !== null && "analysis" in found && found.analysis.part !== undefined;
  return (
    <div class="export-groups">
      <ExportGroup title={t`Result`}>
        <ExportButton
          app={app}
          isOpen={found !== null && !isPart}
          name={t`Result file`}
          what={t`One file that opens again on any computer, offline and without the slide. Of the slide it holds a picture of ${THUMBNAIL_SIDE} px and hashes: no label.`}
          run={(on, name) => writeResultFile(on, name, hasOverview.value)}
        />
        {isPart && (
          <p class="remark">{t`A result file holds a whole run, which can be verified: go on with it first.`}</p>
        )}
        <Switch
          label={t`With a larger picture, up to ${formatInteger(OVERVIEW_SIDE)} px`}
          value={hasOverview}
          isDisabled={recorded !== null && recorded.pictures.overview === null}
        />
      </ExportGroup>
    </div>
  );
}
