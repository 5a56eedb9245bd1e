import type { TiffPage } from "./page.ts";

/** Which piece: a tile, a strip, or (uncompressed strips only) `rows` rows of a strip from `firstRow` on. */
export interface SegmentPart {
  readonly index: number;
  readonly firstRow: number;
  readonly rows: number;
}

/** Where a piece lies; null for one that the file leaves out (offset or length 0). */
export async function locate(page: TiffPage, index: number): Promise<{ offset: number; length: number } | null> {
  if (!page.offsets) return null;
  const offset = await page.offsets.at(index);
  if (!page.byteCounts) return offset === 0 ? null : { offset, length: 0 };
  const length = await page.byteCounts.at(index);
  return offset === 0 || length === 0 ? null : { offset, length };
}

/** FillOrder 2 stores each byte with its lowest bit first (TIFF 6.0 section 8). */
export function reverseBits(page: TiffPage, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (!page.isBitReversed) return bytes;
  for (let i = 0; i < bytes.length; i++) {
    let value = bytes[i]!;
    value = ((value & 0x55) << 1) | ((value >> 1) & 0x55);
    value = ((value & 0x33) << 2) | ((value >> 2) & 0x33);
    bytes[i] = ((value & 0x0f) << 4) | (value >> 4);
  }
  return bytes;
}
