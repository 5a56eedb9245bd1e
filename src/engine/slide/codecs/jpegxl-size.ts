/** Reads `length` bytes, fewer at the end. */
export type ReadBytes = (offset: number, length: number) => Promise<Uint8Array<ArrayBuffer>>;

/** Boxes looked at before the stream is given up. */
const MAX_BOXES = 64;
/** Width of the picture as a part of its height (ISO/IEC 18181-1 annex D.2); index 0 stands for "told apart". */
const RATIOS: readonly (readonly [number, number])[] = [
  [1, 1],
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
];

/** Size of a JPEG XL picture as it is shown, or null where there is none: a bare stream, or one in boxes. */
export async function readJpegXlSize(
  read: ReadBytes,
  byteLength: number,
): Promise<{ width: number; height: number } | null> {
  const head = await read(0, Math.min(32, byteLength));
  if (isStream(head)) return parseSize(head);
  for (let at = 0, count = 0; at + 8 <= byteLength && count < MAX_BOXES; count++) {
    const box = await read(at, Math.min(64, byteLength - at));
    const view = new DataView(box.buffer, box.byteOffset, box.byteLength);
    const length = view.getUint32(0);
    const isLong = length === 1 && box.length >= 16;
    const size = isLong ? Number(view.getBigUint64(8)) : length === 0 ? byteLength - at : length;
    const type = String.fromCharCode(...box.subarray(4, 8));
    // A stream in parts numbers each in four bytes.
    const start = (isLong ? 16 : 8) + (type === "jxlp" ? 4 : 0);
    if (type === "jxlc" || type === "jxlp") {
      const stream = box.subarray(start);
      return isStream(stream) ? parseSize(stream) : null;
    }
    if (size < 8) return null;
    at += size;
  }
  return null;
}

function isStream(bytes: Uint8Array<ArrayBuffer>): boolean {
  return bytes.length >= 12 && bytes[0] === 0xff && bytes[1] === 0x0a;
}

/** Bits come lowest first. */
function parseSize(stream: Uint8Array<ArrayBuffer>): { width: number; height: number } {
  let position = 16;
  const bits = (count: number) => {
    let value = 0;
    for (let i = 0; i < count; i++, position++) {
      value += (((stream[position >> 3] ?? 0) >> (position & 7)) & 1) * 2 ** i;
    }
    return value;
  };
  const isSmall = bits(1) === 1;
  const edge = () => 1 + (isSmall ? bits(5) * 8 + 7 : bits([9, 13, 18, 30][bits(2)] ?? 30));
  const height = edge();
  const ratio = bits(3);
  const [across, down] = RATIOS[ratio] ?? [1, 1];
  const width = ratio === 0 ? edge() : Math.floor((height * across) / down);
  const isPlain = bits(1) === 1;
  const orientation = !isPlain && bits(1) === 1 ? bits(3) + 1 : 1;
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}
