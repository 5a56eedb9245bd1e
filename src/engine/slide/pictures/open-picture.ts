import { AppError, isAbortError, isAppError } from "../../base/errors.ts";
import { normalizeJpeg, readJpegHeader } from "../codecs/jpeg-stream.ts";
import { type PixelLayer, VIRTUAL_TILE } from "../layer.ts";
import { orientedLayer } from "../orientation.ts";
import { cropImage } from "../pixels.ts";
import type { ByteSource, ImageDecoders, PictureType, RgbaImage } from "../types.ts";

/** A PNG or JPEG file is decoded whole and held; 100 million pixels are 400 MB. */
const MAX_PICTURE_PIXELS = 100_000_000;
const MAX_PICTURE_BYTES = 512 * 1024 * 1024;

/** A PNG or JPEG file as the one layer of a slide, decoded at the first read. */
export async function openPicture(source: ByteSource, type: PictureType, decoders: ImageDecoders): Promise<PixelLayer> {
  const size = type === "png" ? await readPngSize(source) : await readJpegSize(source);
  refuseSize(source, type, size.width, size.height);
  let decoded: Promise<RgbaImage> | null = null;
  const load = () => {
    decoded ??= decodePicture(source, type, size, decoders);
    decoded.catch(() => {
      decoded = null;
    });
    return decoded;
  };
  const layer: PixelLayer = {
    width: size.width,
    height: size.height,
    tileWidth: VIRTUAL_TILE,
    tileHeight: VIRTUAL_TILE,
    async read(rect) {
      const image = await load();
      const cropped = cropImage(image, rect);
      return cropped === image ? { ...image, data: image.data.slice() } : cropped;
    },
  };
  return orientedLayer(layer, size.orientation);
}

interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
}

async function decodePicture(
  source: ByteSource,
  type: PictureType,
  size: PictureSize,
  decoders: ImageDecoders,
): Promise<RgbaImage> {
  const file = await source.read(0, source.size);
  const bytes = type === "jpeg" ? normalizeJpeg(file, "as-marked", null) : file;
  let image: RgbaImage;
  try {
    image = await decoders.decodeImageFile(bytes, type);
  } catch (cause) {
    if (isAppError(cause) || isAbortError(cause)) throw cause;
    throw new AppError(
      "slide/decode-failed",
      `Expected a ${type.toUpperCase()} picture, found data that does not decode; the file is damaged. Copy or download it again.`,
      {},
      { cause },
    );
  }
  if (image.width === size.width && image.height === size.height) return image;
  throw new AppError(
    "slide/decode-failed",
    `Expected a picture of ${size.width} x ${size.height} pixels as its header says, found ${image.width} x ${image.height}; the file is damaged.`,
  );
}

async function readPngSize(source: ByteSource): Promise<PictureSize> {
  if (source.size < 33) throw endsInHeader(source);
  const view = new DataView((await source.read(0, 33)).buffer);
  return { width: view.getUint32(16), height: view.getUint32(20), orientation: 1 };
}

/** Reads more and more of the file until its frame header is there: metadata before it may be long. */
async function readJpegSize(source: ByteSource): Promise<PictureSize> {
  for (let length = 65536; ; length *= 8) {
    const head = await source.read(0, Math.min(length, source.size));
    const header = readJpegHeader(head);
    if (header && header.components !== 1 && header.components !== 3) {
      throw new AppError(
        "slide/unsupported-format",
        `Expected a grey or coloured JPEG, found one with ${header.components} components (CMYK). Save it again as RGB.`,
      );
    }
    if (header) return header;
    if (length >= source.size) throw endsInHeader(source);
  }
}

function refuseSize(source: ByteSource, type: PictureType, width: number, height: number): void {
  if (width < 1 || height < 1) {
    throw new AppError("slide/malformed", `Expected a picture with pixels, found ${width} x ${height}.`);
  }
  if (width * height <= MAX_PICTURE_PIXELS && source.size <= MAX_PICTURE_BYTES) return;
  throw new AppError(
    "slide/too-large",
    `Expected a ${type.toUpperCase()} picture of at most ${MAX_PICTURE_PIXELS / 1e6} million pixels, found ${width} x ${height}; it can only be decoded whole. Convert it with "vips tiffsave IN OUT.tif --tile --pyramid --compression jpeg".`,
  );
}

function endsInHeader(source: ByteSource): AppError {
  return new AppError(
    "slide/truncated",
    `Expected a picture header, but ${source.name} ends after ${source.size} bytes without one. Copy or download it again.`,
  );
}
