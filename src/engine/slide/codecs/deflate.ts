import { inflateSync, unzlibSync } from "fflate";

/**
 * Deflate with its zlib wrapper, as TIFF demands (Adobe's 8 and the older 32946), or bare as some writers leave it.
 * The output buffer is given, so that a small file cannot ask for more memory; what would pass its end is dropped.
 */
export function decodeDeflate(input: Uint8Array<ArrayBuffer>, byteLength: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(byteLength);
  const hasWrapper = input.length >= 2 && (input[0]! & 15) === 8 && ((input[0]! << 8) | input[1]!) % 31 === 0;
  const filled = hasWrapper ? unzlibSync(input, { out }) : inflateSync(input, { out });
  return out.subarray(0, Math.min(filled.length, byteLength));
}
