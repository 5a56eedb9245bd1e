import { AppError, isAbortError, isAppError } from "../../base/errors.ts";
import { normalizeJpeg, readJpegHeader } from "../codecs/jpeg-stream.ts";
import { readJpeg2000Header } from "../codecs/jpeg2000-header.ts";
import { whiteImage } from "../pixels.ts";
import type { ByteSource, ImageDecoders, RgbaImage } from "../types.ts";
import { type FrameIndex, nativeFrameBytes } from "./frame-index.ts";
import type { DicomInstance } from "./instance.ts";
import { decodedPixels, nativePixels, rlePixels } from "./sample-planes.ts";

/** All bytes of a frame; null for one that the file leaves out. Throws `slide/truncated`, `slide/malformed`. */
export async function readFrameBytes(
  source: ByteSource,
  index: FrameIndex,
  frame: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const places = await index.locate(frame);
  const [first] = places;
  if (!first) return null;
  if (places.length === 1) return await source.read(first.at, first.length);
  const bytes = new Uint8Array(places.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const { at, length } of places) {
    bytes.set(await source.read(at, length), filled);
    filled += length;
  }
  return bytes;
}

/** Pixels of a whole frame, `tileWidth` x `tileHeight`. Throws `slide/decode-failed`. */
export async function decodeFrame(
  instance: DicomInstance,
  bytes: Uint8Array<ArrayBuffer>,
  decoders: ImageDecoders,
): Promise<RgbaImage> {
  const { tileWidth, tileHeight, photometric, syntax } = instance;
  if (syntax.coding === "rle") return rlePixels(instance, bytes);
  if (syntax.coding === "native") {
    if (bytes.length < nativeFrameBytes(instance)) throw new RangeError("a frame that is shorter than its index says");
    return nativePixels(instance, bytes);
  }
  if (syntax.coding === "jpeg2000") return await jpeg2000Pixels(instance, bytes, decoders);
  const stream = jpegFrame(instance, bytes);
  const image = await decoders.decodeJpeg(stream, jpegColour(instance)).catch((cause: unknown) => {
    throw frameFailure(instance, cause);
  });
  if (image.width !== tileWidth || image.height !== tileHeight) throw frameFailure(instance, null);
  if (photometric === "MONOCHROME1") invert(image);
  return image;
}

/**
 * A stream that turns the colours by itself is turned back by the decoder, which is what YBR_ICT and YBR_RCT tell of; some
 * writers give these names to a stream of YCbCr that does not.
 */
async function jpeg2000Pixels(
  instance: DicomInstance,
  bytes: Uint8Array<ArrayBuffer>,
  decoders: ImageDecoders,
): Promise<RgbaImage> {
  const { tileWidth, tileHeight, samples, photometric } = instance;
  try {
    const header = readJpeg2000Header(bytes);
    const isRight = header.width === tileWidth && header.height === tileHeight && header.components === samples;
    if (!isRight) throw frameFailure(instance, null);
    const isYcbcr = header.isSubsampled || (photometric.startsWith("YBR") && !header.hasTransform);
    return decodedPixels(instance, await decoders.decodeJpeg2000(bytes, isYcbcr ? "ycbcr" : "rgb"));
  } catch (cause) {
    throw frameFailure(instance, cause);
  }
}

/** A frame's JPEG stream as it decodes alike everywhere. Throws `slide/decode-failed` for another size than the file says. */
export function jpegFrame(instance: DicomInstance, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const stream = normalizeJpeg(bytes, jpegColour(instance), null);
  const header = readJpegHeader(stream);
  const { tileWidth, tileHeight, samples } = instance;
  const isRight = header?.width === tileWidth && header.height === tileHeight && header.components === samples;
  if (!isRight) throw frameFailure(instance, null);
  return stream;
}

/** The file says how the components are meant, not the stream: so does OpenSlide read it. */
export function jpegColour({ samples, photometric }: DicomInstance): "ycbcr" | "rgb" | "as-marked" {
  if (samples !== 3) return "as-marked";
  return photometric === "RGB" ? "rgb" : "ycbcr";
}

/** Wraps what a decoder threw, once; refusals and aborts pass. */
export function frameFailure({ tileWidth, tileHeight, syntax, source }: DicomInstance, cause: unknown): unknown {
  if (isAppError(cause) || isAbortError(cause)) return cause;
  return new AppError(
    "slide/decode-failed",
    `Expected a ${syntax.name} picture of ${tileWidth} x ${tileHeight} pixels in a frame of ${source.name}, found data that is none. Copy or download the file again.`,
    {},
    { cause },
  );
}

/** White glass of a frame's size. */
export function emptyFrame({ tileWidth, tileHeight }: DicomInstance): RgbaImage {
  return whiteImage(tileWidth, tileHeight);
}

function invert(image: RgbaImage): void {
  for (let i = 0; i < image.data.length; i++) if ((i & 3) !== 3) image.data[i] = 255 - image.data[i]!;
}
