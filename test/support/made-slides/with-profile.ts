const ICC_PROFILE = 34675;
const UNDEFINED = 7;

/**
 * A little-endian classic TIFF whose first directory holds an ICC profile as well (ICC.1:2010, annex B.4): the directory is written
 * anew at the end of the file, with one entry more.
 */
export function withProfile(
  tiff: Uint8Array<ArrayBuffer>,
  profile: Uint8Array,
  length = profile.length,
): Uint8Array<ArrayBuffer> {
  const old = new DataView(tiff.buffer);
  const from = old.getUint32(4, true);
  const count = old.getUint16(from, true);
  const start = Math.ceil(tiff.length / 2) * 2;
  const directoryBytes = 2 + 12 * (count + 1) + 4;
  const bytes = new Uint8Array(start + directoryBytes + profile.length);
  bytes.set(tiff);
  bytes.set(tiff.subarray(from + 2, from + 2 + 12 * count), start + 2);
  bytes.set(profile, start + directoryBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, start, true);
  view.setUint16(start, count + 1, true);
  const entry = start + 2 + 12 * count;
  view.setUint16(entry, ICC_PROFILE, true);
  view.setUint16(entry + 2, UNDEFINED, true);
  view.setUint32(entry + 4, length, true);
  view.setUint32(entry + 8, start + directoryBytes, true);
  view.setUint32(entry + 12, old.getUint32(from + 2 + 12 * count, true), true);
  return bytes;
}
