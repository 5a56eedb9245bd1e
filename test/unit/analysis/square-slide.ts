import { type TiffImage, writeTiff } from "../../../src/engine/slide/tiff/write-tiff.ts";

/** Level-0 pixels; edges may lie between pixels. */
export interface Rect0 {
  readonly x0: number;
  readonly y0: number;
  readonly width0: number;
  readonly height0: number;
}

export interface SquareSlide {
  readonly width0: number;
  readonly height0: number;
  readonly mppX: number;
  readonly mppY: number;
  /** Of the coarser levels; their sizes are rounded as scanners do. */
  readonly downsamples: readonly number[];
  /** The dark square; the rest is pale tissue within a margin of glass. */
  readonly square: Rect0;
  readonly margin0?: number;
  readonly tileWidth?: number;
}

const GLASS = [248, 248, 248] as const;
const PALE = [225, 170, 200] as const;
const DARK = [70, 30, 100] as const;

/** A tiled pyramidal TIFF of the slide, every level drawn from the same geometry with exact area shares. */
export function squareSlideTiff(slide: SquareSlide): Uint8Array<ArrayBuffer> {
  const levels = [1, ...slide.downsamples].map((downsample) => levelImage(slide, downsample));
  const [first, ...rest] = levels;
  if (!first) throw new RangeError("no levels");
  return writeTiff([{ ...first, mppX: slide.mppX, mppY: slide.mppY, levels: rest }]);
}

function levelImage(slide: SquareSlide, downsample: number): TiffImage {
  const { width0, height0, square, margin0 = 0 } = slide;
  const width = Math.max(1, Math.round(width0 / downsample));
  const height = Math.max(1, Math.round(height0 / downsample));
  const scaleX = width0 / width;
  const scaleY = height0 / height;
  const tissue = { x0: margin0, y0: margin0, width0: width0 - 2 * margin0, height0: height0 - 2 * margin0 };
  const tissueX = shares(width, scaleX, tissue.x0, tissue.width0);
  const tissueY = shares(height, scaleY, tissue.y0, tissue.height0);
  const squareX = shares(width, scaleX, square.x0, square.width0);
  const squareY = shares(height, scaleY, square.y0, square.height0);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pale = tissueX[x]! * tissueY[y]!;
      const dark = squareX[x]! * squareY[y]!;
      for (let c = 0; c < 3; c++, at++) {
        const under = GLASS[c]! + (PALE[c]! - GLASS[c]!) * pale;
        data[at] = Math.round(under + (DARK[c]! - under) * dark);
      }
    }
  }
  const side = slide.tileWidth ?? 64;
  return { width, height, pixels: { kind: "rgb8", data }, tileWidth: side, tileHeight: side };
}

/** Share of each pixel [i * scale, (i + 1) * scale) that lies within [from, from + length). */
function shares(count: number, scale: number, from: number, length: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => {
    const overlap = Math.min((i + 1) * scale, from + length) - Math.max(i * scale, from);
    return Math.max(0, overlap) / scale;
  });
}
