import { AppError, isAbortError, isAppError } from "../../base/errors.ts";
import { decodeJpegComponents } from "../codecs/jpeg-components.ts";
import { normalizeJpeg } from "../codecs/jpeg-stream.ts";
import { type PixelLayer, VIRTUAL_TILE } from "../layer.ts";
import { orientedLayer } from "../orientation.ts";
import { cropImage, layOverWhite, whiteImage } from "../pixels.ts";
import { cmykToRgb, type ThreeColours } from "../tiff/colour-spaces.ts";
import type { ByteSource, DecodedSamples, ImageDecoders, PictureType, RgbaImage } from "../types.ts";
import { bmpToRgba } from "./bmp-pixels.ts";
import { gifToRgba } from "./gif-pixels.ts";
import { PICTURE_NAMES, type PictureSize, readPictureSize } from "./picture-size.ts";
import { webpPixelChunks } from "./webp-chunks.ts";

/** A picture file is decoded whole and held; 100 million pixels are 400 MB, and wasm decoders need as much again or more. */
const MAX_PICTURE_PIXELS: Readonly<Record<PictureType, number>> = {
  png: 100_000_000,
  jpeg: 100_000_000,
  bmp: 100_000_000,
  gif: 32_000_000,
  webp: 32_000_000,
  avif: 32_000_000,
  jxl: 16_000_000,
};
const MAX_PICTURE_BYTES = 512 * 1024 * 1024;
/** Of inks: their decoder, in JavaScript, takes some fifty bytes for each. */
const MAX_INK_PIXELS = 4_000_000;
/**
 * Beyond so many pixels, a picture of these types holds more than one byte for so many: JPEG takes one for some 60 of empty glass, and
 * for 170 at the very least. What holds less was made to ask for memory.
 */
const LARGE_PIXELS = 8_000_000;
const MOST_PIXELS_A_BYTE = 200;
const LOSSY: readonly PictureType[] = ["jpeg", "webp", "avif", "jxl"];

/** A picture file as the one layer of a slide, decoded at the first read. */
export async function openPicture(source: ByteSource, type: PictureType, decoders: ImageDecoders): Promise<PixelLayer> {
  const size = await readPictureSize(source, type);
  refuseSize(source, type, size);
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

async function decodePicture(
  source: ByteSource,
  type: PictureType,
  size: PictureSize,
  decoders: ImageDecoders,
): Promise<RgbaImage> {
  const file = await source.read(0, source.size);
  let image: RgbaImage;
  try {
    image = await decodeBytes(file, type, size, decoders);
  } catch (cause) {
    if (isAppError(cause) || isAbortError(cause)) throw cause;
    throw new AppError(
      "slide/decode-failed",
      `Expected a ${PICTURE_NAMES[type]} picture, found data that does not decode; the file is damaged. Copy or download it again.`,
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

/** Files that no browser or not every browser decodes alike are decoded here, in the page and in Node. */
async function decodeBytes(
  file: Uint8Array<ArrayBuffer>,
  type: PictureType,
  { isInks }: PictureSize,
  decoders: ImageDecoders,
): Promise<RgbaImage> {
  switch (type) {
    case "jpeg": {
      const bytes = normalizeJpeg(file, "as-marked", null);
      return isInks ? inksToRgba(await decodeJpegComponents(bytes)) : await decoders.decodeImageFile(bytes, type);
    }
    case "webp":
      return await decoders.decodeImageFile(webpPixelChunks(file), type);
    case "jxl":
      return layOverWhite(await decoders.decodeJpegXl(file));
    case "gif":
      return gifToRgba(file);
    case "bmp":
      return bmpToRgba(file);
    default:
      return await decoders.decodeImageFile(file, type);
  }
}

/** JPEG files hold inks turned over, as Adobe's programs write them and all others read them. */
function inksToRgba({ width, height, data }: DecodedSamples): RgbaImage {
  const image = whiteImage(width, height);
  const colour: ThreeColours = [0, 0, 0];
  for (let at = 0; at < data.length; at += 4) {
    for (let c = 0; c < 3; c++) colour[c] = 255 - data[at + c]!;
    cmykToRgb(colour, 255 - data[at + 3]!);
    image.data.set(colour, at);
  }
  return image;
}

function refuseSize(source: ByteSource, type: PictureType, { width, height, isInks }: PictureSize): void {
  if (width < 1 || height < 1) {
    throw new AppError("slide/malformed", `Expected a picture with pixels, found ${width} x ${height}.`);
  }
  const most = isInks ? MAX_INK_PIXELS : MAX_PICTURE_PIXELS[type];
  const name = `${PICTURE_NAMES[type]} picture${isInks ? " of inks" : ""}`;
  if (width * height > most || source.size > MAX_PICTURE_BYTES) {
    throw new AppError(
      "slide/too-large",
      `Expected a ${name} of at most ${most / 1e6} million pixels, found ${width} x ${height}; it can only be decoded whole. Convert it with "vips tiffsave IN OUT.tif --tile --pyramid --compression jpeg".`,
    );
  }
  const isEmpty = LOSSY.includes(type) && width * height > source.size * MOST_PIXELS_A_BYTE;
  if (width * height <= LARGE_PIXELS || !isEmpty) return;
  throw new AppError(
    "slide/too-large",
    `Expected a ${name} with something on it, found ${source.size} bytes for ${width} x ${height} pixels: an empty picture, or one made to exhaust memory. Copy or export it again.`,
  );
}
