import type { Random } from "../../src/engine/base/random.ts";
import type { RgbaImage } from "../../src/engine/slide/types.ts";

/** Gaussian blur of that standard deviation in pixels, along both axes; edges are continued. */
export function blurred(image: RgbaImage, sigma: number): RgbaImage {
  const reach = Math.ceil(3 * sigma);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / 2 / sigma ** 2),
  );
  const total = weights.reduce((a, b) => a + b, 0);
  const along = blurAxis(Float64Array.from(image.data), image, { step: 4, weights, total, reach, isAcross: true });
  const both = blurAxis(along, image, { step: 4 * image.width, weights, total, reach, isAcross: false });
  return { ...image, data: Uint8ClampedArray.from(both) };
}

interface Axis {
  readonly step: number;
  readonly weights: Float64Array;
  readonly total: number;
  readonly reach: number;
  readonly isAcross: boolean;
}

function blurAxis(from: Float64Array, { width, height }: RgbaImage, axis: Axis): Float64Array {
  const to = new Float64Array(from.length);
  const last = (axis.isAcross ? width : height) - 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const own = axis.isAcross ? x : y;
      const at = (y * width + x) * 4;
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0;
        for (let k = -axis.reach; k <= axis.reach; k++) {
          const place = Math.min(last, Math.max(0, own + k));
          sum += axis.weights[k + axis.reach]! * from[at + (place - own) * axis.step + channel]!;
        }
        to[at + channel] = sum / axis.total;
      }
    }
  }
  return to;
}

/** A strip of marker ink a tenth of the picture wide, through which the tissue shows a little. */
export function inked(image: RgbaImage, ink: readonly [number, number, number]): RgbaImage {
  const data = image.data.slice();
  for (let y = 0; y < image.height; y++) {
    for (let x = Math.floor(0.45 * image.width); x < 0.55 * image.width; x++) {
      const at = (y * image.width + x) * 4;
      for (let channel = 0; channel < 3; channel++) {
        data[at + channel] = ink[channel]! * (0.85 + (0.15 * image.data[at + channel]!) / 255);
      }
    }
  }
  return { ...image, data };
}

/** Without colour. */
export function grey(image: RgbaImage): RgbaImage {
  const data = image.data.slice();
  for (let at = 0; at < data.length; at += 4) data.fill((data[at]! + data[at + 1]! + data[at + 2]!) / 3, at, at + 3);
  return { ...image, data };
}

/** As it would be in a dark field: light where it was dark. */
export function inverted(image: RgbaImage): RgbaImage {
  return { ...image, data: image.data.map((value, at) => (at % 4 === 3 ? value : 255 - value)) };
}

/** Haematoxylin and DAB in the place of haematoxylin and eosin: what is pink becomes brown. */
export function brown(image: RgbaImage): RgbaImage {
  const data = image.data.slice();
  for (let at = 0; at < data.length; at += 4) {
    const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
    const pink = Math.max(0, r - g) / 255;
    data[at] = r * (1 - 0.35 * pink);
    data[at + 1] = Math.min(255, g + 0.2 * 255 * pink);
    data[at + 2] = b * (1 - 0.9 * pink);
  }
  return { ...image, data };
}

/** A drawn view: sky, hills, trees and a house, with the grain of a photograph. */
export function drawnPhotograph(side: number, random: Random): RgbaImage {
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const u = x / side;
      const v = y / side;
      const hill = 0.5 + 0.08 * Math.sin(7 * u) + 0.03 * Math.sin(31 * u);
      const isHouse = Math.abs(u - 0.6) < 0.12 && v > 0.55 && v < 0.8;
      const isTree = Math.hypot(u - 0.25, v - 0.6) < 0.13;
      const colour = isHouse
        ? ([176, 122, 86] as const)
        : isTree
          ? ([52, 92, 40] as const)
          : v < hill
            ? ([120 + 90 * v, 165 + 70 * v, 225] as const)
            : ([98, 132, 62] as const);
      const grain = 24 * (random() - 0.5);
      for (let channel = 0; channel < 3; channel++) data[(y * side + x) * 4 + channel] = colour[channel]! + grain;
    }
  }
  return { width: side, height: side, data };
}

/** A face as skin, hair and cloth: the colours of a photograph that come closest to eosin. */
export function drawnPortrait(side: number, random: Random): RgbaImage {
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [u, v] = [x / side - 0.5, y / side - 0.45];
      const isFace = (u / 0.24) ** 2 + (v / 0.32) ** 2 < 1;
      const isHair = (u / 0.3) ** 2 + ((v + 0.08) / 0.36) ** 2 < 1 && v < -0.12;
      const colour = isHair
        ? ([72, 48, 34] as const)
        : isFace
          ? ([224 - 60 * Math.abs(u), 172 - 50 * Math.abs(u), 145 - 40 * Math.abs(u)] as const)
          : v > 0.3
            ? ([64, 78, 120] as const)
            : ([150, 148, 140] as const);
      const grain = 20 * (random() - 0.5);
      for (let channel = 0; channel < 3; channel++) data[(y * side + x) * 4 + channel] = colour[channel]! + grain;
    }
  }
  return { width: side, height: side, data };
}
