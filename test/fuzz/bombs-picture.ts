import { constants, deflateRawSync } from "node:zlib";
import { zlibSync } from "fflate";
import type { MadeSlide } from "../support/made-slides/index.ts";
import { asciiBytes, type Bytes, concatBytes, writeUint } from "./mutations/bytes.ts";

interface PngShape {
  readonly width: number;
  readonly height: number;
  readonly bits?: number;
  readonly colourType?: number;
  readonly isInterlaced?: boolean;
}

/** A PNG with these chunks between header and end; checksums are left at 0, which no reader here looks at. */
function png(shape: PngShape, chunks: readonly (readonly [string, Uint8Array])[]): Bytes {
  const header = new Uint8Array(13);
  writeUint(header, 0, 4, BigInt(shape.width), false);
  writeUint(header, 4, 4, BigInt(shape.height), false);
  header.set([shape.bits ?? 8, shape.colourType ?? 2, 0, 0, shape.isInterlaced ? 1 : 0], 8);
  const all: (readonly [string, Uint8Array])[] = [["IHDR", header], ...chunks, ["IEND", new Uint8Array(0)]];
  const parts = all.map(([type, data]) => {
    const length = new Uint8Array(4);
    writeUint(length, 0, 4, BigInt(data.length), false);
    return concatBytes([length, asciiBytes(type), data, new Uint8Array(4)]);
  });
  return concatBytes([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...parts]);
}

const BLOCK_BYTES = 1 << 20;

/** Zlib data (RFC 1950) that unfolds to so many zeros: one block for a megabyte, over and over. */
export function zeros(bytes: number): Bytes {
  const block = (size: number) => deflateRawSync(new Uint8Array(size), { finishFlush: constants.Z_SYNC_FLUSH });
  const whole = block(BLOCK_BYTES);
  const blocks = new Array<Uint8Array>(Math.floor(bytes / BLOCK_BYTES)).fill(whole);
  const ending = new Uint8Array(6);
  ending.set([3, 0]);
  writeUint(ending, 2, 4, BigInt((bytes % 65521) * 65536 + 1), false);
  return concatBytes([new Uint8Array([0x78, 0x9c]), ...blocks, block(bytes % BLOCK_BYTES), ending]);
}

/** A bitmap of run lengths (compression 1) of a palette of 256. */
function runLengthBmp(width: number, height: number, runs: readonly number[]): Bytes {
  const head = new Uint8Array(54 + 1024);
  head.set([0x42, 0x4d]);
  const fields = [
    head.length + runs.length,
    0,
    head.length,
    40,
    width,
    height,
    1 | (8 << 16),
    1,
    runs.length,
    0,
    0,
    256,
    0,
  ];
  for (const [i, value] of fields.entries()) writeUint(head, 2 + i * 4, 4, BigInt(value), true);
  return concatBytes([head, new Uint8Array(runs)]);
}

/** A GIF of one colour table and one picture with this LZW data. */
function gif(width: number, height: number, data: readonly number[]): Bytes {
  const size = [width & 255, width >> 8, height & 255, height >> 8];
  const screen = [...asciiBytes("GIF89a"), ...size, 0xf0, 0, 0, 0, 0, 0, 255, 255, 255];
  return new Uint8Array([...screen, 0x2c, 0, 0, 0, 0, ...size, 0, 2, data.length, ...data, 0, 0x3b]);
}

export const PICTURE_BOMBS: Readonly<Record<string, MadeSlide>> = {
  "30 million pixels, ended at once.bmp": async () => runLengthBmp(6000, 5000, [0, 1]),
  "100 million pixels in runs.bmp": async () => runLengthBmp(10_000, 10_000, [255, 1, 0, 1]),
  "30 million pixels, hardly any data.gif": async () => gif(6000, 5000, [0x84, 0x51]),
  "65,535 x 65,535 pixels.gif": async () => gif(65_535, 65_535, [0x84, 0x51]),
  "8 x 8 pixels, a gigabyte of data.png": async () => png({ width: 8, height: 8 }, [["IDAT", zeros(2 ** 30)]]),
  "100 million pixels, no data.png": async () =>
    png({ width: 10_000, height: 10_000 }, [["IDAT", zlibSync(new Uint8Array(9))]]),
  "2^31 x 1 pixels.png": async () => png({ width: 2 ** 31 - 1, height: 1 }, [["IDAT", zeros(2 ** 20)]]),
  "interlaced, 16 bits with alpha, no data.png": async () =>
    png({ width: 9000, height: 9000, bits: 16, colourType: 6, isInterlaced: true }, [
      ["IDAT", zlibSync(new Uint8Array(9))],
    ]),
  "text that unfolds to a gigabyte.png": async () =>
    png({ width: 8, height: 8 }, [
      ["zTXt", concatBytes([asciiBytes("a\0\0"), zeros(2 ** 30)])],
      ["iCCP", concatBytes([asciiBytes("a\0\0"), zeros(2 ** 30)])],
      ["IDAT", zlibSync(new Uint8Array(200))],
    ]),
  "a hundred thousand chunks.png": async () =>
    png(
      { width: 8, height: 8 },
      Array.from({ length: 100_000 }, () => ["IDAT", new Uint8Array(0)] as const),
    ),
};
