import { AppError } from "../engine/base/errors.ts";
import type { PackEntry } from "./state/packs.ts";

const DEMO_FILE = "synthetic-gbm.tif";

/** Address of a file of this site, wherever the site lies. */
export function siteUrl(path: string): URL {
  return new URL(path, document.baseURI);
}

/** Throws `modelpack/missing-file` with a sentence that names the file. */
async function fetchFile(url: URL): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw notThere(url, "the server did not answer", cause);
  }
  // Some servers answer a missing file with the start page instead of 404.
  const isStartPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
  if (!response.ok || isStartPage)
    throw notThere(url, `the server answered ${isStartPage ? 404 : response.status}`, null);
  return response;
}

function notThere(url: URL, what: string, cause: unknown): AppError {
  const name = url.pathname.split("/").slice(-2).join("/");
  const message = `A file of this site, ${name}, could not be fetched (${what}); reload the page, or ask who hosts it.`;
  return new AppError("modelpack/missing-file", message, { url: url.href }, cause === null ? undefined : { cause });
}

/** The synthetic slide as a file, like one that was dropped. */
export async function fetchDemoSlide(): Promise<File> {
  const response = await fetchFile(siteUrl(`demo/${DEMO_FILE}`));
  return new File([await response.blob()], DEMO_FILE, { type: "image/tiff", lastModified: 0 });
}

/** The shipped packs, the default first. */
export async function fetchPackList(): Promise<readonly PackEntry[]> {
  const list: unknown = await (await fetchFile(siteUrl("models/index.json"))).json();
  return parsePackList(list);
}

/** Throws `modelpack/bad-field` for anything but `{ packs: [{ id, name }, ...] }`. */
export function parsePackList(value: unknown): readonly PackEntry[] {
  const packs: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "packs") : undefined;
  if (!Array.isArray(packs)) throw badList("no list named packs");
  return packs.map((entry: unknown) => {
    const id: unknown = typeof entry === "object" && entry !== null ? Reflect.get(entry, "id") : undefined;
    const name: unknown = typeof entry === "object" && entry !== null ? Reflect.get(entry, "name") : undefined;
    if (typeof id !== "string" || typeof name !== "string") throw badList("an entry without id and name");
    return { id, name };
  });
}

function badList(found: string): AppError {
  return new AppError("modelpack/bad-field", `models/index.json should list the shipped models, but holds ${found}.`);
}
