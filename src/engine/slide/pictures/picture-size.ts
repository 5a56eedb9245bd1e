import { AppError } from "../../base/errors.ts";
import { readJpegHeader } from "../codecs/jpeg-stream.ts";
import { readJpegXlSize } from "../codecs/jpegxl-size.ts";
import { readWebpSize } from "../codecs/webp.ts";
import type { ByteSource, PictureType } from "../types.ts";
import { avifHeadBytes, readAvifSize } from "./avif-size.ts";
import { BMP_HEAD_BYTES, readBmpHeader } from "./bmp-pixels.ts";

/** What a picture file says of itself before it is decoded. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
  /** As EXIF numbers it, 1 to 8; 1 where the decoder turns the picture itself. */
  readonly orientation: number;
  /** JPEG of cyan, magenta, yellow and black. */
  readonly isInks: boolean;
}

/** For a person. */
export const PICTURE_NAMES: Readonly<Record<PictureType, string>> = {
  png: "PNG",
  jpeg: "JPEG",
  webp: "WebP",
  avif: "AVIF",
  jxl: "JPEG XL",
  gif: "GIF",
  bmp: "BMP",
};

/** Reads the picture's header alone. Throws `slide/truncated`, `slide/unsupported-format`. */
export async function readPictureSize(source: ByteSource, type: PictureType): Promise<PictureSize> {
  if (type === "jpeg") return await readJpegSize(source);
  const read = async (offset: number, length: number) =>
    await source.read(offset, Math.max(0, Math.min(length, source.size - offset)));
  const size = await readUprightSize(source, type, read);
  if (!size) throw endsInHeader(source);
  return { width: size.width, height: size.height, orientation: 1, isInks: false };
}

async function readUprightSize(
  source: ByteSource,
  type: Exclude<PictureType, "jpeg">,
  read: (offset: number, length: number) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<{ width: number; height: number } | null> {
  switch (type) {
    case "png": {
      const head = await read(0, 33);
      const view = new DataView(head.buffer);
      return head.length < 33 ? null : { width: view.getUint32(16), height: view.getUint32(20) };
    }
    case "gif": {
      const head = await read(0, 13);
      const view = new DataView(head.buffer);
      return head.length < 13 ? null : { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    }
    case "bmp":
      return readBmpHeader(await read(0, BMP_HEAD_BYTES));
    case "avif":
      return readAvifSize(await read(0, avifHeadBytes(source.size)));
    case "jxl":
      return await readJpegXlSize(read, source.size);
    case "webp": {
      const size = readWebpSize(await read(0, 30));
      if (size?.isAnimated) throw refuseAnimation();
      return size;
    }
  }
}

/** Reads more and more of the file until its frame header is there: metadata before it may be long. */
async function readJpegSize(source: ByteSource): Promise<PictureSize> {
  for (let length = 65536; ; length *= 8) {
    const head = await source.read(0, Math.min(length, source.size));
    const header = readJpegHeader(head);
    if (header && ![1, 3, 4].includes(header.components)) {
      throw new AppError(
        "slide/unsupported-format",
        `Expected a JPEG of grey, colour or inks, found one with ${header.components} components. Save it again as RGB.`,
      );
    }
    if (header) return { ...header, isInks: header.components === 4 };
    if (length >= source.size) throw endsInHeader(source);
  }
}

function refuseAnimation(): AppError {
  return new AppError(
    "slide/unsupported-format",
    "Expected one picture, found a WebP animation. Save the picture that you want by itself.",
  );
}

function endsInHeader(source: ByteSource): AppError {
  return new AppError(
    "slide/truncated",
    `Expected a picture header, but ${source.name} ends after ${source.size} bytes without one. Copy or download it again.`,
  );
}
