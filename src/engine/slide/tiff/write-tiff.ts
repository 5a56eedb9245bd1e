import { zlibSync } from "fflate";
import { COMPRESSION, PHOTOMETRIC, TAG } from "./tags.ts";
import { layOutDirectories, type TiffField } from "./write-directory.ts";

/** Samples of one image, row-major, or tiles that are JPEG already. */
export type TiffPixels =
  | { readonly kind: "grey8"; readonly data: Uint8Array | Uint8ClampedArray }
  /** Red, green, blue; length width * height * 3. */
  | { readonly kind: "rgb8"; readonly data: Uint8Array | Uint8ClampedArray }
  /** Red, green, blue, and a fourth byte that is left out; length width * height * 4. */
  | { readonly kind: "rgba8"; readonly data: Uint8Array | Uint8ClampedArray }
  | { readonly kind: "float32"; readonly data: Float32Array }
  /** Whole JPEG streams, row by row of tiles, each of tileWidth x tileHeight pixels; an empty one is left out (white). */
  | {
      readonly kind: "jpeg";
      readonly tiles: readonly Uint8Array[];
      readonly colour: "ycbcr" | "rgb" | "grey";
      /** Horizontal and vertical chroma subsampling of the streams; default 2 and 2. Only for ycbcr. */
      readonly subsampling?: readonly [number, number];
    };

export interface TiffImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: TiffPixels;
  /** A multiple of 16; default 256. */
  readonly tileWidth?: number;
  readonly tileHeight?: number;
  /** Of all but JPEG pixels; default deflate. */
  readonly compression?: "none" | "deflate";
  /** UTF-8 text of ImageDescription. */
  readonly description?: string;
  readonly software?: string;
  /** Micrometres per pixel of this image: becomes the resolution in pixels per centimetre. */
  readonly mppX?: number;
  readonly mppY?: number;
  /** NewSubfileType; default 0 for a first image, 1 (a coarser version) for what `levels` or a later page holds. */
  readonly subfileType?: number;
  /** Coarser versions, written as SubIFDs of this image; as further pages they are simply listed behind it. */
  readonly levels?: readonly TiffImage[];
}

export interface WriteTiffOptions {
  /** BigTIFF; default only when the file would pass 4 GB. */
  readonly isBig?: boolean;
}

interface PreparedImage {
  readonly fields: readonly TiffField[];
  readonly tiles: readonly Uint8Array[];
  readonly levels: readonly PreparedImage[];
}

/**
 * A tiled little-endian TIFF (TIFF 6.0; BigTIFF by the design of 2004) with the given images as its pages. The same
 * images give the same bytes on every machine. Needs memory for all tiles at once. Throws RangeError for sizes that do
 * not fit together.
 */
export function writeTiff(images: readonly TiffImage[], options: WriteTiffOptions = {}): Uint8Array<ArrayBuffer> {
  if (images.length === 0) throw new RangeError("a TIFF of at least one image, found none");
  const prepared = images.map((image, index) => prepare(image, index === 0 ? 0 : 1));
  const dataBytes = sum(prepared.map(bytesOf));
  return layOutDirectories(prepared, options.isBig ?? dataBytes > 0xf0000000);
}

function prepare(image: TiffImage, defaultSubfileType: number): PreparedImage {
  const { width, height, pixels, tileWidth = 256, tileHeight = 256 } = image;
  if (tileWidth % 16 !== 0 || tileHeight % 16 !== 0 || tileWidth < 16 || tileHeight < 16) {
    throw new RangeError(`tile edges that are multiples of 16, found ${tileWidth} x ${tileHeight}`);
  }
  const tiles = pixels.kind === "jpeg" ? pixels.tiles : cutTiles(image, pixels, tileWidth, tileHeight);
  const expected = Math.ceil(width / tileWidth) * Math.ceil(height / tileHeight);
  if (tiles.length !== expected) throw new RangeError(`${expected} tiles, found ${tiles.length}`);
  const fields: TiffField[] = [
    { tag: TAG.newSubfileType, kind: "long", values: [image.subfileType ?? defaultSubfileType] },
    { tag: TAG.imageWidth, kind: "long", values: [width] },
    { tag: TAG.imageLength, kind: "long", values: [height] },
    { tag: TAG.tileWidth, kind: "long", values: [tileWidth] },
    { tag: TAG.tileLength, kind: "long", values: [tileHeight] },
    { tag: TAG.orientation, kind: "short", values: [1] },
    { tag: TAG.planarConfiguration, kind: "short", values: [1] },
    ...sampleFields(image),
  ];
  if (image.description !== undefined)
    fields.push({ tag: TAG.imageDescription, kind: "text", text: image.description });
  if (image.software !== undefined) fields.push({ tag: TAG.software, kind: "text", text: image.software });
  if (image.mppX !== undefined && image.mppY !== undefined) {
    fields.push({ tag: TAG.xResolution, kind: "rational", values: [10000 / image.mppX] });
    fields.push({ tag: TAG.yResolution, kind: "rational", values: [10000 / image.mppY] });
    fields.push({ tag: TAG.resolutionUnit, kind: "short", values: [3] });
  }
  return { fields, tiles, levels: (image.levels ?? []).map((level) => prepare(level, 1)) };
}

