import type { RgbaImage, Slide } from "../../src/engine/slide/types.ts";
import { plainSlideInfo } from "../../test/support/plain-slide-info.ts";

/** A slide of one level, made of pixels. */
export function pictureSlide(name: string, image: RgbaImage, parts: Partial<Slide["info"]> = {}): Slide {
  const { width, height } = image;
  return {
    info: plainSlideInfo(name, image, { byteSize: image.data.length, ...parts }),
    readRegion: async ({ x0, y0, width: wide, height: high }) => {
      const data = new Uint8ClampedArray(wide * high * 4).fill(255);
      const left = Math.round(x0);
      for (let y = 0; y < high; y++) {
        const row = Math.round(y0) + y;
        const from = Math.max(0, left);
        const to = Math.min(width, left + wide);
        if (row < 0 || row >= height || to <= from) continue;
        const line = image.data.subarray((row * width + from) * 4, (row * width + to) * 4);
        data.set(line, (y * wide + from - left) * 4);
      }
      return { width: wide, height: high, data };
    },
    readTile: () => Promise.reject(new Error("nobody looks at tiles here")),
    readAssociated: () => Promise.reject(new Error("nothing accompanies a picture")),
    close() {},
  };
}

/** All of a small slide. */
export async function wholeImage(slide: Slide): Promise<RgbaImage> {
  const { width0: width, height0: height } = slide.info;
  return await slide.readRegion({ x0: 0, y0: 0, width, height, level: 0 });
}
