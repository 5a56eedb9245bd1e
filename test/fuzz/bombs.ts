import type { MadeSlide } from "../support/made-slides/index.ts";
import { JPEG_BOMBS } from "./bombs-jpeg.ts";
import { PICTURE_BOMBS } from "./bombs-picture.ts";
import { TIFF_BOMBS } from "./bombs-tiff.ts";

/** Small files that ask for much: memory, time, or both. */
export const BOMBS: Readonly<Record<string, MadeSlide>> = { ...TIFF_BOMBS, ...JPEG_BOMBS, ...PICTURE_BOMBS };
