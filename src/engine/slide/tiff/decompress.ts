import { AppError } from "../../base/errors.ts";
import { decodeDeflate } from "../codecs/deflate.ts";
import { decodeLzw } from "../codecs/lzw.ts";
import { decodePackBits } from "../codecs/pack-bits.ts";
import { decodeZstd } from "../codecs/zstd.ts";
import { compressionName } from "./compressions.ts";
import { MAX_SEGMENT_BYTES } from "./piece-limits.ts";
import { COMPRESSION } from "./tags.ts";

/** LZW's longest strings reach 3,837 bytes in 12 bits; deflate and PackBits stay below. */
const GREATEST_RATIO = 2600;

/**
 * Exactly `byteLength` bytes from a compressed tile or strip (anything but JPEG).
 * Throws `slide/decode-failed` when the data is damaged or too short, and asks for no memory
 * that the data could not fill.
 */
export async function decompress(
  bytes: Uint8Array<ArrayBuffer>,
  compression: number,
  byteLength: number,
): Promise<Uint8Array<ArrayBuffer>> {
  let decoded: Uint8Array<ArrayBuffer>;
  if (compression !== COMPRESSION.zstd && byteLength > bytes.length * GREATEST_RATIO + 4096) {
    throw tooShort(byteLength, bytes.length, compression);
  }
  try {
    decoded = await unfold(bytes, compression, byteLength);
  } catch (cause) {
    throw new AppError(
      "slide/decode-failed",
      `Expected ${compressionName(compression)} data in a tile of the slide, found damaged data. Copy or download the file again.`,
      { compression, byteLength },
      { cause },
    );
  }
  if (decoded.length >= byteLength) return decoded.subarray(0, byteLength);
  throw tooShort(byteLength, decoded.length, compression);
}

function tooShort(expected: number, found: number, compression: number): AppError {
  return new AppError(
    "slide/decode-failed",
    `Expected ${expected} bytes in a tile of the slide, found ${found} (${compressionName(compression)}); the file is damaged. Copy or download it again.`,
    { compression, expected, found },
  );
}

/** Compressed bytes worth reading: no codec here grows its input by more than half; whatever follows is padding. */
export function compressedLimit(byteLength: number): number {
  return byteLength * 2 + 65536;
}

async function unfold(
  bytes: Uint8Array<ArrayBuffer>,
  compression: number,
  byteLength: number,
): Promise<Uint8Array<ArrayBuffer>> {
  switch (compression) {
    case COMPRESSION.lzw:
      return decodeLzw(bytes, byteLength);
    case COMPRESSION.packBits:
      return decodePackBits(bytes, byteLength);
    case COMPRESSION.deflate:
    case COMPRESSION.oldDeflate:
      return decodeDeflate(bytes, byteLength);
    case COMPRESSION.zstd:
      return await decodeZstd(bytes, MAX_SEGMENT_BYTES);
    default:
      return bytes;
  }
}
