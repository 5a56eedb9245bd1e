import type { RgbaImage } from "../types.ts";
import { type WasmFiles, wasmRunner } from "./wasm-module.ts";

/** What the modules of the jSquash packages offer: null for data that does not decode. */
export interface PictureModule {
  decode(bytes: Uint8Array): { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number } | null;
}

/** WebP by libwebp, alpha as stored. Throws RangeError for damaged data; the size must have been bounded before. */
export function webpDecoder(files: WasmFiles): (bytes: Uint8Array<ArrayBuffer>) => Promise<RgbaImage> {
  const run = wasmRunner<PictureModule>(
    async () => (await import("@jsquash/webp/codec/dec/webp_dec.js")).default,
    () => files.read("webp"),
  );
  return async (bytes) => await run((module) => pictureOf(module.decode(bytes)));
}

/** Throws RangeError where there is none. */
export function pictureOf(decoded: ReturnType<PictureModule["decode"]>): RgbaImage {
  if (!decoded || decoded.data.length !== decoded.width * decoded.height * 4) {
    throw new RangeError("the decoder gave no picture");
  }
  return { width: decoded.width, height: decoded.height, data: decoded.data };
}

/** Size of a WebP picture by its first 30 bytes (RFC 9649 section 2), or null. */
export function readWebpSize(
  head: Uint8Array<ArrayBuffer>,
): { readonly width: number; readonly height: number; readonly isAnimated: boolean } | null {
  if (head.length < 30 || text(head, 0) !== "RIFF" || text(head, 8) !== "WEBP") return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  switch (text(head, 12)) {
    case "VP8 ":
      if (view.getUint8(23) !== 0x9d || view.getUint8(24) !== 0x01 || view.getUint8(25) !== 0x2a) return null;
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, isAnimated: false };
    case "VP8L": {
      const packed = view.getUint32(21, true);
      if (view.getUint8(20) !== 0x2f) return null;
      return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1, isAnimated: false };
    }
    case "VP8X": {
      const width = (view.getUint32(24, true) & 0xffffff) + 1;
      const height = (view.getUint32(26, true) >>> 8) + 1;
      return { width, height, isAnimated: (view.getUint8(20) & 2) !== 0 };
    }
    default:
      return null;
  }
}

function text(bytes: Uint8Array<ArrayBuffer>, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
