import type { RgbaImage } from "../types.ts";
import { type WasmFiles, wasmRunner } from "./wasm-module.ts";
import { type PictureModule, pictureOf } from "./webp.ts";

/**
 * JPEG XL by libjxl as red, green, blue of sRGB, eight bits, alpha as stored, turned as the stream says. Throws RangeError for
 * damaged data; the size must have been bounded before.
 */
export function jpegXlDecoder(files: WasmFiles): (bytes: Uint8Array<ArrayBuffer>) => Promise<RgbaImage> {
  const run = wasmRunner<PictureModule>(
    async () => (await import("@jsquash/jxl/codec/dec/jxl_dec.js")).default,
    () => files.read("jxl"),
  );
  return async (bytes) => await run((module) => pictureOf(module.decode(bytes)));
}
