import { useSignal } from "@preact/signals";
import { OVERVIEW_SIDE, THUMBNAIL_SIDE } from "../../engine/resultfile/format.ts";
import { formatInteger } from "../report/numbers.ts";
import { exportResultFile } from "../report/result-file.ts";
import type { App } from "../state/app.ts";
import { classifiedOf, resultOf } from "../state/result.ts";
import { t } from "../words/words.ts";

/** The one file that opens again anywhere, and what of the slide goes into it. */
export function ResultFileExport({ app }: { readonly app: App }) {
  const hasName = useSignal(false);
  const hasOverview = useSignal(false);
  const isBusy = useSignal(false);
  const recorded = app.slide.open.value?.recorded ?? null;
  const found = resultOf(app) ?? classifiedOf(app);
  const save = async () => {
    const current = resultOf(app) ?? classifiedOf(app);
    if (!current) return;
    isBusy.value = true;
    try {
      await exportResultFile(current, { hasName: hasName.value, hasOverview: hasOverview.value });
    } catch (error) {
      app.messages.report(error);
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <div class="result-export">
      <p class="remark">
        {t`One file that opens again on any computer, offline and without the slide. Of the slide it holds a picture of ${THUMBNAIL_SIDE} px and hashes: no label, no name.`}
      </p>
      <Tick
        name={t`With the file's name`}
        isOn={hasName}
        isDisabled={recorded !== null && recorded.record.name === null}
      />
      <Tick
        name={t`With a larger picture, up to ${formatInteger(OVERVIEW_SIDE)} px`}
        isOn={hasOverview}
        isDisabled={recorded !== null && recorded.pictures.overview === null}
      />
      <div class="run">
        <button type="button" class="plain" disabled={!found || isBusy.value} onClick={() => void save()}>
          {t`Result file`}
        </button>
        {isBusy.value && <span class="remark">{t`Being made …`}</span>}
      </div>
    </div>
  );
}

function Tick(props: { readonly name: string; readonly isOn: { value: boolean }; readonly isDisabled: boolean }) {
  const { name, isOn, isDisabled } = props;
  return (
    <label class="switch">
      <input
        type="checkbox"
        checked={isOn.value && !isDisabled}
        disabled={isDisabled}
        title={isDisabled ? t`This result came without it.` : undefined}
        onChange={(event) => {
          isOn.value = event.currentTarget.checked;
        }}
      />
      <span>{name}</span>
    </label>
  );
}
