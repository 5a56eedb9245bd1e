import { describe, expect, test } from "vitest";
import { blobSource } from "../../../src/engine/slide/blob-source.ts";
import { writeTiff } from "../../../src/engine/slide/tiff/write-tiff.ts";
import { TileCache } from "../../../src/engine/slide/tile-cache.ts";
import type { ByteSource } from "../../../src/engine/slide/types.ts";
import {
  difference,
  imageOf,
  MADE_HEIGHT,
  MADE_WIDTH,
  madeBytes,
  openBytes,
  openMade,
  openSource,
  patternAt,
  readLevel,
} from "./made-slides.ts";

const EXACT = { mean: 0, max: 0 };

/** Notes each read. */
class RecordingSource implements ByteSource {
  readonly name = "recorded.tif";
  readonly reads: { offset: number; length: number }[] = [];
  readonly #inner: ByteSource;

  constructor(inner: ByteSource) {
    this.#inner = inner;
  }

  get size(): number {
    return this.#inner.size;
  }

  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    this.reads.push({ offset, length });
    return await this.#inner.read(offset, length);
  }
}

describe("reading", () => {
  test("takes only the slices that a region needs", async () => {
    const data = new Uint8Array(2048 * 1024 * 3).map((_, i) => (i * 2654435761) >>> 24);
    const bytes = writeTiff([{ width: 2048, height: 1024, pixels: { kind: "rgb8", data }, compression: "none" }]);
    const source = new RecordingSource(blobSource(new Blob([bytes]), "big.tif"));
    const slide = await openSource(source);
    const opened = source.reads.reduce((sum, { length }) => sum + length, 0);
    expect(opened).toBeLessThan(8000);
    await slide.readRegion({ x0: 300, y0: 300, width: 20, height: 20, level: 0 });
    const read = source.reads.reduce((sum, { length }) => sum + length, 0) - opened;
    expect(read).toBeLessThan(256 * 256 * 3 + 8000);
  });

  test("reads one strip over the whole slide by parts", async () => {
    const bytes = madeBytes("none-one-strip.tif");
    const source = new RecordingSource(blobSource(new Blob([bytes]), "strip.tif"));
    const slide = await openSource(source);
    const found = await readLevel(slide);
    expect(difference(found, imageOf(MADE_WIDTH, MADE_HEIGHT, patternAt))).toEqual(EXACT);
  });

  test("decodes a tile once while it is kept", async () => {
    const source = new RecordingSource(blobSource(new Blob([madeBytes("deflate-predictor.tif")]), "a.tif"));
    const slide = await openSource(source);
    await readLevel(slide);
    const before = source.reads.length;
    await readLevel(slide);
    expect(source.reads.length).toBe(before);
  });

  test("gives any region alike, however it is cut", async () => {
    const slide = await openMade("lzw-predictor.tif");
    const found = await slide.readRegion({ x0: 13, y0: 9, width: 31, height: 25, level: 0 });
    expect(
      difference(
        found,
        imageOf(31, 25, (x, y) => patternAt(x + 13, y + 9)),
      ),
    ).toEqual(EXACT);
  });

  test("gives white outside of the slide", async () => {
    const slide = await openMade("none-tiled.tif");
    const found = await slide.readRegion({ x0: -4, y0: 45, width: 20, height: 10, level: 0 });
    const expected = imageOf(20, 10, (x, y) => (x < 4 || y >= 5 ? [255, 255, 255] : patternAt(x - 4, y + 45)));
    expect(difference(found, expected)).toEqual(EXACT);
    const beyond = await slide.readRegion({ x0: 1e9, y0: -1e9, width: 3, height: 2, level: 0 });
    expect(
      difference(
        beyond,
        imageOf(3, 2, () => [255, 255, 255]),
      ),
    ).toEqual(EXACT);
  });

  test("does not let a caller change what is kept", async () => {
    const slide = await openMade("grey.tif");
    const first = await readLevel(slide);
    const copy = { ...first, data: first.data.slice() };
    first.data.fill(0);
    expect(difference(await readLevel(slide), copy)).toEqual(EXACT);
  });

  test.each([
    [{ x0: 0, y0: 0, width: 0, height: 5, level: 0 }, "slide/bad-region"],
    [{ x0: 0, y0: 0, width: 1.5, height: 5, level: 0 }, "slide/bad-region"],
    [{ x0: Number.NaN, y0: 0, width: 5, height: 5, level: 0 }, "slide/bad-region"],
    [{ x0: 0, y0: 0, width: 5, height: 5, level: 7 }, "slide/bad-region"],
    [{ x0: 0, y0: 0, width: 1e5, height: 1e5, level: 0 }, "slide/too-large"],
  ])("refuses the region %o", async (region, code) => {
    const slide = await openMade("none-tiled.tif");
    await expect(slide.readRegion(region)).rejects.toMatchObject({ code });
  });

  test("refuses a tile outside of its level", async () => {
    const slide = await openMade("none-tiled.tif");
    await expect(slide.readTile({ level: 0, col: 50, row: 0 })).rejects.toMatchObject({ code: "slide/bad-region" });
  });

  test("stops when it is cancelled", async () => {
    const slide = await openMade("none-tiled.tif");
    const signal = AbortSignal.abort();
    const region = { x0: 0, y0: 0, width: 5, height: 5, level: 0 };
    await expect(slide.readRegion(region, { signal })).rejects.toMatchObject({ name: "AbortError" });
    await expect(slide.readTile({ level: 0, col: 0, row: 0 }, { signal })).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});

describe("a picture file", () => {
  const pattern = imageOf(MADE_WIDTH, MADE_HEIGHT, patternAt);

  test("is a slide of one level without a pixel size", async () => {
    const { info } = await openMade("rgb.png");
    expect(info.levels).toEqual([
      { width: 70, height: 50, downsampleX: 1, downsampleY: 1, tileWidth: 512, tileHeight: 512 },
    ]);
    expect(info.pixelSize).toBeNull();
    expect(info.format).toBe("PNG");
  });

  test("gives the pixels of a PNG of any kind", async () => {
    const grey = imageOf(MADE_WIDTH, MADE_HEIGHT, (x, y) => {
      const value = patternAt(x, y)[0];
      return [value, value, value];
    });
    expect(difference(await readLevel(await openMade("rgb.png")), pattern)).toEqual(EXACT);
    expect(difference(await readLevel(await openMade("grey.png")), grey)).toEqual(EXACT);
    expect(difference(await readLevel(await openMade("grey-16.png")), grey)).toEqual(EXACT);
    const bits = imageOf(MADE_WIDTH, MADE_HEIGHT, (x, y) => {
      const value = 255 * (patternAt(x, y)[0] & 1);
      return [value, value, value];
    });
    expect(difference(await readLevel(await openMade("bits-1.png")), bits)).toEqual(EXACT);
    const palette = imageOf(MADE_WIDTH, MADE_HEIGHT, (x, y) => {
      const index = patternAt(x, y)[0] & 15;
      return [index * 16, 255 - index * 16, index];
    });
    expect(difference(await readLevel(await openMade("palette-4.png")), palette)).toEqual(EXACT);
    const overWhite = imageOf(MADE_WIDTH, MADE_HEIGHT, (x, y) =>
      x < MADE_WIDTH / 2 ? [255, 255, 255] : patternAt(x, y),
    );
    expect(difference(await readLevel(await openMade("rgba.png")), overWhite)).toEqual(EXACT);
  });

  test("applies the EXIF orientation of a JPEG", async () => {
    const slide = await openMade("orientation-6.jpg");
    expect([slide.info.width0, slide.info.height0]).toEqual([50, 70]);
    const expected = imageOf(50, 70, (x, y) => [y * 3, (49 - x) * 4, 128 + y - (49 - x)]);
    // Quality 95 without chroma subsampling.
    expect(difference(await readLevel(slide), expected).max).toBeLessThanOrEqual(8);
  });
});

describe("a large image without a pyramid", () => {
  test("gets coarser levels that are means of the finer", async () => {
    const strip = new Uint8Array(40_000 * 16).map((_, i) => (Math.floor((i % 40_000) / 8) % 2) * 200);
    const written = writeTiff([{ width: 40_000, height: 16, pixels: { kind: "grey8", data: strip }, tileWidth: 4096 }]);
    const slide = await openBytes(repeatRows(written, 4096));
    const { levels } = slide.info;
    expect(levels.map(({ width, height }) => [width, height])).toEqual([
      [40_000, 4096],
      [10_000, 1024],
      [2500, 256],
    ]);
    expect(levels.map(({ downsampleX }) => downsampleX)).toEqual([1, 4, 16]);
    const mean = imageOf(20, 3, () => [100, 100, 100]);
    expect(difference(await slide.readRegion({ x0: 160, y0: 0, width: 20, height: 3, level: 2 }), mean)).toEqual(EXACT);
    const fine = imageOf(8, 2, (x) => (Math.floor(x / 2) % 2 === 0 ? [0, 0, 0] : [200, 200, 200]));
    expect(difference(await slide.readRegion({ x0: 0, y0: 0, width: 8, height: 2, level: 1 }), fine)).toEqual(EXACT);
  });

  test("is decoded once for all of its coarser levels", async () => {
    const strip = new Uint8Array(40_000 * 16).fill(100);
    const written = writeTiff([{ width: 40_000, height: 16, pixels: { kind: "grey8", data: strip }, tileWidth: 4096 }]);
    const source = new RecordingSource(blobSource(new Blob([repeatRows(written, 4096)]), "large.tif"));
    const slide = await openSource(source);
    // A tile of level 2, made of 8,192 x 4,096 pixels: more than the cache of the file's tiles holds.
    await slide.readRegion({ x0: 0, y0: 0, width: 8, height: 8, level: 2 });
    const before = source.reads.length;
    await slide.readRegion({ x0: 0, y0: 0, width: 2048, height: 1024, level: 1 });
    expect(source.reads.length).toBe(before);
    slide.close();
  });

  /** The same row of tiles again and again: only the height and the tables of places grow. */
  function repeatRows(bytes: Uint8Array<ArrayBuffer>, height: number): Uint8Array<ArrayBuffer> {
    const view = new DataView(bytes.buffer);
    const directory = view.getUint32(4, true);
    const rows = height / 256;
    const grown: number[] = [];
    for (let i = 0; i < view.getUint16(directory, true); i++) {
      const at = directory + 2 + i * 12;
      const tag = view.getUint16(at, true);
      if (tag === 257) view.setUint32(at + 8, height, true);
      if (tag !== 324 && tag !== 325) continue;
      const count = view.getUint32(at + 4, true);
      const values = Array.from({ length: count }, (_, k) =>
        view.getUint32(view.getUint32(at + 8, true) + k * 4, true),
      );
      view.setUint32(at + 4, count * rows, true);
      view.setUint32(at + 8, bytes.length + grown.length * 4, true);
      for (let row = 0; row < rows; row++) grown.push(...values);
    }
    const joined = new Uint8Array(bytes.length + grown.length * 4);
    joined.set(bytes);
    joined.set(new Uint8Array(new Uint32Array(grown).buffer), bytes.length);
    return joined;
  }
});

describe("the tile cache", () => {
  const tile = (size: number) => ({ width: size, height: 1, data: new Uint8ClampedArray(size * 4) });

  test("drops what was not used for the longest time when it is full", async () => {
    const cache = new TileCache(1200);
    const decoded: string[] = [];
    const get = (key: string) =>
      cache.get(key, async () => {
        decoded.push(key);
        return tile(10);
      });
    for (const key of ["a", "b", "a", "c", "a", "b"]) await get(key);
    expect(decoded).toEqual(["a", "b", "c", "b"]);
    expect(cache.bytes).toBeLessThanOrEqual(1200);
  });

  test("shares one decoding between readers and forgets a failed one", async () => {
    const cache = new TileCache(100);
    let count = 0;
    const decode = async () => {
      count++;
      if (count === 1) throw new RangeError("broken");
      return tile(1);
    };
    const [first, second] = await Promise.allSettled([cache.get("a", decode), cache.get("a", decode)]);
    expect([first.status, second.status, count]).toEqual(["rejected", "rejected", 1]);
    await expect(cache.get("a", decode)).resolves.toMatchObject({ width: 1 });
  });

  test("decodes no more side by side than fits into it with what it keeps, and a larger piece alone", async () => {
    const cache = new TileCache(10_000);
    await cache.get("kept", async () => tile(2000));
    const running: string[] = [];
    const seen: string[][] = [];
    const get = (key: string, workBytes: number) =>
      cache.get(
        key,
        async () => {
          running.push(key);
          seen.push([...running]);
          await new Promise((resolve) => setTimeout(resolve, 1));
          running.splice(running.indexOf(key), 1);
          return tile(10);
        },
        workBytes,
      );
    await Promise.all([get("a", 4000), get("b", 4000), get("large", 50_000), get("c", 4000)]);
    expect(seen).toEqual([["a"], ["a", "b"], ["large"], ["c"]]);
    expect(cache.bytes).toBeLessThan(8000);
  });

  test("does not keep what is larger than itself", async () => {
    const cache = new TileCache(100);
    await cache.get("a", async () => tile(1000));
    expect(cache.bytes).toBe(0);
  });
});
