import { formatMm2, formatPercent } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import { walkTo } from "./commands.ts";
import { Icon } from "./icons.tsx";

/** Steps through the regions, largest first. */
export function RegionWalk({ app }: { readonly app: App }) {
  const regions = app.necrosis.findings.value?.regions ?? [];
  const visited = app.necrosis.visited.value;
  const region = visited === null ? null : regions[visited];
  const pixelSize = app.slide.pixelSize.value;
  if (regions.length === 0) return <p class="remark">{t`No region at this level.`}</p>;
  return (
    <div class="walk">
      <button
        type="button"
        class="quiet"
        aria-label={t`Previous region`}
        title={t`Previous region (P)`}
        onClick={() => walkTo(app, -1)}
      >
        <Icon name="previous" />
      </button>
      <span class="figure">
        {visited === null ? "–" : visited + 1} / {regions.length}
      </span>
      <button
        type="button"
        class="quiet"
        aria-label={t`Next region`}
        title={t`Next region (N)`}
        onClick={() => walkTo(app, 1)}
      >
        <Icon name="next" />
      </button>
      <span class="walk-facts figure">
        {region && pixelSize && `${formatMm2((region.area0 * pixelSize.mppX * pixelSize.mppY) / 1e6)}, `}
        {region && t`mean ${formatPercent(region.meanConfidence)}`}
      </span>
    </div>
  );
}
