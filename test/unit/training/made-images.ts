import { seededRandom } from "../../../src/engine/base/random.ts";
import type { RgbaImage, Slide } from "../../../src/engine/slide/types.ts";
import type { TrainingImage } from "../../../src/engine/training/training-image.ts";
import { PictureSlide, picture } from "../tissue/picture-slide.ts";

const SIDE = 160;
const MARGIN = 16;

/** A made section: purple grainy tissue on white with, in three of four, a smooth pink disc that the mask calls necrosis. Groups of two.
 * `bloodRadius`: a red disc of that size in the middle of the necrosis, which the mask calls necrosis too. */
export function madeImage(index: number, { bloodRadius = 0 } = {}): TrainingImage {
  const centre = { x: 55 + ((index * 37) % 50), y: 55 + ((index * 53) % 50) };
  const radius = index % 4 === 3 ? 0 : 32;
  const isTissue = (x: number, y: number) => Math.min(x, y, SIDE - 1 - x, SIDE - 1 - y) >= MARGIN;
  const isNecrosis = (x: number, y: number) => isTissue(x, y) && Math.hypot(x - centre.x, y - centre.y) < radius;
  const isBlood = (x: number, y: number) => radius > 0 && Math.hypot(x - centre.x, y - centre.y) < bloodRadius;
  const mask = picture(SIDE, SIDE, (x, y) =>
    isNecrosis(x, y) ? [5, 5, 5] : isTissue(x, y) ? [5, 208, 4] : [255, 255, 255],
  );
  return {
    name: `made-${index}`,
    group: `block-${Math.floor(index / 2)}`,
    openSlide: async () => slideOf(section(index, isTissue, isNecrosis, isBlood)),
    readMask: async () => mask,
  };
}

type Claim = (x: number, y: number) => boolean;

function section(seed: number, isTissue: Claim, isNecrosis: Claim, isBlood: Claim): RgbaImage {
  const random = seededRandom(seed + 1);
  return picture(SIDE, SIDE, (x, y) => {
    const grain = random();
    if (!isTissue(x, y)) return [255, 255, 255];
    if (isBlood(x, y)) return [190 + 10 * grain, 40, 50];
    if (isNecrosis(x, y)) return [225 + 10 * grain, 165 + 10 * grain, 195 + 10 * grain];
    return grain < 0.4 ? [90, 50, 130] : [200, 130 + 20 * grain, 180];
  });
}

function slideOf(image: RgbaImage): Slide {
  return new PictureSlide([image], null);
}
