/** One Huffman table of a JPEG stream (ITU T.81 annex F.2.2.3), made for telling lengths of codes fast. */
export interface HuffmanTable {
  /** By the next nine bits: length of the code * 256 + its symbol; 0 for a longer code. */
  readonly short: Uint16Array;
  /** By length: greatest code of it, or -1. */
  readonly greatest: Int32Array;
  /** By length: what to add to a code for the place of its symbol. */
  readonly shift: Int32Array;
  readonly symbols: Uint8Array;
}

export const SHORT_BITS = 9;

/** From the counts of codes of 1 to 16 bits; null where more codes are told of than lengths allow. */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable | null {
  const short = new Uint16Array(1 << SHORT_BITS);
  const greatest = new Int32Array(17).fill(-1);
  const shift = new Int32Array(17);
  let code = 0;
  let place = 0;
  for (let length = 1; length <= 16; length++, code <<= 1) {
    const count = counts[length - 1]!;
    if (code + count > 1 << length || place + count > symbols.length) return null;
    if (count === 0) continue;
    shift[length] = place - code;
    for (let i = 0; i < count; i++, code++, place++) {
      if (length > SHORT_BITS) continue;
      const first = code << (SHORT_BITS - length);
      short.fill((length << 8) | symbols[place]!, first, first + (1 << (SHORT_BITS - length)));
    }
    greatest[length] = code - 1;
  }
  return { short, greatest, shift, symbols };
}
