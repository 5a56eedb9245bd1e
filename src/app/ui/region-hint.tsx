import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";

/** What a drag does just now. */
export function editingWords({ region }: App): string {
  return region.rect.value
    ? t`Drag an edge or a corner to resize the region, its middle to move it, or draw a new one beside it.`
    : t`Drag a rectangle over what matters first.`;
}

/** On the stage while a region is drawn or changed, so that it is known also without the side panel. */
export function RegionHint({ app }: { readonly app: App }) {
  if (!app.region.isEditing.value) return null;
  return (
    <div class="region-hint">
      <p role="status">{editingWords(app)}</p>
      <button type="button" class="plain" title={t`Done (Esc)`} onClick={() => app.region.setEditing(false)}>
        {t`Done`}
      </button>
    </div>
  );
}
