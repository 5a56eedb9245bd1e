import { joinBytes } from "../../engine/base/bytes.ts";

const SIGNATURE_LENGTH = 8;
/** Length, type, 13 bytes of data, checksum. */
const IHDR_LENGTH = 25;

/**
 * The PNG with its resolution (pHYs, PNG specification 11.3.5.3) and Latin-1 texts by their keywords (tEXt, 11.3.4.3) put behind its header, where every
 * program looks for them. Throws `RangeError` for bytes that are no PNG.
 */
export function describePng(
  png: Uint8Array,
  { pixelsPerInch, texts }: { readonly pixelsPerInch: number; readonly texts: Readonly<Record<string, string>> },
): Uint8Array<ArrayBuffer> {
  if (png[0] !== 0x89 || png[1] !== 0x50) throw new RangeError("Expected a PNG.");
  const perMetre = Math.round(pixelsPerInch / 0.0254);
  const resolution = new Uint8Array(9);
  const view = new DataView(resolution.buffer);
  view.setUint32(0, perMetre);
  view.setUint32(4, perMetre);
  view.setUint8(8, 1);
  const chunks = [
    chunk("pHYs", resolution),
    ...Object.entries(texts).map(([keyword, text]) => chunk("tEXt", latin1(`${keyword}\0${text}`))),
  ];
  const headEnd = SIGNATURE_LENGTH + IHDR_LENGTH;
  return joinBytes([png.subarray(0, headEnd), ...chunks, png.subarray(headEnd)]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(latin1(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** What has no place in it becomes a question mark. */
function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => (char.charCodeAt(0) < 256 ? char.charCodeAt(0) : 63));
}

/** PNG specification, annex D; bit by bit, because chunks of ours are short. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
