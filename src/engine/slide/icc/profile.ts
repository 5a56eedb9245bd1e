import { AppError } from "../../base/errors.ts";

/** Longest profile read, in bytes; those of scanners stay below 1 MB. */
export const MAX_PROFILE_BYTES = 8 << 20;

/** Tags looked at, at most; real profiles have some twenty. */
const MAX_TAGS = 200;
const HEADER_BYTES = 128;

/** Header and tags of an ICC profile (ICC.1:2010, section 7). Offsets are checked, contents are not. */
export interface IccProfile {
  /** Colour space of the pixels, such as "RGB", "GRAY", "CMYK". */
  readonly space: string;
  /** Where the profile leads to: XYZ or CIE Lab, both for D50. */
  readonly pcs: "XYZ" | "Lab";
  /** Bytes of a tag, or null where there is none. */
  readonly tag: (name: string) => DataView | null;
}

/** Throws `slide/malformed` for what is no profile, `slide/unsupported-format` for one that leads elsewhere than to a colour. */
export function parseProfile(bytes: Uint8Array<ArrayBuffer>): IccProfile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES + 4 || textAt(view, 36) !== "acsp") throw malformed("no ICC header");
  const count = view.getUint32(HEADER_BYTES);
  if (count > MAX_TAGS) throw malformed(`${count} tags`);
  const tags = new Map<string, DataView>();
  for (let i = 0; i < count; i++) {
    const at = HEADER_BYTES + 4 + 12 * i;
    if (at + 12 > bytes.length) throw malformed("fewer tags than it counts");
    const start = view.getUint32(at + 4);
    const length = view.getUint32(at + 8);
    // A tag that reaches beyond the profile counts as missing: the colours may not need it.
    if (start + length > bytes.length || length < 8) continue;
    tags.set(textAt(view, at), new DataView(bytes.buffer, bytes.byteOffset + start, length));
  }
  return { space: textAt(view, 16).trim(), pcs: pcsOf(view), tag: (name) => tags.get(name) ?? null };
}

function pcsOf(view: DataView): IccProfile["pcs"] {
  const pcs = textAt(view, 20).trim();
  if (pcs === "XYZ" || pcs === "Lab") return pcs;
  throw unsupported("it leads to no colour space that a screen has");
}

/** Four characters. */
export function textAt(view: DataView, at: number): string {
  if (at + 4 > view.byteLength) throw malformed("a field that ends early");
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

export function malformed(found: string): AppError {
  return new AppError(
    "slide/malformed",
    `Expected a sound colour profile in the slide, found one with ${found}; its colours are shown as stored.`,
  );
}

export function unsupported(why: string): AppError {
  return new AppError(
    "slide/unsupported-format",
    `Expected a colour profile that can be applied, but ${why}; the slide's colours are shown as stored.`,
  );
}
