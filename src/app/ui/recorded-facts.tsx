import type { PixelSize } from "../../engine/slide/types.ts";
import { ASSUMED_MARK, formatBytes, formatInteger, formatUm } from "../report/numbers.ts";
import type { RecordedSlide } from "../state/slide.ts";
import { say, t } from "../words/words.ts";
import { Fact } from "./section.tsx";

interface RecordedFactsProps {
  readonly recorded: RecordedSlide;
  readonly pixelSize: PixelSize | null;
}

/** What is known of a slide that is not at hand. */
export function RecordedFacts({ recorded: { record, pictures }, pixelSize }: RecordedFactsProps) {
  const { width0, height0, levels, fingerprint, format, isSynthetic } = record;
  const bytes = fingerprint.files.reduce((sum, { byteSize }) => sum + byteSize, 0);
  return (
    <>
      <p class="remark">
        {isSynthetic && `${t`A synthetic section, drawn by a program.`} `}
        {pictures.overview
          ? t`The slide itself is not open: what you see is the picture in the result file. Drop the slide on the page to see it under its map.`
          : t`The slide itself is not open: what you see is the small picture in the result file. Drop the slide on the page to see it under its map.`}
      </p>
      <dl class="facts">
        <Fact name={t`Size`}>{`${formatInteger(width0)} × ${formatInteger(height0)} px`}</Fact>
        {pixelSize && (
          <Fact name={t`Extent`}>
            {formatUm(width0 * pixelSize.mppX)} × {formatUm(height0 * pixelSize.mppY)}
            {pixelSize.origin === "assumed" && <span class="assumed"> {say(ASSUMED_MARK)}</span>}
          </Fact>
        )}
        <Fact name={t`File`}>
          {format}, {levels.length === 1 ? t`1 level` : t`${levels.length} levels`}, {formatBytes(bytes)}
        </Fact>
      </dl>
    </>
  );
}
