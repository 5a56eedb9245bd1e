import type { ClassArea } from "../../engine/heatmap/class-map.ts";
import { formatMm2, formatPercent } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import { ClassSwatch } from "./class-swatch.tsx";
import { rangeWords } from "./measures-words.ts";
import { Scaled } from "./scaled.tsx";

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
            <th scope="col" title={t`Share of the tissue if the confidence of the class were 0.1 lower or higher`}>
              ±0.1
            </th>
            {hasScale && <th scope="col">{t`Area`}</th>}
          </tr>
        </thead>
        <tbody>
          {areas.map(({ name, colour, isBackground, fraction, mm2, range }, index) => (
            <tr key={name}>
              <th scope="row">
                <ClassSwatch colour={isBackground ? null : colour} index={index} look={app.settings.mapLook.value} />
                {name}
              </th>
              <td>{formatPercent(fraction)}</td>
              <td class="class-range">{rangeWords(range, formatPercent)}</td>
              {hasScale && <td>{mm2 !== null && <Scaled app={app}>{formatMm2(mm2)}</Scaled>}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="result-more">
        {t`Each place has its most likely class.`} {partial && <span class="tag">{partial}</span>}
      </p>
    </>
  );
}
