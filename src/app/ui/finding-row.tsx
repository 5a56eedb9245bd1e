import { formatInteger, formatMm2, formatPercent } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import type { Finding } from "../state/walk.ts";
import { t } from "../words/words.ts";
import { FindingThumbnail } from "./finding-thumbnail.tsx";
import { Scaled } from "./scaled.tsx";

interface FindingRowProps {
  readonly app: App;
  readonly finding: Finding;
  /** In the list, from 0. */
  readonly place: number;
}

/** A place with picture, size, confidence and whether it was seen; a click goes there. */
export function FindingRow({ app, finding, place }: FindingRowProps) {
  const slide = app.slide.open.value;
  const isCurrent = app.walk.place.value === place;
  return (
    <li class={isCurrent ? "finding is-current" : "finding"}>
      <button
        type="button"
        class="finding-go"
        aria-current={isCurrent ? "true" : undefined}
        title={t`Show on the slide`}
        onClick={() => {
          const found = app.walk.visit(place);
          if (found) app.view.handle.value?.show(found.box);
        }}
      >
        {slide && <FindingThumbnail slide={slide.client} box={finding.box} />}
        <span class="finding-facts figure">
          <span class="finding-size">
            {formatInteger(place + 1)}.{" "}
            {finding.areaMm2 !== null && <Scaled app={app}>{formatMm2(finding.areaMm2)}</Scaled>}{" "}
            {finding.kind === "field" && <span class="tag">{t`below the threshold`}</span>}
          </span>
          <span class="finding-mean">{t`mean ${formatPercent(finding.meanConfidence)}`}</span>
        </span>
      </button>
      <label class="finding-seen">
        <input
          type="checkbox"
          checked={finding.isSeen}
          onChange={(event) => app.walk.setSeen(finding, event.currentTarget.checked)}
        />
        <span>
          {t`seen`}
          <span class="unseen">: {t`finding ${formatInteger(place + 1)}`}</span>
        </span>
      </label>
    </li>
  );
}
