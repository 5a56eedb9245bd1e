import { openSlideFile } from "../../src/cli/open-slide.ts";
import { encodePng } from "../../src/cli/write-output.ts";
import { writeTiff } from "../../src/engine/slide/tiff/write-tiff.ts";
import type { RgbaImage } from "../../src/engine/slide/types.ts";
import { inverted } from "../trust/altered.ts";
import { DEMO } from "./studio.ts";

interface MadeFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A part of the demo slide: place in its level-0 pixels, size in those of the level. */
interface Part {
  readonly x0: number;
  readonly y0: number;
  readonly width: number;
  readonly height: number;
  readonly level: number;
}

/** 1500 x 1200 pixels from the middle of the demo slide. */
export async function demoPiece(): Promise<MadeFile> {
  return pngFile("demo-piece.png", await demoPart({ x0: 1700, y0: 1400, width: 1500, height: 1200, level: 0 }));
}

/** The demo slide in the colours of a negative: light on dark, as a picture of fluorescence. */
export async function negative(): Promise<MadeFile> {
  return tiffFile("dark-field.tif", inverted(await demoPart({ x0: 0, y0: 0, width: 1250, height: 1000, level: 2 })));
}

/** Sections cut out of the demo slide, each a file of its own that knows its pixel size, and one that ends in the middle. */
export async function severalSlides(): Promise<readonly MadeFile[]> {
  const places = [
    [200, 200],
    [2400, 300],
    [400, 1900],
    [2400, 1800],
  ] as const;
  const files: MadeFile[] = [];
  for (const [i, [x0, y0]] of places.entries())
    files.push(tiffFile(`block ${i + 1}.tif`, await demoPart({ x0, y0, width: 600, height: 500, level: 2 })));
  const last = files.at(-1);
  if (!last) return files;
  const half = { ...last, name: "copied in part.tif", buffer: last.buffer.subarray(0, last.buffer.length >> 1) };
  return [...files, half];
}

export function letter(): MadeFile {
  const buffer = Buffer.from("Dear colleague, ".repeat(20));
  return { name: "letter.svs", mimeType: "application/octet-stream", buffer };
}

async function demoPart(part: Part): Promise<RgbaImage> {
  const slide = await openSlideFile(DEMO);
  try {
    return await slide.readRegion(part);
  } finally {
    slide.close();
  }
}

function pngFile(name: string, image: RgbaImage): MadeFile {
  return { name, mimeType: "image/png", buffer: Buffer.from(encodePng(image)) };
}

/** Pixels of level 2 of the demo slide, um. */
const LEVEL_2_MPP = 8;

function tiffFile(name: string, { width, height, data }: RgbaImage): MadeFile {
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) rgb.set(data.subarray(i * 4, i * 4 + 3), i * 3);
  const level = { width, height, pixels: { kind: "rgb8", data: rgb } as const, mppX: LEVEL_2_MPP, mppY: LEVEL_2_MPP };
  return { name, mimeType: "image/tiff", buffer: Buffer.from(writeTiff([level])) };
}
