import type { DecodedSamples, RgbaImage } from "../types.ts";
import type { DicomInstance } from "./instance.ts";
import { decodeRle } from "./rle.ts";

/** Samples of a frame, 8 bits each, one plane a sample, row by row. */
type SamplePlanes = readonly Uint8Array<ArrayBuffer>[];

/** An uncompressed frame; `bytes` are as many as `nativeFrameBytes` says. */
export function nativePixels(instance: DicomInstance, bytes: Uint8Array<ArrayBuffer>): RgbaImage {
  return toRgba(
    instance,
    instance.photometric === "YBR_FULL_422" ? halvedPlanes(bytes) : nativePlanes(instance, bytes),
  );
}

/** A frame of run lengths. Throws `slide/decode-failed`. */
export function rlePixels(instance: DicomInstance, bytes: Uint8Array<ArrayBuffer>): RgbaImage {
  const { samples, bitsAllocated, tileWidth, tileHeight } = instance;
  const pixels = tileWidth * tileHeight;
  const bytePlanes = decodeRle(bytes, samples * (bitsAllocated / 8), pixels);
  if (bitsAllocated === 8) return toRgba(instance, bytePlanes);
  const planes = Array.from({ length: samples }, (_, sample) => {
    const high = bytePlanes[sample * 2]!;
    const low = bytePlanes[sample * 2 + 1]!;
    return scaledPlane(instance, pixels, (i) => high[i]! * 256 + low[i]!);
  });
  return toRgba(instance, planes);
}

/** A frame by a decoder that gives red, green and blue, or grey, as full 8 or 16 bits. */
export function decodedPixels(instance: DicomInstance, { data, channels, bits }: DecodedSamples): RgbaImage {
  const pixels = instance.tileWidth * instance.tileHeight;
  const bytesEach = bits / 8;
  const planes = Array.from({ length: channels }, (_, channel) => {
    const plane = new Uint8Array(pixels);
    // Of 16 bits the high byte comes second.
    for (let i = 0, at = channel * bytesEach + bytesEach - 1; i < pixels; i++, at += channels * bytesEach) {
      plane[i] = data[at]!;
    }
    return plane;
  });
  const isTurned = instance.photometric === "MONOCHROME1";
  return toRgba({ ...instance, photometric: isTurned ? "MONOCHROME1" : "RGB" }, planes);
}

function nativePlanes(instance: DicomInstance, bytes: Uint8Array<ArrayBuffer>): SamplePlanes {
  const { samples, isPlanar, bitsAllocated, tileWidth, tileHeight } = instance;
  const pixels = tileWidth * tileHeight;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: samples }, (_, sample) => {
    const step = isPlanar ? 1 : samples;
    const first = isPlanar ? sample * pixels : sample;
    if (bitsAllocated === 16) return scaledPlane(instance, pixels, (i) => view.getUint16((first + i * step) * 2, true));
    if (step === 1) return bytes.subarray(first, first + pixels);
    const plane = new Uint8Array(pixels);
    for (let i = 0, at = first; i < pixels; i++, at += step) plane[i] = bytes[at]!;
    return plane;
  });
}

/** `bitsStored` bits as 8, full scale to full scale. */
function scaledPlane({ bitsStored }: DicomInstance, pixels: number, valueAt: (pixel: number) => number) {
  const most = 2 ** bitsStored - 1;
  const plane = new Uint8Array(pixels);
  for (let i = 0; i < pixels; i++) plane[i] = Math.round((Math.min(valueAt(i), most) * 255) / most);
  return plane;
}

/** Luminance of two pixels, then the one blue and red difference of both (PS3.3 section C.7.6.3.1.2). */
function halvedPlanes(bytes: Uint8Array<ArrayBuffer>): SamplePlanes {
  const pixels = bytes.length / 2;
  const planes = [new Uint8Array(pixels), new Uint8Array(pixels), new Uint8Array(pixels)] as const;
  for (let i = 0; i < pixels; i++) {
    const pair = (i >> 1) * 4;
    planes[0][i] = bytes[pair + (i & 1)]!;
    planes[1][i] = bytes[pair + 2]!;
    planes[2][i] = bytes[pair + 3]!;
  }
  return planes;
}

function toRgba({ photometric, tileWidth, tileHeight }: DicomInstance, planes: SamplePlanes): RgbaImage {
  const pixels = tileWidth * tileHeight;
  const data = new Uint8ClampedArray(pixels * 4);
  const first = planes[0]!;
  const second = planes[1] ?? first;
  const third = planes[2] ?? first;
  const isYbr = photometric.startsWith("YBR");
  const inverted = photometric === "MONOCHROME1" ? 255 : 0;
  for (let i = 0, at = 0; i < pixels; i++, at += 4) {
    const y = first[i]!;
    const blue = second[i]! - 128;
    const red = third[i]! - 128;
    data[at] = isYbr ? y + 1.402 * red : y ^ inverted;
    data[at + 1] = isYbr ? y - 0.344136 * blue - 0.714136 * red : second[i]! ^ inverted;
    data[at + 2] = isYbr ? y + 1.772 * blue : third[i]! ^ inverted;
    data[at + 3] = 255;
  }
  return { width: tileWidth, height: tileHeight, data };
}
