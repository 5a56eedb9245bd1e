const CLEAR = 256;
const END = 257;
const MAX_CODES = 4096;

/**
 * LZW of TIFF 6.0 section 13: codes of 9 to 12 bits, most significant bit first, widened one code early. Data that starts with
 * the clear code in the order from before TIFF 5.0 (libtiff until 1992) is read in that order: least significant bit first,
 * widened when the codes are used up. Fills at most `byteLength` bytes and returns what it filled. Throws RangeError on a code
 * that no table holds.
 */
export function decodeLzw(input: Uint8Array<ArrayBuffer>, byteLength: number): Uint8Array<ArrayBuffer> {
  const isOld = input[0] === 0 && ((input[1] ?? 0) & 1) === 1;
  const early = isOld ? 0 : 1;
  const output = new Uint8Array(byteLength);
  const prefix = new Uint16Array(MAX_CODES);
  const suffix = new Uint8Array(MAX_CODES);
  const length = new Uint16Array(MAX_CODES);
  for (let i = 0; i < 256; i++) {
    suffix[i] = i;
    length[i] = 1;
  }
  let size = END + 1;
  let codeBits = 9;
  let previous = -1;
  let buffer = 0;
  let buffered = 0;
  let at = 0;
  let filled = 0;

  while (filled < byteLength) {
    while (buffered < codeBits && at < input.length) {
      const byte = input[at++]!;
      buffer = isOld ? buffer | (byte << buffered) : ((buffer << 8) | byte) & 0xffffff;
      buffered += 8;
    }
    if (buffered < codeBits) break;
    buffered -= codeBits;
    const code = (isOld ? buffer : buffer >> buffered) & ((1 << codeBits) - 1);
    if (isOld) buffer >>= codeBits;
    if (code === END) break;
    if (code === CLEAR) {
      size = END + 1;
      codeBits = 9;
      previous = -1;
      continue;
    }
    if (previous < 0) {
      if (code > 255) throw new RangeError(`code ${code} follows a clear code`);
      output[filled++] = code;
      previous = code;
      continue;
    }
    if (code > size || (code === size && size >= MAX_CODES)) throw new RangeError(`code ${code} is not in the table`);
    if (size < MAX_CODES) {
      prefix[size] = previous;
      length[size] = length[previous]! + 1;
      suffix[size] = firstByte(code === size ? previous : code);
      size++;
    }
    filled = write(code, filled);
    previous = code;
    if (size + early >= 1 << codeBits && codeBits < 12) codeBits++;
  }
  return filled === byteLength ? output : output.subarray(0, filled);

  function firstByte(code: number): number {
    let current = code;
    while (current > 255) current = prefix[current]!;
    return current;
  }

  /** The string of a code ends with its suffix, so it is written from its end; what passes the end of the output is cut. */
  function write(code: number, from: number): number {
    const end = from + length[code]!;
    let position = end - 1;
    for (let current = code; position >= from; position--) {
      if (position < byteLength) output[position] = suffix[current]!;
      current = prefix[current]!;
    }
    return Math.min(end, byteLength);
  }
}
