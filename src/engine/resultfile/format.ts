/** Names that stand in every result file. */
export const RESULT_FORMAT = "palisade-result";
/** 2 added `run.trust`. */
export const RESULT_VERSION = 2;
/** The oldest that is still read: it lacks what came later, and nothing else. */
export const OLDEST_RESULT_VERSION = 1;
/** What the name of a result file ends in. */
export const RESULT_EXTENSION = ".palisade";

/** First in the zip, so that a result file is known by its first bytes. */
export const MANIFEST = "manifest.json";

const MIB = 2 ** 20;

/** The other entries, in their order, each with the bytes that it may have unpacked. */
export const ENTRY_LIMITS = {
  "result.json": 16 * MIB,
  "map.bin": 640 * MIB,
  "patches.bin": 16 * MIB,
  "outlines.geojson": 256 * MIB,
  "thumbnail.jpg": 4 * MIB,
  "overview.jpg": 64 * MIB,
} as const;

export type EntryName = keyof typeof ENTRY_LIMITS;

export const MAX_MANIFEST_BYTES = MIB / 4;
/** Bytes of all entries together, unpacked: a map of 100 million cells. */
export const MAX_UNPACKED_BYTES = 768 * MIB;
/** Bytes of the zip itself. */
export const MAX_FILE_BYTES = 512 * MIB;

/** Pixels along the longer side of the pictures, at most. */
export const THUMBNAIL_SIDE = 512;
export const OVERVIEW_SIDE = 4096;

export function isEntryName(name: string): name is EntryName {
  return Object.hasOwn(ENTRY_LIMITS, name);
}

export function isReadable(version: unknown): boolean {
  return (
    typeof version === "number" &&
    Number.isInteger(version) &&
    version >= OLDEST_RESULT_VERSION &&
    version <= RESULT_VERSION
  );
}
