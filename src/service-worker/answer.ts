import type { PrecacheFile } from "./protocol.ts";

/** What a request is judged by. */
export interface AskedFor {
  readonly method: string;
  readonly url: string;
  readonly mode: RequestMode;
  readonly headers: Headers;
}

const START_PAGE = "index.html";

/**
 * The file of this version that answers a request; null for all that goes to the network untouched: other methods, other
 * origins and folders, parts of files (`Range`), files that are not of the page. The page itself answers at its folder's
 * address, whatever follows the question mark.
 */
export function fileFor(
  request: AskedFor,
  scope: string,
  files: ReadonlyMap<string, PrecacheFile>,
): PrecacheFile | null {
  if (request.method !== "GET" || request.headers.has("Range")) return null;
  const url = new URL(request.url);
  const folder = new URL(scope);
  if (url.origin !== folder.origin || !url.pathname.startsWith(folder.pathname)) return null;
  const path = decodePath(url.pathname.slice(folder.pathname.length));
  if (path === "" || path === START_PAGE) return request.mode === "navigate" ? (files.get(START_PAGE) ?? null) : null;
  return url.search === "" && path !== null ? (files.get(path) ?? null) : null;
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
