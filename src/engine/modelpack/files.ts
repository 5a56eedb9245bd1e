import { AppError, isAbortError } from "../base/errors.ts";
import type { PackFiles } from "./types.ts";

export interface UrlPackOptions {
  readonly signal?: AbortSignal;
}

/**
 * The files of a pack that lies on the page's own server. `base`: address of the folder, absolute, with a closing slash.
 * Throws `modelpack/missing-file`.
 */
export function packFilesFromUrl(base: string, options: UrlPackOptions = {}): PackFiles {
  return async (path) => {
    const url = new URL(path, base);
    const response = await fetchFile(url, options.signal);
    if (!response.ok) throw missing(path, url, `the server answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
}

async function fetchFile(url: URL, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(url, signal ? { signal } : {});
  } catch (error) {
    if (isAbortError(error)) throw error;
    throw missing(url.pathname, url, "the server did not answer", error);
  }
}

function missing(path: string, url: URL, found: string, cause?: unknown): AppError {
  return new AppError(
    "modelpack/missing-file",
    `Expected the model pack's file ${path}, but ${found}; reload the page, or tell whoever hosts it.`,
    { url: url.href },
    { cause },
  );
}
