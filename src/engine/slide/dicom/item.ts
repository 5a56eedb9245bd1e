/** Bytes of the file. */
export interface Place {
  readonly at: number;
  /** `UNDEFINED` for pixel data that delimiters end. */
  readonly length: number;
}

/** What is kept of a data set, or of one item of a sequence. */
export interface DicomItem {
  readonly values: Map<number, { readonly vr: string; readonly bytes: Uint8Array<ArrayBuffer> }>;
  readonly sequences: Map<number, DicomItem[]>;
  readonly places: Map<number, Place>;
}

export function emptyItem(): DicomItem {
  return { values: new Map(), sequences: new Map(), places: new Map() };
}

/** The values of a text element, without their padding; none where it is absent. */
export function textsOf(item: DicomItem | undefined, tag: number): string[] {
  const value = item?.values.get(tag);
  if (!value) return [];
  return decodeText(value.bytes)
    .split("\\")
    .map((text) => text.replace(/[\0 ]+$/, "").trimStart());
}

/** The first value, or "". */
export function textOf(item: DicomItem | undefined, tag: number): string {
  return textsOf(item, tag)[0] ?? "";
}

/** Numbers of any representation, NaN for text that is none; none where the element is absent. */
export function numbersOf(item: DicomItem | undefined, tag: number): number[] {
  const value = item?.values.get(tag);
  if (!value) return [];
  const { vr, bytes } = value;
  const size = NUMBER_BYTES[vr];
  if (size === undefined) return textsOf(item, tag).map((text) => (text === "" ? Number.NaN : Number(text)));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => numberAt(view, vr, i * size));
}

/** The first number, or `fallback` where there is none. */
export function numberOf(item: DicomItem | undefined, tag: number, fallback: number): number {
  const [first] = numbersOf(item, tag);
  return first === undefined || Number.isNaN(first) ? fallback : first;
}

/** The first item of a sequence. */
export function itemOf(item: DicomItem | undefined, tag: number): DicomItem | undefined {
  return item?.sequences.get(tag)?.[0];
}

const NUMBER_BYTES: Readonly<Record<string, number>> = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8 };

function numberAt(view: DataView, vr: string, at: number): number {
  switch (vr) {
    case "US":
      return view.getUint16(at, true);
    case "SS":
      return view.getInt16(at, true);
    case "UL":
      return view.getUint32(at, true);
    case "SL":
      return view.getInt32(at, true);
    case "FL":
      return view.getFloat32(at, true);
    default:
      return view.getFloat64(at, true);
  }
}

/** UTF-8 where valid, else Latin-1; a decoder costs more than a short text in plain letters, of which a file has a million. */
function decodeText(bytes: Uint8Array<ArrayBuffer>): string {
  if (bytes.every((byte) => byte < 128)) return String.fromCharCode(...bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}
