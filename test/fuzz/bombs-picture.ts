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

export const PICTURE_BOMBS: Readonly<Record<string, MadeSlide>> = {
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
