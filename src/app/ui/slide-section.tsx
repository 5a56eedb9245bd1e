import {
  ASSUMED_MARK,
  formatBytes,
  formatInteger,
  formatMagnification,
  formatPixelSize,
  formatUm,
} from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { PixelSizeForm } from "./pixel-size-form.tsx";
import { Fact, Section } from "./section.tsx";

/** What is known of the slide, and the one thing that may have to be asked. */
export function SlideSection({ app }: { readonly app: App }) {
  const slide = app.slide.open.value;
  if (!slide) return null;
  const { info, isDemo } = slide;
  const pixelSize = app.slide.pixelSize.value;
  return (
    <Section title="Slide">
      {isDemo && (
        <p class="remark">
          A synthetic section, drawn by a program: it shows what the page does and says nothing about how well the model
          reads real tissue.
        </p>
      )}
      {!info.pixelSize && <PixelSizeForm key={slide.id} app={app} />}
      <dl class="facts">
        <Fact name="Size">
          {formatInteger(info.width0)} × {formatInteger(info.height0)} px
        </Fact>
        {pixelSize && (
          <Fact name="Extent">
            {formatUm(info.width0 * pixelSize.mppX)} × {formatUm(info.height0 * pixelSize.mppY)}
            <AssumedTag isShown={pixelSize.origin === "assumed"} />
          </Fact>
        )}
        {pixelSize && (
          <Fact name="Pixel">
            {formatPixelSize(pixelSize)}
            <AssumedTag isShown={pixelSize.origin === "assumed"} />
          </Fact>
        )}
        {info.objectivePower !== null && <Fact name="Objective">{formatMagnification(info.objectivePower)}</Fact>}
        <Fact name="File">
          {info.format}, {info.compression}, {formatBytes(info.byteSize)}
        </Fact>
        <Fact name="Levels">{info.levels.length}</Fact>
      </dl>
    </Section>
  );
}

function AssumedTag({ isShown }: { readonly isShown: boolean }) {
  return isShown ? <span class="assumed"> {ASSUMED_MARK}</span> : null;
}
