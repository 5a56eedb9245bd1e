import { zlibSync } from "fflate";
import { describe, expect, test } from "vitest";
import { AppError } from "../../../src/engine/base/errors.ts";
import { readScaled } from "../../../src/engine/slide/scaled.ts";
import { writeTiff } from "../../../src/engine/slide/tiff/write-tiff.ts";
import type { Slide } from "../../../src/engine/slide/types.ts";
import { madeBytes, openBytes, openSource } from "./made-slides.ts";

function ascii(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function setShort(bytes: Uint8Array<ArrayBuffer>, tag: number, value: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer);
  const directory = view.getUint32(4, true);
  for (let i = 0; i < view.getUint16(directory, true); i++) {
    const at = directory + 2 + i * 12;
    if (view.getUint16(at, true) === tag) view.setUint32(at + 8, value, true);
  }
  return bytes;
}

interface PngSize {
  readonly width: number;
  readonly height: number;
}

/** IHDR of eight-bit red, green and blue. */
function pngHeader({ width, height }: PngSize): Uint8Array {
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header.set([8, 2], 8);
  return header;
}

/** A PNG with these chunks between header and end; checksums are left at 0, which no reader here looks at. */
function pngOf(size: PngSize, chunks: readonly { type: string; data: Uint8Array }[]): Uint8Array<ArrayBuffer> {
  const all = [{ type: "IHDR", data: pngHeader(size) }, ...chunks, { type: "IEND", data: new Uint8Array(0) }];
  const parts = all.map(({ type, data }) => {
    const chunk = new Uint8Array(12 + data.length);
    new DataView(chunk.buffer).setUint32(0, data.length);
    chunk.set(ascii(type), 4);
    chunk.set(data, 8);
    return [...chunk];
  });
  return new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...parts.flat()]);
}

/** Reads the whole slide at a size of at most 128 pixels, then a tile of each level. */
async function readOverview(slide: Slide): Promise<void> {
  const { width0, height0, levels } = slide.info;
  const downsample = Math.max(1, width0 / 128, height0 / 128);
  const width = Math.max(1, Math.floor(width0 / downsample));
  const height = Math.max(1, Math.floor(height0 / downsample));
  await readScaled(slide, { x: 0, y: 0, width, height, downsampleX: downsample, downsampleY: downsample });
  for (const level of levels.keys()) await slide.readTile({ level, col: 0, row: 0 });
}

/** "read", or the code of the AppError with its sentence checked; anything else is thrown on. */
async function outcome(open: () => Promise<Slide>): Promise<string> {
  try {
    const slide = await open();
    await readOverview(slide).finally(() => slide.close());
    return "read";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.message).toMatch(/^Expected .+\.$/s);
    return error.code;
  }
}

