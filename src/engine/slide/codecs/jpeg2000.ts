import type { DecodedSamples } from "../types.ts";
import { type Jpeg2000Header, readJpeg2000Header } from "./jpeg2000-header.ts";
import { type WasmFiles, wasmRunner } from "./wasm-module.ts";

interface OpenJpeg {
  J2KDecoder: new () => OpenJpegDecoder;
}

interface OpenJpegDecoder {
  /** Memory of the module for the stream. */
  getEncodedBuffer(byteLength: number): Uint8Array;
  decode(): void;
  /** A copy; empty where decoding failed. */
  getDecodedBuffer(): Uint8ClampedArray<ArrayBuffer>;
  delete(): void;
}

/** Inverse of JPEG's YCbCr (ITU-T T.871), also of JPEG 2000's irreversible transform. */
const RED_CR = 1.402;
const GREEN_CB = 0.344136;
const GREEN_CR = 0.714136;
const BLUE_CB = 1.772;

/**
 * JPEG 2000 by OpenJPEG (in its strict mode, which refuses a stream that ends early). Three components come as red, green,
 * blue; `colour` tells how they were meant. Subsampled ones are YCbCr whatever `colour` says, and the wrapper around OpenJPEG
 * turns them by itself, taking the nearest chroma as OpenSlide does and cutting fractions: up to two levels below exact.
 */
export function jpeg2000Decoder(
  files: WasmFiles,
): (bytes: Uint8Array<ArrayBuffer>, colour: "ycbcr" | "rgb") => Promise<DecodedSamples> {
  const run = wasmRunner<OpenJpeg>(
    async () => (await import("@cornerstonejs/codec-openjpeg/decodewasmjs")).default,
    () => files.read("openjpeg"),
  );
  return async (bytes, colour) => {
    const header = readJpeg2000Header(bytes);
    const data = await run((module) => decode(module, header));
    const isYcbcr = header.components === 3 && colour === "ycbcr" && !header.isSubsampled;
    const samples = widen(data, header);
    if (isYcbcr) toRgb(samples.data, samples.bits);
    return samples;
  };
}

function decode(module: OpenJpeg, header: Jpeg2000Header): Uint8Array<ArrayBuffer> {
  const { width, height, components, bits, codestream } = header;
  const decoder = new module.J2KDecoder();
  decoder.getEncodedBuffer(codestream.length).set(codestream);
  decoder.decode();
  const decoded = decoder.getDecodedBuffer();
  decoder.delete();
  const expected = width * height * components * (bits > 8 ? 2 : 1);
  if (decoded.length !== expected) throw new RangeError(`${expected} bytes of pixels, found ${decoded.length}`);
  return new Uint8Array(decoded.buffer, decoded.byteOffset, decoded.byteLength);
}

/** Samples of 1 to 7 bits become 8, of 9 to 15 bits 16, the greatest value the greatest. */
function widen(data: Uint8Array<ArrayBuffer>, { width, height, components, bits }: Jpeg2000Header): DecodedSamples {
  const to = bits > 8 ? 16 : 8;
  if (bits !== to) {
    const values = to === 8 ? data : new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
    const scale = (2 ** to - 1) / (2 ** bits - 1);
    for (let i = 0; i < values.length; i++) values[i] = Math.round(values[i]! * scale);
  }
  return { width, height, channels: components, bits: to, data };
}

function toRgb(data: Uint8Array<ArrayBuffer>, bits: number): void {
  const values =
    bits === 8
      ? new Uint8ClampedArray(data.buffer, data.byteOffset, data.length)
      : new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  const most = 2 ** bits - 1;
  const middle = 2 ** (bits - 1);
  for (let i = 0; i + 2 < values.length; i += 3) {
    const y = values[i]!;
    const cb = values[i + 1]! - middle;
    const cr = values[i + 2]! - middle;
    values[i] = clamp(y + RED_CR * cr, most);
    values[i + 1] = clamp(y - GREEN_CB * cb - GREEN_CR * cr, most);
    values[i + 2] = clamp(y + BLUE_CB * cb, most);
  }
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, Math.round(value)));
}
