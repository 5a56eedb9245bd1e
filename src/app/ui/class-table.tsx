import type { ClassArea } from "../../engine/heatmap/class-map.ts";
import { ASSUMED_MARK, formatMm2, formatPercent, isAssumed } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { say, t } from "../words/words.ts";

/** Legend and numbers in one: a row for each class, with its colour on the map, its share of the tissue and its area. */
export function ClassTable({ app, areas }: { readonly app: App; readonly areas: readonly ClassArea[] }) {
  const kind = app.analysis.state.value.kind;
  const partial = kind === "running" ? t`so far` : kind === "cancelled" || kind === "interrupted" ? t`partial` : null;
  const hasScale = areas.some(({ mm2 }) => mm2 !== null);
  return (
    <>
      <table class="class-table figure" aria-label={t`Classes of the tissue`}>
        <thead>
          <tr>
            <th scope="col">{t`Class`}</th>
            <th scope="col">{t`Tissue`}</th>
            {hasScale && <th scope="col">{t`Area`}</th>}
          </tr>
        </thead>
        <tbody>
          {areas.map(({ name, colour, isBackground, fraction, mm2 }) => (
            <tr key={name}>
              <th scope="row">
                <svg class="class-colour" viewBox="0 0 12 12" aria-hidden="true">
                  <rect width="12" height="12" fill={isBackground ? "none" : colour} />
                </svg>
                {name}
              </th>
              <td>{formatPercent(fraction)}</td>
              {hasScale && <td>{mm2 === null ? "" : formatMm2(mm2)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="result-more">
        {t`Each place has its most likely class.`}{" "}
        {hasScale && isAssumed(app.slide.pixelSize.value) && <span class="assumed">{say(ASSUMED_MARK)}</span>}{" "}
        {partial && <span class="tag">{partial}</span>}
      </p>
    </>
  );
}
