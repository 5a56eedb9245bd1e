import type { ReadSource } from "../../src/engine/features/source-reader.ts";
import { copyPixels, whiteImage } from "../../src/engine/slide/pixels.ts";
import type { RgbaImage } from "../../src/engine/slide/types.ts";

/** A picture as a slide at the pack's own pixel size, white around it; records what was read. */
export class PictureSource {
  readonly reads: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }[] = [];
  readonly #picture: RgbaImage;

  constructor(picture: RgbaImage) {
    this.#picture = picture;
  }

  readonly read: ReadSource = async (x, y, width, height) => {
    this.reads.push({ x, y, width, height });
    const region = whiteImage(width, height);
    copyPixels(this.#picture, region, -x, -y);
    return region;
  };
}
