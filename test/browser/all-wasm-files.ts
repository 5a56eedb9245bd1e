import avifUrl from "@jsquash/avif/codec/dec/avif_dec.wasm?url";
import jpegUrl from "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm?url";
import type { WasmFiles } from "../../src/engine/slide/codecs/wasm-module.ts";
import { wasmFiles } from "../../src/workers/wasm-files.ts";

/** The page's own files and those that only Node decodes with, so that both sets of decoders run in one browser. */
export const allWasmFiles: WasmFiles = {
  locate: (file) => (file === "jpeg" ? jpegUrl : file === "avif" ? avifUrl : wasmFiles.locate(file)),
  read: async (file) => await (await fetch(allWasmFiles.locate(file))).arrayBuffer(),
};
