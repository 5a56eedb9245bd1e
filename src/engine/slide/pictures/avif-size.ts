import { AppError } from "../../base/errors.ts";

/** Bytes at the file's start that hold its descriptions; pictures have a few hundred. */
const MAX_META_BYTES = 1 << 20;

/**
 * Size of the picture that an AVIF file shows (ISO/IEC 23008-12: boxes `pitm`, `iprp`), or null where there is none. Throws
 * `slide/unsupported-format` for one that is to be turned or cropped before it is shown.
 */
export function readAvifSize(head: Uint8Array<ArrayBuffer>): { width: number; height: number } | null {
  const meta = boxesOf(head).find(({ type }) => type === "meta");
  if (!meta) return null;
  const inner = boxesOf(meta.data.subarray(4));
  const primary = inner.find(({ type }) => type === "pitm");
  const properties = boxesOf(inner.find(({ type }) => type === "iprp")?.data ?? meta.data.subarray(0, 0));
  const list = boxesOf(properties.find(({ type }) => type === "ipco")?.data ?? meta.data.subarray(0, 0));
  const links = properties.find(({ type }) => type === "ipma");
  if (!primary || !links) return null;
  const item = primary.data[0] === 0 ? viewOf(primary.data).getUint16(4) : viewOf(primary.data).getUint32(4);
  const own = propertiesOf(links.data, item).flatMap((index) => list[index - 1] ?? []);
  if (own.some(({ type, data }) => type === "imir" || type === "clap" || (type === "irot" && (data[0] ?? 0) !== 0))) {
    throw new AppError(
      "slide/unsupported-format",
      "Expected an AVIF picture as it is shown, found one that is to be turned or cropped first. Save it again upright, or as PNG.",
    );
  }
  const size = own.find(({ type }) => type === "ispe");
  if (!size || size.data.length < 12) return null;
  return { width: viewOf(size.data).getUint32(4), height: viewOf(size.data).getUint32(8) };
}

/** Bytes worth reading for `readAvifSize`. */
export function avifHeadBytes(byteLength: number): number {
  return Math.min(byteLength, MAX_META_BYTES);
}

/** One-based positions of an item's properties. */
function propertiesOf(ipma: Uint8Array<ArrayBuffer>, item: number): number[] {
  const view = viewOf(ipma);
  const isWide = (ipma[3]! & 1) === 1;
  const idBytes = ipma[0] === 0 ? 2 : 4;
  let at = 8;
  for (let left = view.getUint32(4); left > 0 && at + idBytes < ipma.length; left--) {
    const id = idBytes === 2 ? view.getUint16(at) : view.getUint32(at);
    const count = view.getUint8(at + idBytes);
    at += idBytes + 1;
    const size = isWide ? 2 : 1;
    if (id === item && at + count * size <= ipma.length) {
      return Array.from({ length: count }, (_, i) =>
        isWide ? view.getUint16(at + i * 2) & 0x7fff : view.getUint8(at + i) & 0x7f,
      );
    }
    at += count * size;
  }
  return [];
}

interface Box {
  readonly type: string;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** Boxes up to the first that is not whole. */
function boxesOf(bytes: Uint8Array<ArrayBuffer>): Box[] {
  const boxes: Box[] = [];
  const view = viewOf(bytes);
  for (let at = 0; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (length < 8 || at + length > bytes.length) break;
    boxes.push({
      type: String.fromCharCode(...bytes.subarray(at + 4, at + 8)),
      data: bytes.subarray(at + 8, at + length),
    });
    at += length;
  }
  return boxes;
}

function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
