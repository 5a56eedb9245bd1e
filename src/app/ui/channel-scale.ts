import type { SlideChannel } from "../../engine/slide/types.ts";

/** The values from one end of a channel's slider to the other, and the steps between. */
export interface ChannelScale {
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

/** Values of bytes, which are few enough for all of them to be on a slider. */
const FEW_VALUES = 256;

/**
 * From where no value lies to about four times what the file's own light needs, in powers of two; a value typed beyond that widens it. On
 * a scale of all 65,536 values the few hundred of a faint channel would be a hair's breadth.
 */
export function channelScale(channel: SlideChannel, own: SlideChannel | undefined): ChannelScale {
  const { least = 0, most } = channel;
  const isWhole = Number.isInteger(least) && Number.isInteger(most) && most - least >= 1;
  if (isWhole && most - least < FEW_VALUES) return { least, most, step: 1 };
  const high = Math.max(channel.high, own?.high ?? 0);
  const low = Math.min(channel.low, own?.low ?? 0, 0);
  const reach = 2 ** Math.ceil(Math.log2(Math.max(high, -low, 1e-6) * 2));
  const top = isWhole ? Math.min(most, reach - 1) : Math.min(most, reach);
  const scale = { least: low < 0 ? Math.max(least, -reach) : 0, most: Math.max(top, channel.high) };
  return { ...scale, step: isWhole ? 1 : (scale.most - scale.least) / 1000 };
}
