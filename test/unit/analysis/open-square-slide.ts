import { nodeDecoders } from "../../../src/cli/open-slide.ts";
import { bytesSource } from "../../../src/engine/slide/blob-source.ts";
import { openSlide } from "../../../src/engine/slide/open.ts";
import type { Slide } from "../../../src/engine/slide/types.ts";
import { type SquareSlide, squareSlideTiff } from "./square-slide.ts";

/** The slide as the reader sees it: through a real file. */
export function openSquareSlide(slide: SquareSlide): Promise<Slide> {
  return openSlide(bytesSource(squareSlideTiff(slide), "square.tif"), nodeDecoders());
}
