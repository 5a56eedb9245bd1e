import { AppError } from "../base/errors.ts";
import { isBareDataSet, isDicom } from "./dicom/part10.ts";
import type { PictureType } from "./types.ts";

/** Formats that this reader opens. */
export type FileKind = "tiff" | "dicom" | PictureType;

interface Foreign {
  readonly name: string;
  readonly isIt: (head: Uint8Array<ArrayBuffer>, text: string) => boolean;
}

const EXPORT = 'Export it as a pyramidal TIFF, for instance with QuPath or "vips tiffsave".';

const FOREIGN: readonly Foreign[] = [
  { name: "a DICOM file without its preamble", isIt: isBareDataSet },
  { name: "a Zeiss CZI slide", isIt: (_head, text) => text.startsWith("ZISRAWFILE") },
  { name: "a Hamamatsu VMS slide", isIt: (_head, text) => /\[(Virtual Microscope|Uncompressed Virtual)/.test(text) },
  { name: "a Philips iSyntax slide", isIt: (_head, text) => text.includes("DPUfsImport") },
  { name: "a MIRAX slide index", isIt: (_head, text) => /^\[GENERAL\]/m.test(text) && text.includes("SLIDE_ID") },
  {
    name: "a JPEG 2000 picture",
    isIt: (head, text) => text.slice(4, 8) === "jP  " || startsWith(head, [0xff, 0x4f, 0xff, 0x51]),
  },
  { name: "a HEIF picture", isIt: (_head, text) => text.slice(4, 8) === "ftyp" },
  { name: "a PDF document", isIt: (_head, text) => text.startsWith("%PDF") },
  { name: "a zip archive", isIt: (_head, text) => text.startsWith("PK\u0003\u0004") },
  { name: "a gzip archive", isIt: (head) => startsWith(head, [0x1f, 0x8b]) },
  { name: "a 7-Zip archive", isIt: (_head, text) => text.startsWith("7z\u00bc\u00af") },
  { name: "a Sakura or other SQLite slide", isIt: (_head, text) => text.startsWith("SQLite format 3") },
  { name: "an HDF5 file", isIt: (_head, text) => text.startsWith("\u0089HDF") },
  { name: "a web page", isIt: (_head, text) => /^\s*<(!doctype html|html)/i.test(text) },
];

const PICTURES: readonly (readonly [PictureType, (text: string) => boolean])[] = [
  ["webp", (text) => text.startsWith("RIFF") && text.slice(8, 12) === "WEBP"],
  ["gif", (text) => /^GIF8[79]a/.test(text)],
  ["bmp", (text) => text.startsWith("BM") && text.slice(6, 10) === "\0\0\0\0"],
  ["jxl", (text) => text.slice(4, 8) === "JXL " || text.startsWith("\xff\n")],
  // A list of brands follows the type; that of AVIF may come after that of HEIF.
  ["avif", (text) => text.slice(4, 8) === "ftyp" && /^(....){0,15}avif/s.test(text.slice(8))],
];

/** Bytes of the file's start that `sniffFile` wants to see, fewer for a shorter file. */
export const SNIFF_BYTES = 1024;

/**
 * Tells by its first bytes, never by its name, what a file is. Throws `slide/unsupported-format` for a known kind that
 * cannot be opened and `slide/not-a-slide` for anything else.
 */
export function sniffFile(head: Uint8Array<ArrayBuffer>, name: string): FileKind {
  if (/\.mrxs$/i.test(name)) throw unsupported("a MIRAX slide (its pixels lie in the folder beside it)");
  if (/\.vsi$/i.test(name)) throw unsupported("an Olympus VSI slide (its pixels lie in the folder beside it)");
  // A DICOM file may be a TIFF too, of which OpenSlide, like this reader, lets the name decide.
  if (isDicom(head) && !/\.tiff?$/i.test(name)) return "dicom";
  const isTiff = startsWith(head, [0x49, 0x49, 42, 0]) || startsWith(head, [0x4d, 0x4d, 0, 42]);
  const isBigTiff = startsWith(head, [0x49, 0x49, 43, 0]) || startsWith(head, [0x4d, 0x4d, 0, 43]);
  if (isTiff || isBigTiff) return "tiff";
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "png";
  if (startsWith(head, [0xff, 0xd8, 0xff])) return "jpeg";
  if (isDicom(head)) return "dicom";
  const text = new TextDecoder("latin1").decode(head);
  const picture = PICTURES.find(([, isIt]) => isIt(text));
  if (picture) return picture[0];
  const foreign = FOREIGN.find((kind) => kind.isIt(head, text));
  if (foreign) throw unsupported(foreign.name);
  throw new AppError(
    "slide/not-a-slide",
    `Expected a whole-slide image (SVS, TIFF, DICOM) or a picture (PNG, JPEG, WebP, AVIF, JPEG XL, GIF, BMP), found ${describe(head)}. Choose the slide file itself.`,
  );
}

function unsupported(what: string): AppError {
  return new AppError(
    "slide/unsupported-format",
    `Expected a whole-slide image in TIFF (SVS and others) or DICOM, or a picture (PNG, JPEG, WebP, AVIF, JPEG XL, GIF, BMP), found ${what}, which cannot be opened yet. ${EXPORT}`,
  );
}

function describe(head: Uint8Array<ArrayBuffer>): string {
  const isText = head.every((byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte !== 127));
  if (isText) return "a text file";
  const bytes = Array.from(head.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0"));
  return `a file that starts with the bytes ${bytes.join(" ")}`;
}

function startsWith(head: Uint8Array<ArrayBuffer>, bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => head[i] === byte);
}
