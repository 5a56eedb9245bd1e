import type { ImageDecoders } from "../types.ts";
import { jpeg2000Decoder } from "./jpeg2000.ts";
import { jpegXlDecoder } from "./jpegxl.ts";
import { lercDecoder } from "./lerc.ts";
import type { WasmFiles } from "./wasm-module.ts";
import { webpDecoder } from "./webp.ts";

/** The part of a platform's decoders that is the same wasm everywhere, so that pixels are the same everywhere. */
export type WasmCodecs = Pick<ImageDecoders, "decodeJpeg2000" | "decodeWebp" | "decodeJpegXl" | "decodeLerc">;

/** Each loads its wasm at its first picture. */
export function wasmCodecs(files: WasmFiles): WasmCodecs {
  return {
    decodeJpeg2000: jpeg2000Decoder(files),
    decodeWebp: webpDecoder(files),
    decodeJpegXl: jpegXlDecoder(files),
    decodeLerc: lercDecoder(files),
  };
}
