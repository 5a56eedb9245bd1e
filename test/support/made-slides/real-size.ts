import { DEMO_MPP, DEMO_TILE, type DemoLevel, demoLevels } from "./demo-levels.ts";
import type { SparseFile } from "./giant-sparse.ts";
import { LARGE_SLIDE, pyramidHead } from "./large.ts";

const DOWNSAMPLE = DEMO_MPP / LARGE_SLIDE.mpp;
/** Where the pictures lie: the file is as large as one of this size from a scanner, most of it a hole. */
const PICTURES_AT = 2 ** 31;

/**
 * The demo slide as a scanner makes it at 40x: an SVS of 40,000 x 32,000 pixels and 2 GB. Its coarse levels are the demo's own; at 40x each
 * tile shows the picture of the demo's tile that lies there.
 */
export function realSizeSlide(demo: Buffer<ArrayBuffer>): SparseFile {
  const [fine, , coarse] = demoLevels(demo);
  if (!fine || !coarse) throw new Error("Expected a demo slide of three levels or more.");
  const drawn = [enlarged(fine), fine, coarse];
  const levels = drawn.map(({ width, height, tiles }) => ({ width, height, tiles: tiles.map(({ bytes }) => bytes) }));
  const offsets = drawn.map(({ tiles }) => tiles.map(({ at }) => PICTURES_AT + at));
  return {
    size: PICTURES_AT + demo.length,
    parts: [
      { offset: 0, bytes: pyramidHead(levels, offsets) },
      { offset: PICTURES_AT, bytes: demo },
    ],
    tiles: [],
  };
}

function enlarged({ width, height, tiles }: DemoLevel): DemoLevel {
  const cols = Math.ceil((width * DOWNSAMPLE) / DEMO_TILE);
  const rows = Math.ceil((height * DOWNSAMPLE) / DEMO_TILE);
  const across = Math.ceil(width / DEMO_TILE);
  return {
    width: width * DOWNSAMPLE,
    height: height * DOWNSAMPLE,
    tiles: Array.from({ length: cols * rows }, (_, i) => {
      const col = Math.floor((i % cols) / DOWNSAMPLE);
      const row = Math.floor(i / cols / DOWNSAMPLE);
      return tiles[row * across + col] ?? { at: 0, bytes: new Uint8Array() };
    }),
  };
}
