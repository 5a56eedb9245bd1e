import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import { CopyLinkButton } from "./copy-link-button.tsx";
import { Icon } from "./icons.tsx";

/** Zoom for those without a wheel, and the way to hand on what is shown. */
export function StageTools({ app }: { readonly app: App }) {
  const { handle } = app.view;
  return (
    <div class="stage-tools">
      <button
        type="button"
        class="quiet"
        aria-label={t`Zoom in`}
        title={t`Zoom in`}
        onClick={() => handle.value?.zoomBy(1.6)}
      >
        <Icon name="plus" />
      </button>
      <button
        type="button"
        class="quiet"
        aria-label={t`Zoom out`}
        title={t`Zoom out`}
        onClick={() => handle.value?.zoomBy(1 / 1.6)}
      >
        <Icon name="minus" />
      </button>
      <button
        type="button"
        class="quiet"
        aria-label={t`Whole slide`}
        title={t`Whole slide (7)`}
        onClick={() => handle.value?.fit()}
      >
        <Icon name="fit" />
      </button>
      {app.links.isLinkable.value && <CopyLinkButton app={app} />}
    </div>
  );
}
