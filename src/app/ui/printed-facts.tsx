import type { ComponentChildren } from "preact";
import {
  ASSUMED_MARK,
  formatInteger,
  formatMoment,
  formatPixelSize,
  formatThreshold,
  isAssumed,
} from "../report/numbers.ts";
import type { PrintedReport } from "../report/printed-report.ts";
import { retell, say, t } from "../words/words.ts";

/** Where the numbers are from: all that is needed to make them again. */
export function PrintedFacts({ report }: { readonly report: PrintedReport }) {
  const { result, slideName, slideSha256 } = report;
  const { slide, pixelSize, model, analysis, findings, classes } = result;
  const { minRegionUm2, maxHoleUm2 } = model.postProcess;
  return (
    <section>
      <h2>{t`Where it is from`}</h2>
      <dl>
        {slideName !== null && <Fact name={t`Slide`}>{slideName}</Fact>}
        {slideSha256 !== null && (
          <Fact name={t`Fingerprint`}>
            <span class="hash">{slideSha256}</span>
          </Fact>
        )}
        <Fact name={t`Size`}>
          {formatInteger(slide.info.width0)} × {formatInteger(slide.info.height0)} px, {slide.info.format}
        </Fact>
        <Fact name={t`Pixel size`}>
          {formatPixelSize(pixelSize)}
          {isAssumed(pixelSize) && ` (${say(ASSUMED_MARK)})`}
        </Fact>
        <Fact name={t`Model`}>
          {model.name} ({model.id})
        </Fact>
        <Fact name={t`Model's hash`}>
          <span class="hash">{model.sha256}</span>
        </Fact>
        <Fact name={t`Settings`}>
          {classes?.chosen === null ? null : t`threshold ${formatThreshold(findings.threshold)}, `}
          {t`patches ${formatInteger(analysis.stride)} px apart, regions from ${formatInteger(minRegionUm2)} µm², holes from ${formatInteger(maxHoleUm2)} µm², colours ${analysis.colour === "srgb" ? t`by profile` : t`as stored`}`}
        </Fact>
        <Fact name={t`Computed`}>
          {formatMoment(Date.parse(analysis.startedAt))}, Palisade {result.appVersion}, {analysis.backend.name}
          {analysis.backend.device !== "" && ` (${retell(analysis.backend.device)})`}
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
