import { seededRandom } from "../../../src/engine/base/random.ts";
import type { RgbaTile } from "../../../tools/demo-slide/jpeg.ts";

const TILE = 256;

/** 256 x 256 pixels of pink ground with fibres and purple nuclei, and the grain of a camera; the same for the same seed. */
export function tissueTile(seed: number): RgbaTile {
  const random = seededRandom(seed);
  const nuclei = Array.from({ length: 40 }, () => ({
    x: random() * TILE,
    y: random() * TILE,
    radius: 4 + random() * 7,
  }));
  const [slant, phase] = [random() * 3, random() * 6];
  const data = new Uint8ClampedArray(TILE * TILE * 4);
  for (let y = 0, at = 0; y < TILE; y++) {
    for (let x = 0; x < TILE; x++, at += 4) {
      const fibre = Math.sin((x + slant * y) / 9 + phase) * 10 + Math.sin((x - y) / 23 + phase) * 8;
      const isNucleus = nuclei.some((one) => (one.x - x) ** 2 + (one.y - y) ** 2 < one.radius ** 2);
      const grain = (random() - 0.5) * 14;
      const [red, green, blue] = isNucleus ? [110, 70, 140] : [222, 160, 195];
      data[at] = red + fibre + grain;
      data[at + 1] = green + fibre + grain;
      data[at + 2] = blue + fibre / 2 + grain;
      data[at + 3] = 255;
    }
  }
  return { width: TILE, height: TILE, data };
}
