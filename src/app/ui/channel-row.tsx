import { useId } from "preact/hooks";
import type { ChannelView, SlideChannel } from "../../engine/slide/types.ts";
import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import { channelScale } from "./channel-scale.ts";
import { RangeField } from "./range-field.tsx";

interface ChannelRowProps {
  readonly app: App;
  readonly channel: SlideChannel;
  readonly index: number;
}

/** One channel: whether it is shown, in which colour, and which values become black and the full colour. */
export function ChannelRow({ app: { picture }, channel, index }: ChannelRowProps) {
  const id = useId();
  const { name, isShown, colour, low, high } = channel;
  const set = (changes: Partial<ChannelView>) => picture.setChannel(index, changes);
  const hex = hexOf(colour);
  return (
    <li class={isShown ? "channel" : "channel is-off"} style={{ "--channel": hex }}>
      <div class="channel-head">
        <input
          id={id}
          type="checkbox"
          checked={isShown}
          onChange={(event) => set({ isShown: event.currentTarget.checked })}
        />
        <label for={id} class="channel-name" title={name}>
          {name}
        </label>
        <input
          type="color"
          value={hex}
          aria-label={t`Colour of ${name}`}
          title={t`Colour`}
          onInput={(event) => set({ colour: colourOf(event.currentTarget.value) })}
        />
      </div>
      <RangeField
        name={name}
        low={low}
        high={high}
        scale={channelScale(channel, picture.ownChannels.value[index])}
        onChange={set}
      />
    </li>
  );
}

function hexOf(colour: ChannelView["colour"]): string {
  return `#${colour.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
}

function colourOf(hex: string): ChannelView["colour"] {
  const at = (start: number) => Number.parseInt(hex.slice(start, start + 2), 16) || 0;
  return [at(1), at(3), at(5)];
}
