import type { Block } from "./block.ts";
import type { Dyes } from "./ground.ts";
import { gradientNoise, hashUnit } from "./noise.ts";

/** Optical density (natural logarithm) of red, green, blue for one unit of dye: near Ruifrok and Johnston 2001, eosin turned to crimson. */
const haematoxylin = [0.7, 0.95, 0.47] as const;
const eosin = [0.15, 0.84, 0.47] as const;
const redCells = [0.13, 0.86, 0.66] as const;
const glass = [243, 242, 244] as const;

/** Pixels, row-major, red, green, blue bytes; length = width * height * 3. */
export interface RgbPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** Light through the dyes (Beer-Lambert), the lens's blur, the lamp's fall-off and the sensor's noise; `margin` pixels are cut off each side. */
export function developBlock(block: Block, dyes: Dyes, margin: number): RgbPixels {
  const width = block.width - 2 * margin;
  const height = block.height - 2 * margin;
  const data = new Uint8Array(width * height * 3);
  const light = new Float32Array(block.width * block.height);
  for (let channel = 0; channel < 3; channel++) {
    for (let at = 0; at < light.length; at++) {
      const thickness = dyes.matter[at]! * block.gain[at]!;
      const density =
        dyes.haematoxylin[at]! * haematoxylin[channel]! +
        dyes.eosin[at]! * eosin[channel]! +
        dyes.red[at]! * redCells[channel]!;
      light[at] = Math.exp(-density * thickness);
    }
    const seen = blurred(light, block.width, block.height);
    for (let row = 0, to = channel; row < height; row++) {
      for (let col = 0; col < width; col++, to += 3) {
        const x0 = block.x0 + margin + col;
        const y0 = block.y0 + margin + row;
        const value = seen[(row + margin) * block.width + col + margin]! * glass[channel]! * lamp(block, x0, y0);
        data[to] = Math.min(
          255,
          Math.max(0, Math.round(value + 1.6 * (hashUnit(block.scene.seed + 901 + channel, x0, y0) - 0.5))),
        );
      }
    }
  }
  return { width, height, data };
}

/** The lamp: a slow unevenness of half a percent and a fall of one percent to the corners. */
function lamp(block: Block, x0: number, y0: number): number {
  const { width0, height0, seed } = block.scene;
  const u = (2 * x0) / width0 - 1;
  const v = (2 * y0) / height0 - 1;
  return 1.004 - 0.006 * (u * u + v * v) + 0.004 * gradientNoise(seed + 911, x0 / 900, y0 / 900);
}

/** Gaussian of 0.55 pixels, three taps each way. */
function blurred(light: Float32Array, width: number, height: number): Float32Array {
  const side = 0.138;
  const centre = 1 - 2 * side;
  const across = new Float32Array(light.length);
  const both = new Float32Array(light.length);
  for (let at = 1; at < light.length - 1; at++) {
    across[at] = side * (light[at - 1]! + light[at + 1]!) + centre * light[at]!;
  }
  for (let at = width; at < width * (height - 1); at++) {
    both[at] = side * (across[at - width]! + across[at + width]!) + centre * across[at]!;
  }
  return both;
}
