import type { Block } from "./block.ts";
import { hashUnit } from "./noise.ts";

const reach = 4;
const margin = reach + 2;

/**
 * White noise smeared along the flow (line integral convolution, Cabral and Leedom 1993, straight lines of 9 pixels):
 * about mean 0 and deviation 1, row-major over the block.
 */
export function fibreNoise(block: Block): Float32Array {
  const { width, height } = block;
  const white = whiteNoise(block);
  const stride = width + 2 * margin;
  const weights = Float64Array.from(
    { length: 2 * reach + 1 },
    (_, i) => Math.cos((Math.PI * (i - reach)) / (2 * reach + 2)) ** 2,
  );
  const fibres = new Float32Array(width * height);
  for (let row = 0, at = 0; row < height; row++) {
    for (let col = 0; col < width; col++, at++) {
      const flowX = block.flowX[at]!;
      const flowY = block.flowY[at]!;
      const scale = 1 / (Math.hypot(flowX, flowY) + 1e-9);
      let sum = 0;
      for (let step = -reach; step <= reach; step++) {
        const x = col + margin + step * flowX * scale;
        const y = row + margin + step * flowY * scale;
        const left = Math.floor(x);
        const top = Math.floor(y);
        const fx = x - left;
        const fy = y - top;
        const corner = top * stride + left;
        const above = white[corner]! + fx * (white[corner + 1]! - white[corner]!);
        const below = white[corner + stride]! + fx * (white[corner + stride + 1]! - white[corner + stride]!);
        sum += weights[step + reach]! * (above + fy * (below - above));
      }
      fibres[at] = sum;
    }
  }
  return fibres;
}

/** Scaled so that the smeared noise has a deviation near 1. */
function whiteNoise(block: Block): Float32Array {
  const stride = block.width + 2 * margin;
  const noise = new Float32Array(stride * (block.height + 2 * margin));
  for (let row = 0, at = 0; row < block.height + 2 * margin; row++) {
    for (let col = 0; col < stride; col++, at++) {
      noise[at] = 1.9 * (hashUnit(block.scene.seed + 601, block.x0 + col - margin, block.y0 + row - margin) - 0.5);
    }
  }
  return noise;
}
