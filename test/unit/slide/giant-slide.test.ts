import { beforeAll, describe, expect, test } from "vitest";
import { nodeDecoders } from "../../../src/cli/open-slide.ts";
import { openSlide } from "../../../src/engine/slide/open.ts";
import type { RgbaImage, Slide } from "../../../src/engine/slide/types.ts";
import { startJpegEncoder } from "../../../tools/demo-slide/jpeg.ts";
import { GIANT_EDGE, giantSparse, SparseSource } from "../../support/made-slides/giant-sparse.ts";
import { tissueTile } from "../../support/made-slides/tissue-tile.ts";

const MB = 1024 * 1024;
/** Above rest, while the slide is opened and its overview read. */
const MOST_MEMORY = 300 * MB;
const TILE = 256;

let streams: Uint8Array<ArrayBuffer>[];
beforeAll(async () => {
  const encode = await startJpegEncoder(80);
  streams = [await encode(tissueTile(1)), await encode(tissueTile(2))];
});

interface Opened {
  readonly slide: Slide;
  readonly source: SparseSource;
  readonly tiles: readonly { readonly col: number; readonly row: number }[];
  decoded(): number;
  /** Bytes of memory above those before the slide was opened. */
  peak(): number;
}

async function openGiant(hasPyramid: boolean): Promise<Opened> {
  const file = giantSparse({ hasPyramid, streams });
  const source = new SparseSource(file, "giant.tif");
  const decoders = nodeDecoders();
  let decoded = 0;
  let most = 0;
  const rest = process.memoryUsage().rss;
  const watch = (): number => {
    most = Math.max(most, process.memoryUsage().rss - rest);
    return most;
  };
  const slide = await openSlide(source, {
    ...decoders,
    decodeJpeg: async (...stream) => {
      decoded += 1;
      watch();
      return await decoders.decodeJpeg(...stream);
    },
  });
  watch();
  return { slide, source, tiles: file.tiles, decoded: () => decoded, peak: watch };
}

/** Every tile of the coarsest level, as a viewer asks for them. */
async function readOverview({ slide, peak }: Opened): Promise<number> {
  const level = slide.info.levels.length - 1;
  const { width = 0, height = 0, tileWidth = 1, tileHeight = 1 } = slide.info.levels[level] ?? {};
  let coloured = 0;
  for (let row = 0; row * tileHeight < height; row++) {
    for (let col = 0; col * tileWidth < width; col++) {
      const tile = await slide.readTile({ level, col, row });
      if ("data" in tile) coloured += colouredPixels(tile);
      peak();
    }
  }
  return coloured;
}

function colouredPixels({ data }: RgbaImage): number {
  let count = 0;
  for (let i = 0; i < data.length; i += 4) if ((data[i + 1] ?? 255) < 250) count++;
  return count;
}

describe("a slide of 200,000 x 200,000 pixels, nearly all of it left out", () => {
  test("with a pyramid opens and shows its overview from a few kilobytes", async () => {
    const opened = await openGiant(true);
    const { slide, source } = opened;
    expect(slide.info).toMatchObject({ width0: GIANT_EDGE, height0: GIANT_EDGE, pixelSize: { mppX: 0.25 } });
    expect(slide.info.levels.map(({ width }) => width)).toEqual([200_000, 50_000, 12_500, 3125, 782]);
    expect(await readOverview(opened)).toBeGreaterThan(1000);
    expect(source.bytesRead).toBeLessThan(MB);
    expect(opened.decoded()).toBeLessThanOrEqual(16);
    expect(opened.peak()).toBeLessThan(MOST_MEMORY);
    slide.close();
  });

  test("without one decodes for its overview what holds a picture, once, and nothing else", async () => {
    const opened = await openGiant(false);
    const { slide, source, tiles } = opened;
    expect(slide.info.levels.map(({ width }) => width)).toEqual([200_000, 50_000, 12_500, 3125]);
    expect(source.bytesRead).toBeLessThan(MB);
    expect(await readOverview(opened)).toBeGreaterThan(1000);
    expect(opened.decoded()).toBe(tiles.length);
    // The table of byte counts, 2.4 MB, the places of the pictures, and the pictures.
    expect(source.bytesRead).toBeLessThan(8 * MB);
    expect(opened.peak()).toBeLessThan(MOST_MEMORY);
    slide.close();
  });

  test("gives the pictures beyond 4 GB, white glass between them, and levels that are their means", async () => {
    const { slide, tiles } = await openGiant(false);
    for (const { col, row } of [tiles[0], tiles[20], tiles.at(-1)].filter((tile) => tile !== undefined)) {
      const region = { x0: col * TILE, y0: row * TILE, width: 200, height: 200, level: 0 };
      expect(colouredPixels(await slide.readRegion(region))).toBeGreaterThan(39_000);
      const coarse = { x0: col * TILE, y0: row * TILE, width: 60, height: 60, level: 1 };
      expect(colouredPixels(await slide.readRegion(coarse))).toBe(3600);
    }
    const glass = await slide.readRegion({ x0: 100_000, y0: 20_000, width: 300, height: 300, level: 0 });
    expect(glass.data.every((value) => value === 255)).toBe(true);
    slide.close();
  });

  test("keeps what lies side by side alike, whether a part of a coarser tile is left out or not", async () => {
    const sparse = await openGiant(false);
    const [first] = sparse.tiles.slice(4);
    const at = { x0: (first?.col ?? 0) * TILE - 64, y0: (first?.row ?? 0) * TILE - 64 };
    const level1 = await sparse.slide.readRegion({ ...at, width: 64, height: 64, level: 1 });
    const level0 = await sparse.slide.readRegion({ ...at, width: 256, height: 256, level: 0 });
    for (const [x, y] of [
      [0, 0],
      [15, 16],
      [16, 15],
      [16, 16],
      [40, 33],
    ] as const) {
      expect(level1.data[(y * 64 + x) * 4]).toBe(meanRed(level0, x * 4, y * 4));
    }
    sparse.slide.close();
  });
});

function meanRed(image: RgbaImage, x: number, y: number): number {
  let sum = 0;
  for (let i = 0; i < 16; i++) sum += image.data[((y + (i >> 2)) * image.width + x + (i & 3)) * 4] ?? 0;
  return Math.floor(sum / 16 + 0.5);
}