function sampleFields(image: TiffImage): TiffField[] {
  const { pixels } = image;
  const samples = pixels.kind === "grey8" || pixels.kind === "float32" || isGreyJpeg(pixels) ? 1 : 3;
  const bits = pixels.kind === "float32" ? 32 : 8;
  const plain = image.compression === "none" ? COMPRESSION.none : COMPRESSION.deflate;
  const fields: TiffField[] = [
    { tag: TAG.bitsPerSample, kind: "short", values: new Array<number>(samples).fill(bits) },
    { tag: TAG.samplesPerPixel, kind: "short", values: [samples] },
    { tag: TAG.compression, kind: "short", values: [pixels.kind === "jpeg" ? COMPRESSION.jpeg : plain] },
    { tag: TAG.photometric, kind: "short", values: [photometricOf(pixels)] },
  ];
  if (pixels.kind === "float32") fields.push({ tag: TAG.sampleFormat, kind: "short", values: [3] });
  if (pixels.kind === "jpeg" && pixels.colour === "ycbcr") {
    fields.push({ tag: TAG.ycbcrSubsampling, kind: "short", values: pixels.subsampling ?? [2, 2] });
  }
  return fields;
}

function isGreyJpeg(pixels: TiffPixels): boolean {
  return pixels.kind === "jpeg" && pixels.colour === "grey";
}

function photometricOf(pixels: TiffPixels): number {
  if (pixels.kind === "rgb8" || pixels.kind === "rgba8") return PHOTOMETRIC.rgb;
  if (pixels.kind !== "jpeg" || pixels.colour === "grey") return PHOTOMETRIC.blackIsZero;
  return pixels.colour === "ycbcr" ? PHOTOMETRIC.ycbcr : PHOTOMETRIC.rgb;
}

/** Tiles of plain samples, filled up at the right and bottom by the last column and row, and compressed. */
function cutTiles(
  image: TiffImage,
  pixels: Exclude<TiffPixels, { kind: "jpeg" }>,
  tileWidth: number,
  tileHeight: number,
): Uint8Array[] {
  const { width, height } = image;
  const stored = pixels.kind === "rgba8" ? 4 : pixels.kind === "rgb8" ? 3 : 1;
  const kept = Math.min(stored, 3);
  if (pixels.data.length !== width * height * stored) {
    throw new RangeError(`${width * height * stored} values for ${width} x ${height}, found ${pixels.data.length}`);
  }
  const isFloat = pixels.kind === "float32";
  const tiles: Uint8Array[] = [];
  for (let top = 0; top < height; top += tileHeight) {
    for (let left = 0; left < width; left += tileWidth) {
      const bytes = new Uint8Array(tileWidth * tileHeight * kept * (isFloat ? 4 : 1));
      const view = new DataView(bytes.buffer);
      for (let y = 0, at = 0; y < tileHeight; y++) {
        const row = Math.min(top + y, height - 1) * width;
        for (let x = 0; x < tileWidth; x++) {
          const from = (row + Math.min(left + x, width - 1)) * stored;
          for (let c = 0; c < kept; c++, at++) {
            if (isFloat) view.setFloat32(at * 4, pixels.data[from]!, true);
            else bytes[at] = pixels.data[from + c]!;
          }
        }
      }
      tiles.push(image.compression === "none" ? bytes : zlibSync(bytes, { level: 6 }));
    }
  }
  return tiles;
}

function bytesOf(image: PreparedImage): number {
  return sum(image.tiles.map((tile) => tile.length)) + sum(image.levels.map(bytesOf));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
