import { readFileSync } from "node:fs";
import { decode as decodePng } from "fast-png";
import { nodeDecoders } from "../../../src/cli/open-slide.ts";
import { bytesSource } from "../../../src/engine/slide/blob-source.ts";
import { type OpenSlideOptions, openSlide } from "../../../src/engine/slide/open.ts";
import { pngToRgba } from "../../../src/engine/slide/pictures/png-pixels.ts";
import type { ByteSource, RgbaImage, Slide } from "../../../src/engine/slide/types.ts";

export const MADE_WIDTH = 70;
export const MADE_HEIGHT = 50;

const FOLDER = new URL("../../fixtures/slides/made/", import.meta.url);
const decoders = nodeDecoders();

export function madeBytes(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(name, FOLDER)));
}

/** A slide of test/fixtures/slides/made. */
export async function openMade(name: string): Promise<Slide> {
  return await openBytes(madeBytes(name), name);
}

export async function openBytes(
  bytes: Uint8Array<ArrayBuffer>,
  name = "test.tif",
  options: OpenSlideOptions = {},
): Promise<Slide> {
  return await openSlide(bytesSource(bytes, name), decoders, options);
}

export async function openSource(source: ByteSource): Promise<Slide> {
  return await openSlide(source, decoders);
}

/** All of a level. */
export async function readLevel(slide: Slide, level = 0): Promise<RgbaImage> {
  const size = slide.info.levels[level];
  if (!size) throw new RangeError(`no level ${level}`);
  return await slide.readRegion({ x0: 0, y0: 0, width: size.width, height: size.height, level });
}

/** `pattern` of make_fixtures.py. */
export function patternAt(x: number, y: number): [number, number, number] {
  return [(3 * x + y) & 255, (x * y) & 255, (255 - 2 * x + 5 * y) & 255];
}

export type Colour = readonly [number, number, number];

export function imageOf(width: number, height: number, colour: (x: number, y: number) => Colour): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) data.set([...colour(x, y), 255], at);
  }
  return { width, height, data };
}

/** Mean and greatest difference over red, green and blue. */
export function difference(a: RgbaImage, b: RgbaImage): { mean: number; max: number } {
  if (a.width !== b.width || a.height !== b.height) {
    throw new RangeError(`images of one size, found ${a.width} x ${a.height} and ${b.width} x ${b.height}`);
  }
  let sum = 0;
  let max = 0;
  for (let i = 0; i < a.data.length; i++) {
    const apart = Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0));
    sum += apart;
    max = Math.max(max, apart);
  }
  return { mean: sum / (a.width * a.height * 3), max };
}

/** What another reader made of that file (test/fixtures/slides/golden). */
export function goldenImage(name: string): RgbaImage {
  const png = decodePng(readFileSync(new URL(`../golden/${name}.png`, FOLDER)));
  return pngToRgba(png);
}

/** Sets a one-value field of a little-endian classic TIFF's first image. */
export function patchShort(bytes: Uint8Array<ArrayBuffer>, tag: number, value: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer);
  const directory = view.getUint32(4, true);
  for (let i = 0; i < view.getUint16(directory, true); i++) {
    const at = directory + 2 + i * 12;
    if (view.getUint16(at, true) === tag) view.setUint16(at + 8, value, true);
  }
  return bytes;
}

/** RGB triples (base64) as an image. */
export function fromRgb(base64: string, width: number, height: number): RgbaImage {
  const rgb = Buffer.from(base64, "base64");
  return imageOf(width, height, (x, y) => {
    const at = (y * width + x) * 3;
    return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
  });
}
