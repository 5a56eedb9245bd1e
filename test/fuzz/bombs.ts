import type { MadeSlide } from "../support/made-slides/index.ts";

/** Small files that ask for much: memory, time, or both. */
export const BOMBS: Readonly<Record<string, MadeSlide>> = {};
