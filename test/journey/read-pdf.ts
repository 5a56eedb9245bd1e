import { inflateSync } from "node:zlib";
import { extractText, getDocumentProxy } from "unpdf";

export interface ReadPdf {
  /** Points, 72 an inch. */
  readonly pages: readonly { readonly width: number; readonly height: number }[];
  /** Of all pages, spaces evened out. */
  readonly text: string;
  /** Number of pictures. */
  readonly images: number;
  /** All streams, inflated where they are compressed, as Latin-1: to look for bytes in. */
  readonly raw: string;
}

/** A PDF as pdf.js, which is not ours, reads it. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const pdf = await getDocumentProxy(Uint8Array.from(bytes));
  const { text } = await extractText(pdf, { mergePages: true });
  const pages = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { width, height } = (await pdf.getPage(number)).getViewport({ scale: 1 });
    pages.push({ width, height });
  }
  const raw = inflatedStreams(Buffer.from(bytes));
  return { pages, text: text.replace(/\s+/g, " "), images: raw.split(/\/Subtype\s*\/Image/).length - 1, raw };
}

function inflatedStreams(bytes: Buffer): string {
  let all = bytes.toString("latin1");
  for (let at = bytes.indexOf("stream"); at >= 0; at = bytes.indexOf("stream", at + 6)) {
    const start = at + (bytes[at + 6] === 13 ? 8 : 7);
    try {
      all += inflateSync(bytes.subarray(start), { finishFlush: 2 }).toString("latin1");
    } catch {
      // Not compressed, or the end of one.
    }
  }
  return all;
}
