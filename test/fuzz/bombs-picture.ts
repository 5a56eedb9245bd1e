import { Zlib, zlibSync } from "fflate";
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

/** Zlib data that unfolds to so many zeros. */
export function zeros(bytes: number): Bytes {
  const parts: Uint8Array[] = [];
  const zlib = new Zlib({ level: 6 }, (part) => parts.push(part));
  const step = 1 << 20;
  for (let left = bytes; left > 0; left -= step) zlib.push(new Uint8Array(Math.min(step, left)), left <= step);
  return concatBytes(parts);
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
