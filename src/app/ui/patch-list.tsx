import { withLocalMark } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import type { SpeakingPatch } from "../state/evidence.ts";
import { t } from "../words/words.ts";
import { PatchThumbnail } from "./patch-thumbnail.tsx";

interface PatchListProps {
  readonly app: App;
  readonly title: string;
  readonly side: "supporting" | "opposing";
  readonly patches: readonly SpeakingPatch[];
}

/** Thumbnails of the strongest patches of one side; a click goes to the patch on the slide. */
export function PatchList({ app, title, side, patches }: PatchListProps) {
  const slide = app.slide.open.value;
  return (
    <div class={`patches is-${side}`}>
      <h3>{title}</h3>
      {patches.length === 0 && <p class="remark">{t`No patch.`}</p>}
      <ul>
        {patches.map((patch) => (
          <li key={patch.row}>
            <button
              type="button"
              aria-pressed={app.evidence.visited.value === patch.row}
              aria-label={t`Patch at ${Math.round(patch.box.x0)}, ${Math.round(patch.box.y0)}: ${strength(patch)}`}
              title={t`Show on the slide`}
              onClick={() => {
                app.evidence.visit(patch);
                app.view.handle.value?.show(patch.box);
              }}
            >
              {slide && <PatchThumbnail slide={slide.client} box={patch.box} />}
              <span class="figure">{strength(patch)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Two figures whatever the size: on a large slide each patch adds little. */
function strength({ evidence }: SpeakingPatch): string {
  return `${evidence < 0 ? "−" : "+"}${withLocalMark(Math.abs(evidence).toPrecision(2))}`;
}