describe("a broken file gets a sentence", () => {
  const plain = () => writeTiff([{ width: 8, height: 8, pixels: { kind: "grey8", data: new Uint8Array(64) } }]);

  test("an empty file", async () => {
    expect(await outcome(() => openBytes(new Uint8Array(0)))).toBe("slide/empty-file");
  });

  test("a text file renamed .svs", async () => {
    await expect(openBytes(ascii("These are notes, not a slide.\n"), "slide.svs")).rejects.toMatchObject({
      code: "slide/not-a-slide",
      message: expect.stringContaining("found a text file"),
    });
  });

  test("a web page saved in place of a slide", async () => {
    await expect(openBytes(ascii("<!DOCTYPE html><html>log in</html>"), "slide.svs")).rejects.toMatchObject({
      message: expect.stringContaining("a web page"),
    });
  });

  test("a directory that names itself as the next", async () => {
    const bytes = plain();
    const view = new DataView(bytes.buffer);
    const directory = view.getUint32(4, true);
    view.setUint32(directory + 2 + view.getUint16(directory, true) * 12, directory, true);
    expect(await outcome(() => openBytes(bytes))).toBe("slide/cyclic-directory");
  });

  test("a SubIFD that names its own page", async () => {
    const pixels = { kind: "grey8", data: new Uint8Array(64) } as const;
    const level = { width: 4, height: 4, pixels: { kind: "grey8", data: new Uint8Array(16) } } as const;
    const bytes = writeTiff([{ width: 8, height: 8, pixels, levels: [level] }]);
    setShort(bytes, 330, new DataView(bytes.buffer).getUint32(4, true));
    expect(await outcome(() => openBytes(bytes))).toBe("slide/cyclic-directory");
  });

  test("an endless chain of directories that never meets itself", async () => {
    const count = 3000;
    const bytes = new Uint8Array(8 + count * 18);
    const view = new DataView(bytes.buffer);
    bytes.set([0x49, 0x49, 42, 0, 8]);
    for (let i = 0; i < count; i++) {
      const at = 8 + i * 18;
      view.setUint16(at, 1, true);
      view.setUint16(at + 2, 256, true);
      view.setUint16(at + 4, 3, true);
      view.setUint32(at + 6, 1, true);
      view.setUint32(at + 14, at + 18, true);
    }
    expect(await outcome(() => openBytes(bytes))).toBe("slide/malformed");
  });

  test("an image of 0 x 0 pixels", async () => {
    expect(await outcome(() => openBytes(setShort(setShort(plain(), 256, 0), 257, 0)))).toBe("slide/malformed");
  });

  test("a tile of more bytes than any slide has, before memory is asked for", async () => {
    const bytes = setShort(setShort(setShort(setShort(plain(), 322, 65536), 323, 65536), 256, 60000), 257, 60000);
    expect(await outcome(() => openBytes(bytes))).toBe("slide/too-large");
  });

  test("a PNG whose header tells of a million pixels along each edge", async () => {
    const bytes = madeBytes("rgb.png");
    new DataView(bytes.buffer).setUint32(16, 1_000_000);
    new DataView(bytes.buffer).setUint32(20, 1_000_000);
    expect(await outcome(() => openBytes(bytes))).toBe("slide/too-large");
  });

  test.each([65_000, 2000])("a small JPEG tile that tells of %i pixels along each edge", async (edge) => {
    const bytes = madeBytes("jpeg-grey.tif");
    for (let at = 0; at < bytes.length - 9; at++) {
      if (bytes[at] === 0xff && bytes[at + 1] === 0xc0)
        bytes.set([edge >> 8, edge & 255, edge >> 8, edge & 255], at + 5);
    }
    expect(await outcome(() => openBytes(bytes))).toBe("slide/too-large");
  });

  test("a zstd tile that unfolds to gigabytes", async () => {
    const blocks = 20_000;
    const frame = new Uint8Array(6 + blocks * 4);
    frame.set([0x28, 0xb5, 0x2f, 0xfd, 0, 0x58]);
    for (let i = 0; i < blocks; i++) {
      // Each block repeats one byte 128 Ki times.
      const header = (131072 << 3) | 2 | (i === blocks - 1 ? 1 : 0);
      frame.set([header & 255, (header >> 8) & 255, header >> 16, 7], 6 + i * 4);
    }
    const bytes = writeTiff([
      {
        width: 256,
        height: 256,
        pixels: { kind: "jpeg", tiles: [frame], colour: "grey" },
      },
    ]);
    setShort(bytes, 259, 50000);
    expect(await outcome(() => openBytes(bytes))).toBe("slide/decode-failed");
  });

  test("a zstd tile without its size, with a damaged block", async () => {
    // Magic, descriptor, window, then a last compressed block of eight bytes that are no literals section.
    const frame = new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0, 0x58, (8 << 3) | 4 | 1, 0, 0, ...Array(8).fill(255)]);
    const pixels = { kind: "jpeg", tiles: [frame], colour: "grey" } as const;
    const bytes = setShort(writeTiff([{ width: 256, height: 256, pixels }]), 259, 50000);
    expect(await outcome(() => openBytes(bytes))).toBe("slide/decode-failed");
  });

  test("a PNG of 8 x 8 pixels whose data unfolds to 16 MB", async () => {
    const rows = zlibSync(new Uint8Array(16 << 20));
    const bytes = pngOf({ width: 8, height: 8 }, [{ type: "IDAT", data: rows }]);
    expect(await outcome(() => openBytes(bytes, "bomb.png"))).toBe("slide/decode-failed");
  });

  test("a PNG with a second, huge header", async () => {
    const rows = zlibSync(new Uint8Array(8 * 25));
    const bytes = pngOf({ width: 8, height: 8 }, [
      { type: "IHDR", data: pngHeader({ width: 1_000_000, height: 1_000_000 }) },
      { type: "IDAT", data: rows },
    ]);
    expect(await outcome(() => openBytes(bytes, "two.png"))).toBe("read");
  });

  test("a PNG whose profile is damaged is read: it makes no pixels", async () => {
    const bytes = pngOf({ width: 8, height: 8 }, [
      { type: "iCCP", data: ascii("profile\0\0no zlib data") },
      { type: "IDAT", data: zlibSync(new Uint8Array(8 * 25)) },
    ]);
    expect(await outcome(() => openBytes(bytes, "profile.png"))).toBe("read");
  });

  test.each(["none-tiled.tif", "bigtiff-deflate.tif", "jpeg-tables-strips.tif", "rgb.png", "orientation-6.jpg"])(
    "%s cut off anywhere",
    async (name) => {
      const whole = madeBytes(name);
      for (let step = 1; step < 24; step++) {
        const cut = whole.slice(0, Math.floor((whole.length * step) / 24));
        expect(await outcome(() => openBytes(cut, name)), `cut to ${cut.length} bytes`).toMatch(/^slide\//);
      }
    },
  );

  test("a file that becomes shorter while it is open", async () => {
    const bytes = madeBytes("none-tiled.tif");
    let isGone = false;
    const slide = await openSource({
      name: "gone.tif",
      size: bytes.length,
      async read(offset, length) {
        if (isGone) throw new AppError("slide/unreadable", "Expected to read on, but the file is gone.");
        return bytes.slice(offset, offset + length);
      },
    });
    isGone = true;
    expect(await outcome(async () => slide)).toBe("slide/unreadable");
  });
});
