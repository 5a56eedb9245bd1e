import type { MapMeasures } from "../../engine/heatmap/measures.ts";
import {
  ASSUMED_MARK,
  formatInteger,
  formatMm2,
  formatPercent,
  formatThreshold,
  formatUm,
  isAssumed,
} from "../report/numbers.ts";
import type { PrintedReport } from "../report/printed-report.ts";
import { say, t } from "../words/words.ts";

interface Row {
  readonly name: string;
  readonly value: string;
  /** At a threshold 0.1 lower and higher. */
  readonly range: string | null;
  /** Whether it rests on the pixel size. */
  readonly isLength: boolean;
}

/** The numbers with their ranges, or the share of each class. */
export function PrintedNumbers({ report }: { readonly report: PrintedReport }) {
  const { result, measured } = report;
  const { classes, pixelSize } = result;
  const mark = isAssumed(pixelSize) ? ` (${say(ASSUMED_MARK)})` : "";
  if (classes?.chosen === null) return <ClassNumbers report={report} mark={mark} />;
  return (
    <section>
      <h2>{t`Numbers`}</h2>
      <table>
        <thead>
          <tr>
            <th />
            <th>{t`at ${formatThreshold(measured.measures.threshold)}`}</th>
            <th>{t`threshold ±0.1`}</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(measured.measures).map(({ name, value, range, isLength }) => (
            <tr key={name}>
              <th>{name}</th>
              <td>
                {value}
                {isLength && mark}
              </td>
              <td>{range}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ClassNumbers({ report, mark }: { readonly report: PrintedReport; readonly mark: string }) {
  const areas = report.result.classes?.map.areas ?? [];
  return (
    <section>
      <h2>{t`Classes`}</h2>
      <table>
        <thead>
          <tr>
            <th>{t`Class`}</th>
            <th>{t`of the tissue`}</th>
            <th>{t`area`}</th>
          </tr>
        </thead>
        <tbody>
          {areas.map(({ name, fraction, mm2 }) => (
            <tr key={name}>
              <th>{name}</th>
              <td>{formatPercent(fraction)}</td>
              <td>{mm2 === null ? "–" : `${formatMm2(mm2)}${mark}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function rowsOf(measures: MapMeasures): readonly Row[] {
  const { necrosisFractionRange, necrosisMm2Range, focusCountRange } = measures;
  const rows = [
    row(t`Of the tissue`, measures.necrosisFraction, formatPercent, { range: necrosisFractionRange }),
    row(t`Area`, measures.necrosisMm2, formatMm2, { range: necrosisMm2Range, isLength: true }),
    row(t`Tissue`, measures.tissueMm2, formatMm2, { isLength: true }),
    row(t`Foci`, measures.focusCount, formatInteger, { range: focusCountRange }),
    row(t`Largest focus`, measures.largestFocusMm2, formatMm2, { isLength: true }),
    row(t`Median focus`, measures.medianFocusMm2, formatMm2, { isLength: true }),
    row(t`Diameter, largest`, measures.largestFocusDiameterUm, formatUm, { isLength: true }),
    row(t`Diameter, median`, measures.medianFocusDiameterUm, formatUm, { isLength: true }),
    row(t`Viable rim, narrowest`, measures.narrowestRimUm, formatUm, { isLength: true }),
    row(t`Viable rim, median`, measures.medianRimUm, formatUm, { isLength: true }),
    row(t`Foci at the tissue's edge`, measures.fociAtEdge, formatInteger, {}),
  ];
  return rows.filter((one) => one !== null);
}

function row(
  name: string,
  value: number | null,
  format: (value: number) => string,
  {
    range = null,
    isLength = false,
  }: { readonly range?: readonly [number, number] | null; readonly isLength?: boolean },
): Row | null {
  if (value === null) return null;
  const [low, high] = range ? range.toSorted((a, b) => a - b) : [0, 0];
  return { name, value: format(value), isLength, range: range && t`${format(low ?? 0)} to ${format(high ?? 0)}` };
}
