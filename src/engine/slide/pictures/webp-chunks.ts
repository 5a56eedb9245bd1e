/** Chunks that make pixels (RFC 9649 section 2). */
const PIXEL_CHUNKS = ["VP8 ", "VP8L", "VP8X", "ALPH"];
/** VP8X flags for a profile, EXIF and XMP. */
const DROPPED_FLAGS = 0x20 | 0x08 | 0x04;

/** A WebP less its profile and metadata, which some decoders apply and others do not. */
export function webpPixelChunks(webp: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = new DataView(webp.buffer, webp.byteOffset, webp.byteLength);
  const kept: Uint8Array[] = [webp.subarray(0, 12)];
  for (let at = 12; at + 8 <= webp.length; ) {
    const type = String.fromCharCode(...webp.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length & 1);
    if (PIXEL_CHUNKS.includes(type)) kept.push(webp.subarray(at, end));
    at = end;
  }
  const plain = new Uint8Array(kept.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of kept) {
    plain.set(part, at);
    at += part.length;
  }
  new DataView(plain.buffer).setUint32(4, plain.length - 8, true);
  if (plain[15] === 0x58) plain[20] = (plain[20] ?? 0) & ~DROPPED_FLAGS;
  return plain;
}
