import { siteUrl } from "../site-files.ts";

/** The start page's name in a release; the browser knows it by the address of its folder. */
const START_PAGE = "index.html";

/**
 * Reads files of the site as this browser has them: from the offline copy, else, of those that the page has fetched, from the browser's
 * cache. What it never fetched is not fetched for this either. `fetched`: paths from the page's folder.
 */
export function filesHere(fetched: ReadonlySet<string>): (path: string) => Promise<Uint8Array<ArrayBuffer> | null> {
  return async (path) => {
    const url = siteUrl(path === START_PAGE ? "./" : path);
    const response = (await fromOfflineCopy(siteUrl(path))) ?? (await fromOfflineCopy(url));
    if (response) return new Uint8Array(await response.arrayBuffer());
    if (path !== START_PAGE && !fetched.has(path)) return null;
    const cached = await fetch(url, { cache: "force-cache" }).catch(() => null);
    return cached?.ok ? new Uint8Array(await cached.arrayBuffer()) : null;
  };
}

/** Pages over plain http have no such storage. */
async function fromOfflineCopy(url: URL): Promise<Response | null> {
  if (!("caches" in globalThis)) return null;
  const found = await caches.match(url, { ignoreSearch: true }).catch(() => undefined);
  return found ?? null;
}
