import type { ComponentChildren } from "preact";
import type { MapMeasures } from "../../engine/heatmap/measures.ts";
import { formatInteger, formatMm2, formatPercent, formatUm } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import { fociWords, rangeWords, sizeWords } from "./measures-words.ts";
import { Scaled } from "./scaled.tsx";

/** Every number of the map at this threshold, with its range. */
export function MeasuresTable({ app, measures }: { readonly app: App; readonly measures: MapMeasures }) {
  const { necrosisFractionRange, necrosisMm2Range, focusCountRange } = measures;
  const mm2 = (value: number | null) => value !== null && <Scaled app={app}>{formatMm2(value)}</Scaled>;
  const um = (value: number | null) => value !== null && <Scaled app={app}>{formatUm(value)}</Scaled>;
  const size = (areaMm2: number | null, diameterUm: number | null) =>
    areaMm2 !== null && diameterUm !== null && <Size app={app} areaMm2={areaMm2} diameterUm={diameterUm} />;
  return (
    <table class="measures figure" aria-label={t`Numbers of the map`}>
      <thead>
        <tr>
          <th scope="col">{t`Quantity`}</th>
          <th scope="col">{t`Value`}</th>
          <th scope="col">{t`At threshold ±0.1`}</th>
        </tr>
      </thead>
      <tbody>
        <Row
          name={t`Share of the tissue`}
          value={formatPercent(measures.necrosisFraction)}
          range={necrosisFractionRange && rangeWords(necrosisFractionRange, formatPercent)}
        />
        <Row
          name={t`Area`}
          value={mm2(measures.necrosisMm2)}
          range={necrosisMm2Range && <Scaled app={app}>{rangeWords(necrosisMm2Range, formatMm2)}</Scaled>}
        />
        <Row name={t`Tissue`} value={mm2(measures.tissueMm2)} />
        <Row
          name={t`Foci`}
          value={formatInteger(measures.focusCount)}
          range={focusCountRange && rangeWords(focusCountRange, formatInteger)}
        />
        <Row name={t`Largest focus`} value={size(measures.largestFocusMm2, measures.largestFocusDiameterUm)} />
        <Row name={t`Median focus`} value={size(measures.medianFocusMm2, measures.medianFocusDiameterUm)} />
        <Row name={t`Viable rim, narrowest`} value={um(measures.narrowestRimUm)} />
        <Row name={t`Viable rim, median`} value={um(measures.medianRimUm)} />
        <Row name={t`Foci at the edge`} value={measures.fociAtEdge !== null && formatInteger(measures.fociAtEdge)} />
      </tbody>
    </table>
  );
}

/** A number that there is none of says so by a dash. */
function Row(props: { readonly name: string; readonly value: ComponentChildren; readonly range?: ComponentChildren }) {
  return (
    <tr>
      <th scope="row">{props.name}</th>
      <td>{props.value || "–"}</td>
      <td>{props.range}</td>
    </tr>
  );
}

/** An area, and the diameter of the circle that has it. */
function Size(props: { readonly app: App; readonly areaMm2: number; readonly diameterUm: number }) {
  return (
    <>
      <Scaled app={props.app}>{formatMm2(props.areaMm2)}</Scaled>
      <br />
      <span title={t`Diameter of the circle of the same area`}>
        <Scaled app={props.app}>⌀ {formatUm(props.diameterUm)}</Scaled>
      </span>
    </>
  );
}

/** How many foci there are of each size, and what they make together. */
export function FociBySize({ app, measures }: { readonly app: App; readonly measures: MapMeasures }) {
  const { fociBySize, focusCount } = measures;
  if (fociBySize.length === 0) return null;
  const most = fociBySize.reduce((max, { count }) => Math.max(max, count), 1);
  return (
    <table class="measures foci-by-size figure" aria-label={t`Foci by size`}>
      <thead>
        <tr>
          <th scope="col">{t`Size of a focus`}</th>
          <th scope="col">{fociWords(focusCount)}</th>
          <th scope="col">{t`Together`}</th>
        </tr>
      </thead>
      <tbody>
        {fociBySize.map((one) => (
          <tr key={one.fromMm2}>
            <th scope="row">
              <Scaled app={app}>{sizeWords(one)}</Scaled>
            </th>
            <td>
              <svg class="count-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect width={(100 * one.count) / most} height="8" />
              </svg>
              {formatInteger(one.count)}
            </td>
            <td>{one.count > 0 ? <Scaled app={app}>{formatMm2(one.areaMm2)}</Scaled> : "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
