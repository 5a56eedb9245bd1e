import { AppError } from "../../base/errors.ts";
import { decodePackBits } from "../codecs/pack-bits.ts";

/** Bytes of the table in front of the segments: their count, then 15 offsets (PS3.5 annex G). */
const HEADER_BYTES = 64;

/**
 * The byte planes of an RLE frame: of each sample the high byte's plane first, `planeBytes` each.
 * Throws `slide/decode-failed` for another number of planes than `planes`, and for planes that are too short.
 */
export function decodeRle(
  bytes: Uint8Array<ArrayBuffer>,
  planes: number,
  planeBytes: number,
): Uint8Array<ArrayBuffer>[] {
  if (bytes.length < HEADER_BYTES) throw damaged(`${bytes.length} bytes`);
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const count = header.getUint32(0, true);
  if (count !== planes) throw damaged(`${count} of ${planes} planes`);
  return Array.from({ length: planes }, (_, plane) => {
    const start = header.getUint32(4 + plane * 4, true);
    const end = plane + 1 < planes ? header.getUint32(8 + plane * 4, true) : bytes.length;
    const decoded = decodePackBits(bytes.subarray(start, Math.max(start, end)), planeBytes);
    if (decoded.length < planeBytes) throw damaged(`a plane of ${decoded.length} in place of ${planeBytes} pixels`);
    return decoded;
  });
}

function damaged(found: string): AppError {
  return new AppError(
    "slide/decode-failed",
    `Expected an RLE picture in a tile of the slide, found ${found}; the file is damaged. Copy or export it again.`,
  );
}
