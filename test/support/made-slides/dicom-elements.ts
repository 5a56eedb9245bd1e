/** Writes data elements of DICOM PS3.5 section 7.1, little-endian. */
export interface ElementWriter {
  readonly isImplicit: boolean;
  /** Sequences and items end with delimiters rather than by their length. */
  readonly isOpenEnded: boolean;
}

/** A value as the tests give it: text, numbers of the representation, bytes, or the items of a sequence. */
export type ElementValue =
  | string
  | readonly number[]
  | Uint8Array
  | { readonly items: readonly (readonly MadeElement[])[] };

export type MadeElement = readonly [tag: number, vr: string, value: ElementValue];

const LONG = new Set(["OB", "OW", "OV", "SQ", "UN", "UT"]);
const UNDEFINED = 0xffffffff;

export function writeElements(elements: readonly MadeElement[], writer: ElementWriter): Uint8Array {
  return joinBytes(elements.map((element) => writeElement(element, writer)));
}

function writeElement([tag, vr, value]: MadeElement, writer: ElementWriter): Uint8Array {
  if (typeof value === "object" && "items" in value) {
    const items = joinBytes(value.items.map((item) => writeItem(item, writer)));
    const end = writer.isOpenEnded ? delimiter(0xfffee0dd, 0) : new Uint8Array(0);
    return joinBytes([elementHead(tag, vr, writer.isOpenEnded ? UNDEFINED : items.length, writer), items, end]);
  }
  const bytes = valueBytes(vr, value);
  return joinBytes([elementHead(tag, vr, bytes.length, writer), bytes]);
}

function writeItem(item: readonly MadeElement[], writer: ElementWriter): Uint8Array {
  const bytes = writeElements(item, writer);
  if (!writer.isOpenEnded) return joinBytes([delimiter(0xfffee000, bytes.length), bytes]);
  return joinBytes([delimiter(0xfffee000, UNDEFINED), bytes, delimiter(0xfffee00d, 0)]);
}

/** Tag, representation and length; `length` may be 0xffffffff. */
export function elementHead(tag: number, vr: string, length: number, writer: ElementWriter): Uint8Array {
  const isLong = LONG.has(vr);
  const bytes = new Uint8Array(writer.isImplicit || !isLong ? 8 : 12);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, tag >>> 16, true);
  view.setUint16(2, tag & 0xffff, true);
  if (writer.isImplicit) view.setUint32(4, length, true);
  else {
    bytes.set([vr.charCodeAt(0), vr.charCodeAt(1)], 4);
    if (isLong) view.setUint32(8, length, true);
    else view.setUint16(6, length, true);
  }
  return bytes;
}

/** An item or delimiter: these have no representation in any file. */
export function delimiter(tag: number, length: number): Uint8Array {
  return elementHead(tag, "", length, { isImplicit: true, isOpenEnded: false });
}

function valueBytes(vr: string, value: string | readonly number[] | Uint8Array): Uint8Array {
  if (value instanceof Uint8Array) return padded(value, 0);
  if (typeof value === "string") return padded(new TextEncoder().encode(value), vr === "UI" ? 0 : 32);
  const size = vr === "US" ? 2 : vr === "OV" ? 8 : 4;
  const bytes = new Uint8Array(value.length * size);
  const view = new DataView(bytes.buffer);
  for (const [i, number] of value.entries()) {
    if (vr === "US") view.setUint16(i * size, number, true);
    else if (vr === "FL") view.setFloat32(i * size, number, true);
    else if (vr === "OV") view.setBigUint64(i * size, BigInt(number), true);
    else view.setInt32(i * size, number | 0, true);
  }
  return bytes;
}

/** Values have an even length. */
function padded(bytes: Uint8Array, fill: number): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  const even = new Uint8Array(bytes.length + 1).fill(fill);
  even.set(bytes);
  return even;
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
