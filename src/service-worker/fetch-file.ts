import { sha256Hex } from "../engine/base/sha256.ts";
import type { ReleaseFile } from "./protocol.ts";

/** A file whose every byte is as the build left it. */
export interface VerifiedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Headers;
}

/** First what the browser has at hand from showing the page, then afresh from the server. */
const MODES: readonly RequestCache[] = ["default", "reload"];

/** Headers that speak of the way a body travelled, and are no longer true of a kept one. */
const OF_THE_WAY = ["content-encoding", "content-length", "transfer-encoding", "accept-ranges", "vary"];

/**
 * The file from `scope`, checked by length and SHA-256. Throws an error whose message is one clause: why it cannot be kept.
 * `onBytes` hears how many bytes have come in so far.
 */
export async function fetchFile(
  file: ReleaseFile,
  scope: string,
  onBytes: (bytes: number) => void,
): Promise<VerifiedFile> {
  let failure: unknown;
  for (const cache of MODES) {
    try {
      return await fetchOnce(file, new URL(file.path, scope), cache, onBytes);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function fetchOnce(
  file: ReleaseFile,
  url: URL,
  cache: RequestCache,
  onBytes: (bytes: number) => void,
): Promise<VerifiedFile> {
  const response = await fetch(url, { cache, credentials: "same-origin" }).catch(() => null);
  if (!response) throw new Error("the server did not answer");
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  const bytes = await readWhole(response, file.bytes, onBytes);
  const found = await sha256Hex(bytes);
  if (found !== file.sha256) {
    throw new Error(`its SHA-256 is ${shortened(found)} instead of ${shortened(file.sha256)}`);
  }
  const headers = new Headers(response.headers);
  for (const name of OF_THE_WAY) headers.delete(name);
  // Servers know no Markdown, and a browser would save a model's card in place of showing it.
  if (file.path.endsWith(".md")) headers.set("content-type", "text/plain; charset=utf-8");
  return { bytes, headers };
}

/** Into one buffer of the expected length, and never more than that. */
async function readWhole(response: Response, length: number, onBytes: (bytes: number) => void) {
  const bytes = new Uint8Array(length);
  const reader = response.body?.getReader();
  let filled = 0;
  for (;;) {
    const part = await reader?.read().catch(() => {
      throw new Error("the connection broke off");
    });
    if (!part || part.done) break;
    if (filled + part.value.length > length) {
      await reader?.cancel();
      throw new Error(`it is longer than ${length} bytes`);
    }
    bytes.set(part.value, filled);
    filled += part.value.length;
    onBytes(filled);
  }
  if (filled < length) throw new Error(`it has ${filled} bytes instead of ${length}`);
  return bytes;
}

function shortened(hash: string): string {
  return `${hash.slice(0, 8)}…`;
}
