import { AppError } from "../engine/base/errors.ts";
import { blobSource } from "../engine/slide/blob-source.ts";
import { blockSource } from "../engine/slide/block-source.ts";
import { webDecoders } from "../engine/slide/decoders-web.ts";
import { kindOf } from "../engine/slide/group-files.ts";
import type { HttpFile } from "../engine/slide/http/http-file.ts";
import { httpSource } from "../engine/slide/http/http-source.ts";
import { type OpenSlideOptions, openSlide } from "../engine/slide/open.ts";
import type { ByteSource, Slide, SlideView } from "../engine/slide/types.ts";
import { wasmFiles } from "./wasm-files.ts";

/** What a worker needs to open a slide of its own. Structured-cloneable. */
export interface SlideInput {
  /** The file dropped; for a slide of several files all of them, the first one first. */
  readonly files: readonly File[];
  readonly view: SlideView;
  /** A slide on a web host, in place of files. */
  readonly link?: HttpFile;
}

export interface OpenSlideInputOptions extends Omit<OpenSlideOptions, "view"> {
  /** Hears how many bytes each read brought. */
  readonly onRead?: (bytes: number) => void;
}

/** Opens it in this worker. Throws as `openSlide`, and what reading a web host throws. */
export async function openSlideInput(
  input: SlideInput,
  { onRead = () => {}, ...options }: OpenSlideInputOptions = {},
): Promise<Slide> {
  const stop = new AbortController();
  const sources = slideSources(input, onRead, stop.signal);
  if (input.link) await refuseDicom(sources);
  const slide = await openSlide(sources.map(blockwise(input)), webDecoders({ files: wasmFiles }), {
    ...options,
    view: input.view,
  });
  return {
    ...slide,
    close() {
      stop.abort();
      slide.close();
    },
  };
}

/** The bytes of a slide; `onRead` hears how many each read brought. The signal ends reads of a web host. */
export function slideSources(
  { files, link }: Pick<SlideInput, "files" | "link">,
  onRead: (bytes: number) => void,
  signal?: AbortSignal,
): ByteSource[] {
  if (link) return [heardSource(httpSource(link, signal ? { signal } : {}), onRead)];
  return files.map((file) => heardSource(blobSource(file, file.name), onRead));
}

/** A web host is read in blocks anyway. */
function blockwise({ link }: SlideInput): (source: ByteSource) => ByteSource {
  return link ? (source) => source : (source) => blockSource(source);
}

/** A DICOM slide is a folder of files, and a web host does not list its folders. */
async function refuseDicom(sources: readonly ByteSource[]): Promise<void> {
  for (const source of sources) {
    if ((await kindOf(source)) !== "dicom") continue;
    throw new AppError(
      "slide/unsupported-format",
      `Expected a slide of one file behind the link, found that ${source.name} is DICOM, whose slides are folders; download the folder and drop it here.`,
    );
  }
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
