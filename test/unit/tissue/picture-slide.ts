import { readFileSync } from "node:fs";
import { decode } from "fast-png";
import type { PixelSize, RegionRequest, RgbaImage, Slide, SlideLevel } from "../../../src/engine/slide/types.ts";
import { plainSlideInfo } from "../../support/plain-slide-info.ts";

/** A slide made of pictures, finest first, that records what is read of it. */
export class PictureSlide implements Slide {
  readonly info: Slide["info"];
  readonly requests: RegionRequest[] = [];
  readonly #pictures: readonly RgbaImage[];

  constructor(pictures: readonly RgbaImage[], pixelSize: PixelSize | null) {
    const [first] = pictures;
    if (!first) throw new RangeError("a slide of at least one picture");
    this.#pictures = pictures;
    this.info = plainSlideInfo("picture", first, {
      levels: pictures.map((picture) => levelOf(picture, first)),
      pixelSize,
    });
  }

  async readRegion(request: RegionRequest): Promise<RgbaImage> {
    this.requests.push(request);
    const level = this.info.levels[request.level]!;
    const picture = this.#pictures[request.level]!;
    const left = Math.round(request.x0 / level.downsampleX);
    const top = Math.round(request.y0 / level.downsampleY);
    const data = new Uint8ClampedArray(request.width * request.height * 4).fill(255);
    for (let y = 0; y < Math.min(request.height, picture.height - top); y++) {
      const start = ((top + y) * picture.width + left) * 4;
      const width = Math.min(request.width, picture.width - left);
      data.set(picture.data.subarray(start, start + width * 4), y * request.width * 4);
    }
    return { width: request.width, height: request.height, data };
  }

  readTile(): Promise<RgbaImage> {
    throw new Error("tissue is found through regions");
  }

  readAssociated(): Promise<RgbaImage> {
    throw new Error("nothing accompanies a picture");
  }

  close(): void {}
}

export function picture(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => readonly [number, number, number],
): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([...colourAt(x, y), 255], (y * width + x) * 4);
  }
  return { width, height, data };
}

export function readPng(path: string): RgbaImage {
  const { width, height, channels, data } = decode(readFileSync(path));
  return picture(width, height, (x, y) => {
    const at = (y * width + x) * channels;
    return [data[at]!, data[at + 1]!, data[at + 2]!];
  });
}

function levelOf(picture: RgbaImage, first: RgbaImage): SlideLevel {
  return {
    width: picture.width,
    height: picture.height,
    downsampleX: first.width / picture.width,
    downsampleY: first.height / picture.height,
    tileWidth: 256,
    tileHeight: 256,
  };
}
