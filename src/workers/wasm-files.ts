import openJpegUrl from "@cornerstonejs/codec-openjpeg/decodewasm?url";
import jpegXlUrl from "@jsquash/jxl/codec/dec/jxl_dec.wasm?url";
import webpUrl from "@jsquash/webp/codec/dec/webp_dec.wasm?url";
import lercUrl from "lerc/lerc-wasm.wasm?url";
import { AppError } from "../engine/base/errors.ts";
import type { WasmFile, WasmFiles } from "../engine/slide/codecs/wasm-module.ts";

/** Those that the browser itself decodes are not among the page's assets. */
const URLS: Readonly<Partial<Record<WasmFile, string>>> = {
  openjpeg: openJpegUrl,
  webp: webpUrl,
  jxl: jpegXlUrl,
  lerc: lercUrl,
};

/** The codecs' wasm among the page's own assets, each fetched when the first picture needs it. */
export const wasmFiles: WasmFiles = {
  locate,
  async read(file) {
    const response = await fetch(locate(file)).catch(() => null);
    if (response?.ok) return await response.arrayBuffer();
    throw new AppError(
      "slide/decode-failed",
      `Expected to load the page's own decoder for this slide (${file}), found no answer from where the page came from. Connect once and open the slide again.`,
      { file, status: response?.status },
    );
  },
};

function locate(file: WasmFile): string {
  const url = URLS[file];
  if (url === undefined) throw new RangeError(`the page carries no ${file} decoder`);
  // A worker that began as a blob has no folder of its own to start from.
  return new URL(url, self.location.origin).href;
}
