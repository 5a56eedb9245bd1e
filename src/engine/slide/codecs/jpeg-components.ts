import type { DecodedSamples } from "../types.ts";
import { decodeWithGeotiff } from "./geotiff-decoder.ts";
import { readJpegHeader } from "./jpeg-stream.ts";
import { jpegFault } from "./jpeg-whole.ts";

const COMPRESSION_JPEG = 7;

/**
 * The components of a JPEG stream as they are, interleaved, for those whose number no picture decoder takes (inks, or alpha).
 * Of YCCK streams, as Adobe's marker names them, the inks. Throws RangeError for damaged data; the size must have been
 * bounded before.
 */
export async function decodeJpegComponents(bytes: Uint8Array<ArrayBuffer>): Promise<DecodedSamples> {
  const header = readJpegHeader(bytes);
  if (!header) throw new RangeError("a JPEG without a frame");
  const fault = jpegFault(bytes);
  if (fault) throw new RangeError(fault);
  const { width, height, components, adobeTransform } = header;
  const data = await decodeWithGeotiff(COMPRESSION_JPEG, bytes);
  if (data.length < width * height * components) throw new RangeError(`${data.length} bytes of pixels are too few`);
  if (components === 4 && adobeTransform === 2) turnToInks(data);
  return { width, height, channels: components, bits: 8, data };
}

/** YCCK: luma and chroma of the light that cyan, magenta and yellow leave (Adobe's technical note 5116). */
function turnToInks(data: Uint8Array<ArrayBuffer>): void {
  const inks = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  for (let at = 0; at + 3 < data.length; at += 4) {
    const y = data[at]!;
    const cb = data[at + 1]! - 128;
    const cr = data[at + 2]! - 128;
    inks[at] = 255 - (y + 1.402 * cr);
    inks[at + 1] = 255 - (y - 0.344136 * cb - 0.714136 * cr);
    inks[at + 2] = 255 - (y + 1.772 * cb);
  }
}
