import { readJpegHeader } from "../slide/codecs/jpeg-stream.ts";
import { tampered } from "./refusals.ts";

/** Of the proportions. */
const SLACK = 0.02;

/** What can be seen without decoding: a JPEG no larger than `side`, in the slide's proportions. Throws `resultfile/tampered`. */
export function checkPicture(
  bytes: Uint8Array<ArrayBuffer>,
  options: { readonly name: string; readonly side: number; readonly width0: number; readonly height0: number },
): void {
  const { name, side, width0, height0 } = options;
  const size = sizeOf(bytes);
  if (!size) throw tampered(`${name} is no JPEG picture`);
  const { width, height } = size;
  if (width < 1 || height < 1 || width > side || height > side) {
    throw tampered(`${name} has ${width} x ${height} pixels, and ${side} a side are the limit`);
  }
  // A pixel of rounding either way, and what a coarse level of the slide lacks at its edges.
  const isAlike =
    Math.abs(width * height0 - height * width0) <= 1.5 * Math.max(width0, height0) + SLACK * width * height0;
  if (!isAlike) throw tampered(`${name} has ${width} x ${height} pixels, which are not the proportions of the slide`);
}

function sizeOf(bytes: Uint8Array<ArrayBuffer>): { readonly width: number; readonly height: number } | null {
  try {
    return readJpegHeader(bytes);
  } catch {
    return null;
  }
}
