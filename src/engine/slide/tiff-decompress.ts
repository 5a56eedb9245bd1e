import { AppError } from "../base/errors.ts";
import { decodeDeflate } from "./deflate.ts";
import { decodeLzw, OldLzwError } from "./lzw.ts";
import { decodePackBits } from "./pack-bits.ts";
import { compressionName, MAX_SEGMENT_BYTES } from "./tiff-refuse.ts";
import { COMPRESSION } from "./tiff-tags.ts";
import { decodeZstd } from "./zstd.ts";

/**
 * Exactly `byteLength` bytes from a compressed tile or strip (anything but JPEG).
 * Throws `slide/decode-failed` when the data is damaged or too short.
 */
export async function decompress(
  bytes: Uint8Array<ArrayBuffer>,
  compression: number,
  byteLength: number,
): Promise<Uint8Array<ArrayBuffer>> {
  let decoded: Uint8Array<ArrayBuffer>;
  try {
    decoded = await unfold(bytes, compression, byteLength);
  } catch (cause) {
    throw new AppError(
      "slide/decode-failed",
      `Expected ${compressionName(compression)} data in a tile of the slide, found ${cause instanceof OldLzwError ? "its variant from before TIFF 6.0, which cannot be opened yet. Write the file again with a current program." : "damaged data. Copy or download the file again."}`,
      { compression, byteLength },
      { cause },
    );
  }
  if (decoded.length >= byteLength) return decoded.subarray(0, byteLength);
  throw new AppError(
    "slide/decode-failed",
    `Expected ${byteLength} bytes in a tile of the slide, found ${decoded.length} (${compressionName(compression)}); the file is damaged. Copy or download it again.`,
    { compression, byteLength, found: decoded.length },
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
