import type { Backbone } from "../modelpack/types.ts";
import type { PixelRect } from "../slide/pixels.ts";
import type { RgbaImage } from "../slide/types.ts";

export type ColourScale = Pick<Backbone, "channelOrder" | "mean" | "std">;

/**
 * Writes one picture of a batch, [3, height, width], into `target` from `offset` on: (value - mean) / std, planes in the
 * order of `scale.channelOrder`; alpha is ignored. Throws `RangeError` when `rect` leaves the image or the target is short.
 */
export function normaliseInto(
  target: Float32Array,
  offset: number,
  image: RgbaImage,
  rect: PixelRect,
  scale: ColourScale,
): void {
  const { x, y, width, height } = rect;
  if (x < 0 || y < 0 || x + width > image.width || y + height > image.height) {
    throw new RangeError(
      `The rectangle ${x},${y} ${width} x ${height} leaves the image of ${image.width} x ${image.height}.`,
    );
  }
  const area = width * height;
  if (offset + 3 * area > target.length)
    throw new RangeError(`${offset + 3 * area} values do not fit in ${target.length}.`);
  for (let plane = 0; plane < 3; plane++) {
    const byte = scale.channelOrder === "RGB" ? plane : 2 - plane;
    const table = valueTable(scale.mean[plane]!, scale.std[plane]!);
    let to = offset + plane * area;
    for (let row = 0; row < height; row++) {
      let from = ((y + row) * image.width + x) * 4 + byte;
      for (let col = 0; col < width; col++, from += 4) target[to++] = table[image.data[from]!]!;
    }
  }
}

/** A picture as a batch of one, [1, 3, height, width]. */
export function normaliseImage(image: RgbaImage, scale: ColourScale): Float32Array<ArrayBuffer> {
  const values = new Float32Array(3 * image.width * image.height);
  normaliseInto(values, 0, image, { x: 0, y: 0, width: image.width, height: image.height }, scale);
  return values;
}

function valueTable(mean: number, std: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, value) => (value - mean) / std);
}
