import { AppError, isAbortError, isAppError } from "../base/errors.ts";
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
    try {
      const response = await fetch(url, options.signal ? { signal: options.signal } : {});
      if (!response.ok) throw missing(path, url, `the server answered ${response.status}`);
      // Servers of single pages answer with the page itself where a file is missing.
      const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
      if (isPage) throw missing(path, url, "the server answered with a page");
      return new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      if (isAbortError(error) || isAppError(error)) throw error;
      throw missing(path, url, "the server did not answer", error);
    }
  };
}

function missing(path: string, url: URL, found: string, cause?: unknown): AppError {
  return new AppError(
    "modelpack/missing-file",
    `Expected the model pack's file ${path}, but ${found}; reload the page, or tell whoever hosts it.`,
    { url: url.href },
    { cause },
  );
}
