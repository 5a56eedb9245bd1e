import type { PixelSize } from "../../engine/slide/types.ts";
import { formatBytes, formatInteger, formatUm } from "../report/numbers.ts";
import type { RecordedSlide } from "../state/slide.ts";
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
        {isSynthetic && "A synthetic section, drawn by a program. "}
        The slide itself is not open: what you see is the {pictures.overview ? "picture" : "small picture"} in the
        result file. Drop the slide on the page to see it under its map.
      </p>
      <dl class="facts">
        <Fact name="Size">
          {formatInteger(width0)} × {formatInteger(height0)} px
        </Fact>
        {pixelSize && (
          <Fact name="Extent">
            {formatUm(width0 * pixelSize.mppX)} × {formatUm(height0 * pixelSize.mppY)}
            {pixelSize.origin === "assumed" && <span class="assumed"> assumed</span>}
          </Fact>
        )}
        <Fact name="File">
          {format}, {levels.length === 1 ? "1 level" : `${levels.length} levels`}, {formatBytes(bytes)}
        </Fact>
      </dl>
    </>
  );
}
