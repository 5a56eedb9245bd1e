import type { RgbaImage } from "./types.ts";

/** Position and size in pixels of whatever holds it. */
export interface PixelRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** White glass of the given size. */
export function whiteImage(width: number, height: number): RgbaImage {
  return { width, height, data: new Uint8ClampedArray(width * height * 4).fill(255) };
}

/** Copies the part of `from` that falls on `onto` when its top left corner lies at (x, y) there; the rest is left. */
export function copyPixels(from: RgbaImage, onto: RgbaImage, x: number, y: number): void {
  const left = Math.max(0, x);
  const right = Math.min(onto.width, x + from.width);
  const top = Math.max(0, y);
  const bottom = Math.min(onto.height, y + from.height);
  if (left >= right) return;
  for (let row = top; row < bottom; row++) {
    const start = ((row - y) * from.width + (left - x)) * 4;
    onto.data.set(from.data.subarray(start, start + (right - left) * 4), (row * onto.width + left) * 4);
  }
}

/** A new image of the rectangle, which must lie inside of `image`; `image` itself when it is all of it. */
export function cropImage(image: RgbaImage, rect: PixelRect): RgbaImage {
  if (rect.x === 0 && rect.y === 0 && rect.width === image.width && rect.height === image.height) return image;
  const cropped = { width: rect.width, height: rect.height, data: new Uint8ClampedArray(rect.width * rect.height * 4) };
  copyPixels(image, cropped, -rect.x, -rect.y);
  return cropped;
}

/** Lays straight alpha over white, in place. Returns the same image. */
export function layOverWhite(image: RgbaImage): RgbaImage {
  const { data } = image;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3]!;
    if (alpha === 255) continue;
    for (let c = at; c < at + 3; c++) data[c] = (data[c]! * alpha) / 255 + (255 - alpha);
    data[at + 3] = 255;
  }
  return image;
}
