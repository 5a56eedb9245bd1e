import { blobSource } from "../engine/slide/blob-source.ts";
import { blockSource } from "../engine/slide/block-source.ts";
import { webDecoders } from "../engine/slide/decoders-web.ts";
import { type OpenSlideOptions, openSlide } from "../engine/slide/open.ts";
import type { Slide, SlideView } from "../engine/slide/types.ts";
import { wasmFiles } from "./wasm-files.ts";

/** What a worker needs to open a slide of its own. Structured-cloneable. */
export interface SlideInput {
  /** The file dropped; for a slide of several files all of them, the first one first. */
  readonly files: readonly File[];
  readonly view: SlideView;
}

/** Opens it in this worker. Throws as `openSlide`. */
export async function openSlideInput(
  { files, view }: SlideInput,
  options: Omit<OpenSlideOptions, "view"> = {},
): Promise<Slide> {
  const sources = files.map((file) => blockSource(blobSource(file, file.name)));
  return await openSlide(sources, webDecoders({ files: wasmFiles }), { ...options, view });
}
