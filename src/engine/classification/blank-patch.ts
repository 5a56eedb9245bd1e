import type { RgbaImage } from "../slide/types.ts";

/** Of 255: a pixel whose three channels are all above is glass (Xu et al., ICASSP 2015, section 2.2). */
export const BLANK_ABOVE = 200;

/** True when every channel of every pixel is above `BLANK_ABOVE`: such a patch is left out. One darker value keeps it. */
export function isBlankPatch({ data }: Pick<RgbaImage, "data">): boolean {
  for (let at = 0; at < data.length; at += 4) {
    if (data[at]! <= BLANK_ABOVE || data[at + 1]! <= BLANK_ABOVE || data[at + 2]! <= BLANK_ABOVE) return false;
  }
  return true;
}
