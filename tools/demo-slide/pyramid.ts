import type { RgbPixels } from "./stain.ts";

/** The picture and its halves until both sides are below `smallest` pixels; finest first. */
export function buildPyramid(level0: RgbPixels, smallest = 512): RgbPixels[] {
  const levels = [level0];
  for (let last = level0; last.width >= smallest || last.height >= smallest; ) {
    last = halve(last);
    levels.push(last);
  }
  return levels;
}

/** Half the size, rounded up: four-tap cubic (-1, 5, 5, -1) / 8 each way, crisper than the mean; edges repeat. */
export function halve(picture: RgbPixels): RgbPixels {
  const width = Math.ceil(picture.width / 2);
  const height = Math.ceil(picture.height / 2);
  const data = new Uint8Array(width * height * 3);
  const rows = new Float32Array(width * 3 * picture.height);
  for (let row = 0; row < picture.height; row++) {
    const line = picture.data.subarray(row * picture.width * 3, (row + 1) * picture.width * 3);
    for (let col = 0; col < width; col++) {
      for (let channel = 0; channel < 3; channel++) {
        const tap = (offset: number) => line[Math.min(picture.width - 1, Math.max(0, 2 * col + offset)) * 3 + channel]!;
        rows[(row * width + col) * 3 + channel] = (5 * (tap(0) + tap(1)) - tap(-1) - tap(2)) / 8;
      }
    }
  }
  const stride = width * 3;
  for (let row = 0; row < height; row++) {
    for (let i = 0; i < stride; i++) {
      const tap = (offset: number) => rows[Math.min(picture.height - 1, Math.max(0, 2 * row + offset)) * stride + i]!;
      const value = (5 * (tap(0) + tap(1)) - tap(-1) - tap(2)) / 8;
      data[row * stride + i] = Math.min(255, Math.max(0, Math.round(value)));
    }
  }
  return { width, height, data };
}
