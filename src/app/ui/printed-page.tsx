import { useLayoutEffect, useRef } from "preact/hooks";
import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import { ASSUMED_MARK, formatFixed, formatMm2, formatMoment, formatPercent, isAssumed } from "../report/numbers.ts";
import type { PrintedFinding, PrintedReport } from "../report/printed-report.ts";
import type { App } from "../state/app.ts";
import { retell, say, t } from "../words/words.ts";
import { PrintedFacts } from "./printed-facts.tsx";
import { PrintedNumbers } from "./printed-numbers.tsx";
import { PrintedTrust } from "./printed-trust.tsx";

/** The report as the browser prints it, A4 or Letter, black on white whatever the theme; nothing on the screen. */
export function PrintedPage({ app }: { readonly app: App }) {
  const report = app.handing.report.value;
  return report ? <Report app={app} report={report} /> : null;
}

function Report({ app, report }: { readonly app: App; readonly report: PrintedReport }) {
  useLayoutEffect(() => {
    const end = () => app.handing.endReport();
    window.addEventListener("afterprint", end);
    // Printed as it is laid out, so not before that.
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => window.print()));
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("afterprint", end);
    };
  }, [report]);
  const { result } = report;
  return (
    <article class="printed">
      <header>
        <h1>{headingOf(report)}</h1>
        <p>{formatMoment(report.printedAt)}</p>
      </header>
      {result.isPartial && (
        <p class="printed-strong">{t`Partial result: a part of the slide was computed, see the notes.`}</p>
      )}
      <Picture canvas={report.overview} name={t`Tissue and map side by side, with scale bar and legend`} isWide />
      <div class="printed-columns">
        <PrintedNumbers report={report} />
        <div>
          <PrintedTrust trust={result.trust} />
          <PrintedFacts report={report} />
        </div>
      </div>
      {report.findings.length > 0 && <Findings report={report} />}
      {notesOf(report).length > 0 && (
        <section>
          <h2>{t`Notes`}</h2>
          <ul>
            {notesOf(report).map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </section>
      )}
      <section class="printed-remarks">
        <h2>{t`Remarks`}</h2>
      </section>
      <footer>{retell(RESEARCH_USE_NOTICE)}</footer>
    </article>
  );
}

function headingOf({ result: { title, classes, findings } }: PrintedReport): string {
  if (classes?.chosen === null) return t`Classes of tissue`;
  return t`${say(title)}: ${formatPercent(findings.summary.fraction)} of the tissue`;
}

function notesOf({ result: { slide, analysis } }: PrintedReport): readonly string[] {
  return [...(slide.isDemo ? [t`The slide is synthetic.`] : []), ...analysis.notes.map(retell)];
}

function Findings({ report }: { readonly report: PrintedReport }) {
  const { findings, result } = report;
  const { regionCount } = result.findings.summary;
  return (
    <section>
      <h2>
        {regionCount > findings.length
          ? t`The ${findings.length} largest of ${regionCount} foci`
          : t`Foci, largest first`}
      </h2>
      <div class="printed-findings">
        {findings.map((finding, i) => (
          <figure key={i}>
            <Picture canvas={finding.picture} name={t`Focus ${i + 1}`} />
            <figcaption>{findingWords(report, finding, i + 1)}</figcaption>
          </figure>
        ))}
      </div>
    </section>
  );
}

function findingWords({ result: { pixelSize } }: PrintedReport, { region }: PrintedFinding, number: number): string {
  const area = formatMm2((region.area0 * pixelSize.mppX * pixelSize.mppY) / 1e6);
  const mark = isAssumed(pixelSize) ? ` (${say(ASSUMED_MARK)})` : "";
  return t`${number}: ${area}${mark}, confidence ${formatFixed(region.meanConfidence, 2)}`;
}

/** A canvas that is there already: the page's policy lets no picture be loaded from memory. */
function Picture(props: { readonly canvas: HTMLCanvasElement; readonly name: string; readonly isWide?: boolean }) {
  const { canvas, name, isWide = false } = props;
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.replaceChildren(canvas);
  }, [canvas]);
  return (
    <div ref={place} class={isWide ? "printed-picture is-wide" : "printed-picture"} role="img" aria-label={name} />
  );
}
