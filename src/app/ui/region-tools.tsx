import { formatInteger, formatUm } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import type { Rect0 } from "../state/view.ts";
import { t } from "../words/words.ts";
import { toggleRegion } from "./commands.ts";
import { aboutWords } from "./planner-words.ts";
import { editingWords } from "./region-hint.tsx";

/** The region of interest: drawn, taken from what is shown, changed, taken back. */
export function RegionTools({ app }: { readonly app: App }) {
  const { region, view } = app;
  const rect = region.rect.value;
  const isEditing = region.isEditing.value;
  if (app.analysis.task.value !== "segmentation" || !app.slide.open.value) return null;
  const field = view.field.value;
  const remark = remarkOf(app);
  return (
    <fieldset class="region-tools">
      <legend>
        {t`Region of interest`}
        {rect && <span class="figure">{sizeWords(app, rect)}</span>}
      </legend>
      <div class="buttons">
        <button
          type="button"
          class="plain"
          aria-pressed={isEditing}
          title={t`Drag a rectangle over the slide (I)`}
          onClick={() => toggleRegion(app)}
        >
          {isEditing ? t`Done` : rect ? t`Change` : t`Draw`}
        </button>
        <button type="button" class="plain" disabled={!field} onClick={() => field && region.useField(field)}>
          {t`What I see now`}
        </button>
        {rect && (
          <>
            <button type="button" class="plain" onClick={() => view.handle.value?.show(rect)}>
              {t`Go there`}
            </button>
            <button type="button" class="plain" title={t`Remove the region (Del)`} onClick={() => region.remove()}>
              {t`Remove`}
            </button>
          </>
        )}
        {(region.canUndo.value || region.canRedo.value) && (
          <button type="button" class="plain" disabled={!region.canUndo.value} onClick={() => region.undo()}>
            {t`Undo`}
          </button>
        )}
        {region.canRedo.value && (
          <button type="button" class="plain" onClick={() => region.redo()}>
            {t`Redo`}
          </button>
        )}
      </div>
      {remark !== null && <p class="remark">{remark}</p>}
    </fieldset>
  );
}

function remarkOf(app: App): string | null {
  const { region, extent, planner, analysis } = app;
  if (region.isEditing.value) return editingWords(app);
  const state = analysis.state.value.kind;
  if (!region.rect.value || state === "running" || state === "done") return null;
  if (extent.chosen.value === "region") return t`Nothing else is computed; every number will be of the region.`;
  const seconds = planner.regionSeconds.value;
  return seconds === null
    ? t`Computed first, then the rest.`
    : t`Computed first, in ${aboutWords(seconds)}, then the rest.`;
}

function sizeWords({ slide }: App, { width0, height0 }: Rect0): string {
  const size = slide.pixelSize.value;
  return size
    ? `${formatUm(width0 * size.mppX)} × ${formatUm(height0 * size.mppY)}`
    : `${formatInteger(width0)} × ${formatInteger(height0)} px`;
}
