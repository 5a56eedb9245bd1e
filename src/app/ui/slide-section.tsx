import { useSignal } from "@preact/signals";
import type { SlideInfo } from "../../engine/slide/types.ts";
import { ASSUMED_MARK, formatBytes, formatInteger, formatPixelSize, formatUm } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import type { OpenSlide } from "../state/slide.ts";
import { say, t } from "../words/words.ts";
import { ColourChoice } from "./colour-choice.tsx";
import { PixelSizeForm } from "./pixel-size-form.tsx";
import { PrivacyRemark } from "./privacy-remark.tsx";
import { RecordedFacts } from "./recorded-facts.tsx";
import { Fact, Section } from "./section.tsx";
import { SlideDetails } from "./slide-details.tsx";

/** What is known of the slide, and the few things that may have to be asked. */
export function SlideSection({ app }: { readonly app: App }) {
  const slide = app.slide.open.value;
  if (!slide) return null;
  return (
    <Section title={t`Slide`}>
      {slide.recorded ? (
        <RecordedFacts recorded={slide.recorded} pixelSize={app.slide.pixelSize.value} />
      ) : (
        <SlideFacts key={slide.filesId} app={app} slide={slide} />
      )}
    </Section>
  );
}

/** What a reader uncovers of one slide is covered again with the next one. */
function SlideFacts({ app, slide }: { readonly app: App; readonly slide: OpenSlide }) {
  const { info, isDemo } = slide;
  const pixelSize = app.slide.pixelSize.value;
  const areValuesShown = useSignal(false);
  const isCorrecting = useSignal(pixelSize?.origin === "assumed");
  const own = info.pixelSize;
  return (
    <>
      {isDemo && (
        <p class="remark">
          {t`A synthetic section, drawn by a program: it shows what the page does and says nothing about how well the model reads real tissue.`}
        </p>
      )}
      {!own && <PixelSizeForm app={app} own={null} />}
      <PrivacyRemark properties={info.properties} areValuesShown={areValuesShown} />
      <dl class="facts">
        <Fact name={t`Size`}>{`${formatInteger(info.width0)} × ${formatInteger(info.height0)} px`}</Fact>
        {pixelSize && (
          <Fact name={t`Extent`}>
            {formatUm(info.width0 * pixelSize.mppX)} × {formatUm(info.height0 * pixelSize.mppY)}
            <AssumedTag isShown={pixelSize.origin === "assumed"} />
          </Fact>
        )}
        {own && pixelSize && (
          <Fact name={t`Pixel`}>
            {formatPixelSize(pixelSize)}
            <AssumedTag isShown={pixelSize.origin === "assumed"} />{" "}
            <CorrectButton app={app} isCorrecting={isCorrecting} />
          </Fact>
        )}
        <Fact name={t`File`}>{fileWords(info)}</Fact>
      </dl>
      {own && isCorrecting.value && <PixelSizeForm app={app} own={own} />}
      <ColourChoice app={app} />
      <SlideDetails slide={slide} areValuesShown={areValuesShown.value} />
    </>
  );
}

/** Opens the form for a file whose own pixel size is wrong, and takes back what was set in it. */
function CorrectButton({ app, isCorrecting }: { readonly app: App; readonly isCorrecting: { value: boolean } }) {
  const isAssumed = app.slide.pixelSize.value?.origin === "assumed";
  const press = () => {
    if (isCorrecting.value) app.measure.stop();
    if (isCorrecting.value && isAssumed) app.slide.assumePixelSize(null);
    isCorrecting.value = !isCorrecting.value;
  };
  return (
    <button type="button" class="link" aria-expanded={isCorrecting.value} onClick={press}>
      {isCorrecting.value ? (isAssumed ? t`Use the file's again` : t`Leave it`) : t`Wrong? Set it yourself`}
    </button>
  );
}

/** "Aperio SVS, JPEG, 4 levels, 1.2 GB" */
function fileWords(info: SlideInfo): string {
  const compression = info.format.includes(info.compression) ? null : info.compression;
  const levels = info.levels.length === 1 ? t`1 level` : t`${info.levels.length} levels`;
  return [info.format, compression, levels, formatBytes(info.byteSize)].filter((word) => word).join(", ");
}

function AssumedTag({ isShown }: { readonly isShown: boolean }) {
  return isShown ? <span class="assumed"> {say(ASSUMED_MARK)}</span> : null;
}
