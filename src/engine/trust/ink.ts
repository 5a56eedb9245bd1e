import { TISSUE_CLASS } from "../tissue/types.ts";
import type { TrustSample } from "./sample.ts";

export interface Ink {
  /** Share of what is not glass. */
  readonly share: number;
  /** The same of ink that is not black. */
  readonly colouredShare: number;
  /** Most frequent first: those that make a tenth of the ink. */
  readonly colours: readonly ("green" | "blue" | "red" | "black")[];
}

/** What the tissue mask left out as marker ink. */
export function inkOn({ mask, low }: Pick<TrustSample, "mask" | "low">): Ink {
  let tissue = 0;
  let ink = 0;
  const counts = { green: 0, blue: 0, red: 0, black: 0 };
  for (let i = 0; i < mask.data.length; i++) {
    if (mask.data[i] === TISSUE_CLASS.tissue) tissue++;
    if (mask.data[i] !== TISSUE_CLASS.pen) continue;
    ink++;
    const [r, g, b] = [low.rgb[i * 3]!, low.rgb[i * 3 + 1]!, low.rgb[i * 3 + 2]!];
    const highest = Math.max(r, g, b);
    if (highest < 90) counts.black++;
    else counts[highest === r ? "red" : highest === g ? "green" : "blue"]++;
  }
  const names = (["green", "blue", "red", "black"] as const).filter((name) => counts[name] >= 0.1 * ink && ink > 0);
  return {
    share: ink === 0 ? 0 : ink / (ink + tissue),
    colouredShare: ink === 0 ? 0 : (ink - counts.black) / (ink + tissue),
    colours: names.sort((a, b) => counts[b] - counts[a]),
  };
}
