import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { refuseFluorescence } from "../engine/analysis/settings.ts";
import type { WasmFile } from "../engine/slide/codecs/wasm-module.ts";
import { wasmDecoders } from "../engine/slide/decoders-wasm.ts";
import { type OpenSlideOptions, openSlide } from "../engine/slide/open.ts";
import type { ImageDecoders, Slide } from "../engine/slide/types.ts";
import { fileSource } from "./file-source.ts";

/** Opens a slide on disk with the decoders for Node; closing the slide closes the file. Throws as `openSlide`. */
export async function openSlideFile(path: string, options: Pick<OpenSlideOptions, "view"> = {}): Promise<Slide> {
  const source = await fileSource(path);
  try {
    const slide = await openSlide(source, nodeDecoders(), options);
    return {
      ...slide,
      close() {
        slide.close();
        // A failing close of a file that was only read loses nothing.
        source.close().catch(() => {});
      },
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** As `openSlideFile`, for training: refuses a fluorescence image. */
export async function openStainedFile(path: string): Promise<Slide> {
  const slide = await openSlideFile(path);
  try {
    refuseFluorescence(slide.info);
    return slide;
  } catch (error) {
    slide.close();
    throw error;
  }
}

/** The wasm decoders, with their modules read from the installed packages. */
export function nodeDecoders(): ImageDecoders {
  return wasmDecoders({ locate, read: (file) => readFile(locate(file)) });
}

const WASM_MODULES: Readonly<Record<WasmFile, string>> = {
  jpeg: "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm",
  openjpeg: "@cornerstonejs/codec-openjpeg/decodewasm",
  webp: "@jsquash/webp/codec/dec/webp_dec.wasm",
  avif: "@jsquash/avif/codec/dec/avif_dec.wasm",
  jxl: "@jsquash/jxl/codec/dec/jxl_dec.wasm",
  lerc: "lerc/lerc-wasm.wasm",
};

function locate(file: WasmFile): string {
  return createRequire(import.meta.url).resolve(WASM_MODULES[file]);
}
