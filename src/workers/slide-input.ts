import { blobSource } from "../engine/slide/blob-source.ts";
import { blockSource } from "../engine/slide/block-source.ts";
import { webDecoders } from "../engine/slide/decoders-web.ts";
import { type OpenSlideOptions, openSlide } from "../engine/slide/open.ts";
import type { ByteSource, Slide, SlideView } from "../engine/slide/types.ts";
import { wasmFiles } from "./wasm-files.ts";

/** What a worker needs to open a slide of its own. Structured-cloneable. */
export interface SlideInput {
  /** The file dropped; for a slide of several files all of them, the first one first. */
  readonly files: readonly File[];
  readonly view: SlideView;
}

export interface OpenSlideInputOptions extends Omit<OpenSlideOptions, "view"> {
  /** Hears how many bytes each read brought. */
  readonly onRead?: (bytes: number) => void;
}

/** Opens it in this worker. Throws as `openSlide`. */
export async function openSlideInput(
  input: SlideInput,
  { onRead = () => {}, ...options }: OpenSlideInputOptions = {},
): Promise<Slide> {
  const sources = slideSources(input, onRead).map((source) => blockSource(source));
  return await openSlide(sources, webDecoders({ files: wasmFiles }), { ...options, view: input.view });
}

/** The bytes of a slide; `onRead` hears how many each read brought. */
export function slideSources({ files }: Pick<SlideInput, "files">, onRead: (bytes: number) => void): ByteSource[] {
  return files.map((file) => heardSource(blobSource(file, file.name), onRead));
}

function heardSource(source: ByteSource, onRead: (bytes: number) => void): ByteSource {
  return {
    ...source,
    async read(offset, length) {
      const bytes = await source.read(offset, length);
      onRead(length);
      return bytes;
    },
  };
}
