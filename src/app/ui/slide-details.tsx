import { useSignal } from "@preact/signals";
import { formatBytes, formatInteger, formatMagnification } from "../report/numbers.ts";
import type { OpenSlide } from "../state/slide.ts";
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
      <summary>Details</summary>
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
        <Fact name="Format">{info.format}</Fact>
        <Fact name="Coding">{info.compression}</Fact>
        <Fact name="Objective">
          {info.objectivePower === null ? "not in the file" : formatMagnification(info.objectivePower)}
        </Fact>
        <Fact name="Pixel x">{pixelSize ? `${pixelSize.mppX} µm` : "not in the file"}</Fact>
        <Fact name="Pixel y">{pixelSize ? `${pixelSize.mppY} µm` : "not in the file"}</Fact>
        {focalPlanes.length > 1 && (
          <Fact name="Focus">
            {focalPlanes.length} planes, {focalPlanes.map(({ offsetUm }) => offsetUm ?? "?").join(", ")} µm
          </Fact>
        )}
        {channels.length > 0 && <Fact name="Channels">{channels.map(({ name }) => name).join(", ")}</Fact>}
        <Fact name="Colours">{info.hasColourProfile ? "profile in the file" : "no profile in the file"}</Fact>
        {files.map((file) => (
          <Fact key={file.name} name={files.length > 1 ? "File" : "Bytes"}>
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
