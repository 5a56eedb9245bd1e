import type { SlideInfo } from "../../engine/slide/types.ts";
import { ASSUMED_MARK, formatBytes, formatInteger, formatUm } from "../report/numbers.ts";
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
        <Fact name="File">{fileWords(info)}</Fact>
      </dl>
    </Section>
  );
}

/** "Aperio SVS, JPEG, 4 levels, 1.2 GB" */
function fileWords(info: SlideInfo): string {
  const compression = info.format.includes(info.compression) ? null : info.compression;
  const levels = info.levels.length === 1 ? "1 level" : `${info.levels.length} levels`;
  return [info.format, compression, levels, formatBytes(info.byteSize)].filter((word) => word).join(", ");
}

function AssumedTag({ isShown }: { readonly isShown: boolean }) {
  return isShown ? <span class="assumed"> {ASSUMED_MARK}</span> : null;
}
