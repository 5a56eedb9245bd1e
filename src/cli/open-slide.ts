import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
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

/** The wasm decoders, with their module read from the installed package. */
export function nodeDecoders(): ImageDecoders {
  const path = createRequire(import.meta.url).resolve("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm");
  return wasmDecoders({ loadJpegWasm: () => readFile(path) });
}
