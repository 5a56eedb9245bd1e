import { COMPRESSION } from "./tags.ts";

/** The way out, behind the sentence about what cannot be read. */
export const CONVERT =
  'Convert it to a tiled TIFF that can be opened, for instance with "vips tiffsave IN OUT.tif --tile --pyramid --compression jpeg" or QuPath\'s export.';

const READABLE: Readonly<Record<number, string>> = {
  [COMPRESSION.none]: "uncompressed",
  [COMPRESSION.lzw]: "LZW",
  [COMPRESSION.jpeg]: "JPEG",
  [COMPRESSION.deflate]: "deflate",
  [COMPRESSION.oldDeflate]: "deflate",
  [COMPRESSION.packBits]: "PackBits",
  [COMPRESSION.zstd]: "zstd",
  [COMPRESSION.jpeg2000Ycbcr]: "JPEG 2000",
  [COMPRESSION.jpeg2000]: "JPEG 2000",
  [COMPRESSION.jpeg2000Rgb]: "JPEG 2000",
  [COMPRESSION.jpeg2000Leica]: "JPEG 2000",
  [COMPRESSION.jpeg2000Jp2]: "JPEG 2000",
  [COMPRESSION.lerc]: "LERC",
  [COMPRESSION.webpOld]: "WebP",
  [COMPRESSION.webp]: "WebP",
  [COMPRESSION.jpegXl]: "JPEG XL",
  [COMPRESSION.jpegXlDng]: "JPEG XL",
};

const UNREADABLE: Readonly<Record<number, string>> = {
  2: "CCITT fax (a black-and-white scan)",
  3: "CCITT fax group 3 (a black-and-white scan)",
  4: "CCITT fax group 4 (a black-and-white scan)",
  [COMPRESSION.oldJpeg]: "old-style JPEG (from before TIFF 6.0's second technical note)",
  22610: "JPEG XR",
  32845: "SGI LogLuv",
  34661: "JBIG",
  34676: "SGI LogLuv",
  34677: "SGI LogLuv",
  34892: "lossy DNG JPEG",
  34925: "LZMA",
  34926: "zstd (an old number of it)",
  34933: "PNG in TIFF",
  34934: "JPEG XR",
};

/** True for any of the numbers that stand for JPEG 2000. */
export function isJpeg2000(compression: number): boolean {
  return READABLE[compression] === "JPEG 2000";
}

/** True where a piece is a stream with a size of its own, other than JPEG. */
export function isCodec(compression: number): boolean {
  return isJpeg2000(compression) || ["LERC", "WebP", "JPEG XL"].includes(READABLE[compression] ?? "");
}

/** For a person, such as "JPEG". */
export function compressionName(compression: number): string {
  return READABLE[compression] ?? UNREADABLE[compression] ?? `compression ${compression}`;
}

/** True where this reader decodes it. */
export function isRead(compression: number): boolean {
  return READABLE[compression] !== undefined;
}

export function isJpegXl(compression: number): boolean {
  return READABLE[compression] === "JPEG XL";
}
