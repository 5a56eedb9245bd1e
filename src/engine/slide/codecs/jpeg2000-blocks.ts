/** How many pieces a stream is cut into at most. OpenJPEG takes over a kilobyte for a precinct, a hundred bytes for a code block. */
const MAX_PRECINCTS = 1 << 15;
const MAX_CODE_BLOCKS = 1 << 18;
/** Each is read in turn, even where it is empty. */
const MAX_PACKETS = 1 << 20;
const MAX_LEVELS = 32;

export const COD = 0xff52;
export const COC = 0xff53;

/** What the counts depend on beside the marker itself. */
export interface BlockFrame {
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly tiles: number;
  readonly components: number;
}

/**
 * Counts the pieces that a COD or COC marker at `at` asks for (ISO/IEC 15444-1 annexes A.6 and B.6). Throws RangeError where a
 * few bytes ask for more memory or time than any picture needs.
 */
export function checkBlocks(view: DataView, at: number, frame: BlockFrame): void {
  const isDefault = view.getUint16(at) === COD;
  const layers = isDefault ? view.getUint16(at + 6) : 1;
  const hasPrecincts = (view.getUint8(at + (isDefault ? 4 : 5)) & 1) === 1;
  const style = at + (isDefault ? 9 : 6);
  const levels = view.getUint8(style);
  const blockPixels = 2 ** (view.getUint8(style + 1) + view.getUint8(style + 2) + 4);
  if (levels > MAX_LEVELS) throw new RangeError(`${levels} wavelet levels`);
  let precincts = 0;
  for (let level = 0; level <= levels; level++) {
    const exponents = hasPrecincts ? view.getUint8(style + 5 + level) : 0xff;
    const across = frame.tileWidth / 2 ** (levels - level) / 2 ** (exponents & 15);
    const down = frame.tileHeight / 2 ** (levels - level) / 2 ** (exponents >> 4);
    precincts += Math.ceil(across) * Math.ceil(down);
  }
  const pieces = frame.tiles * frame.components;
  const codeBlocks = (pieces * frame.tileWidth * frame.tileHeight) / blockPixels;
  const isMany =
    precincts * pieces > MAX_PRECINCTS || codeBlocks > MAX_CODE_BLOCKS || precincts * pieces * layers > MAX_PACKETS;
  if (isMany) throw new RangeError(`${precincts * pieces} precincts in ${layers} layers, ${codeBlocks} code blocks`);
}
