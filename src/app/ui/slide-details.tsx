import { useSignal } from "@preact/signals";
import type { FocalPlane } from "../../engine/slide/types.ts";
import { formatBytes, formatFigures, formatInteger, formatMagnification, withLocalMark } from "../report/numbers.ts";
import type { OpenSlide } from "../state/slide.ts";
import { t } from "../words/words.ts";
import { AssociatedImages } from "./associated-images.tsx";
import { LevelsTable } from "./levels-table.tsx";
import { PropertyList } from "./property-list.tsx";
import { Fact } from "./section.tsx";

interface SlideDetailsProps {
  readonly slide: OpenSlide;
  readonly areValuesShown: boolean;
}

/** All that the file says of itself; nothing of it is read before the reader opens it. */
export function SlideDetails({ slide, areValuesShown }: SlideDetailsProps) {
  const isOpen = useSignal(false);
  return (
    <details
      class="fold"
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>{t`Details`}</summary>
      {isOpen.value && <Contents slide={slide} areValuesShown={areValuesShown} />}
    </details>
  );
}

function Contents({ slide, areValuesShown }: SlideDetailsProps) {
  const { info, client, files } = slide;
  const { pixelSize, focalPlanes, channels } = info;
  return (
    <div class="fold-body">
      <dl class="facts">
        <Fact name={t`Format`}>{info.format}</Fact>
        <Fact name={t`Coding`}>{info.compression}</Fact>
        <Fact name={t`Objective`}>
          {info.objectivePower === null ? t`not in the file` : formatMagnification(info.objectivePower)}
        </Fact>
        <Fact name={t`Pixel x`}>{pixelSizeWords(pixelSize?.mppX)}</Fact>
        <Fact name={t`Pixel y`}>{pixelSizeWords(pixelSize?.mppY)}</Fact>
        {focalPlanes.length > 1 && <Fact name={t`Focus`}>{planesWords(focalPlanes)}</Fact>}
        {channels.length > 0 && <Fact name={t`Channels`}>{channels.map(({ name }) => name).join(", ")}</Fact>}
        <Fact name={t`Colours`}>{info.hasColourProfile ? t`profile in the file` : t`no profile in the file`}</Fact>
        {files.map((file) => (
          <Fact key={file.name} name={files.length > 1 ? t`File` : t`Bytes`}>
            {files.length > 1 && `${file.name}, `}
            {formatInteger(file.size)} ({formatBytes(file.size)})
          </Fact>
        ))}
      </dl>
      <LevelsTable levels={info.levels} />
      <AssociatedImages images={info.associatedImages} client={client} />
      <PropertyList properties={info.properties} areValuesShown={areValuesShown} />
    </div>
  );
}

/** Six digits tell more than any scanner measures. */
function pixelSizeWords(um: number | undefined): string {
  return um === undefined ? t`not in the file` : `${formatFigures(um, 6)} µm`;
}

/** "3 planes, -1, 0, 1 µm"; the distances only where the file says all of them. */
function planesWords(planes: readonly FocalPlane[]): string {
  const distances = planes.map(({ offsetUm }) => offsetUm);
  const count = t`${planes.length} planes`;
  return distances.includes(null)
    ? count
    : `${count}, ${distances.map((um) => withLocalMark(String(um))).join(", ")} µm`;
}
