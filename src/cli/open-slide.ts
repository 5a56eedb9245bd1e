import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { refuseFluorescence } from "../engine/analysis/settings.ts";
import type { WasmFile } from "../engine/slide/codecs/wasm-module.ts";
import { wasmDecoders } from "../engine/slide/decoders-wasm.ts";
import { type OpenSlideOptions, openSlide } from "../engine/slide/open.ts";
import type { ImageDecoders, Slide } from "../engine/slide/types.ts";
import { fileSource } from "./file-source.ts";
import { slidePaths } from "./slide-paths.ts";

/**
 * Opens a slide on disk, a file or a folder, with the decoders for Node; closing the slide closes its files. Throws as
 * `slidePaths` and `openSlide`.
 */
export async function openSlideFile(path: string, options: Pick<OpenSlideOptions, "view"> = {}): Promise<Slide> {
  const sources: Awaited<ReturnType<typeof fileSource>>[] = [];
  const closeAll = () => Promise.all(sources.map((source) => source.close()));
  try {
    for (const file of await slidePaths(path)) sources.push(await fileSource(file));
    const slide = await openSlide(sources, nodeDecoders(), options);
    return {
      ...slide,
      close() {
        slide.close();
        // A failing close of a file that was only read loses nothing.
        closeAll().catch(() => {});
      },
    };
  } catch (error) {
    await closeAll();
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
