import { AppError } from "../../engine/base/errors.ts";

/** What the page's address asks to be opened. */
export type LinkTarget = { readonly kind: "demo" } | { readonly kind: "slide"; readonly href: string };

export interface LinkRules {
  /** Of the page: absolute, with a closing slash. */
  readonly folder: string;
  /** Other origins whose slides this build may open. */
  readonly slideOrigins: readonly string[];
}

/** `?slide=slides/a.svs` or `?demo`; null where the address asks for nothing. Throws `slide/bad-link`. */
export function parseLinkTarget(search: string, rules: LinkRules): LinkTarget | null {
  const parameters = new URLSearchParams(search);
  const path = parameters.get("slide");
  if (path !== null) return { kind: "slide", href: resolveSlideLink(path, rules) };
  return parameters.has("demo") ? { kind: "demo" } : null;
}

/** The address of a linked slide: a path on the page's own origin, or an address on an origin that the build names. Throws `slide/bad-link`. */
export function resolveSlideLink(path: string, { folder, slideOrigins }: LinkRules): string {
  const isAddress = /^\s*[a-z][a-z\d+.-]*:/i.test(path);
  const url = URL.canParse(path, folder) ? new URL(path, folder) : null;
  if (path.trim() === "" || !url) throw badLink("that is no path");
  url.hash = "";
  if (url.username !== "" || url.password !== "") throw badLink("it holds a name or a password");
  const isOwn = url.origin === new URL(folder).origin;
  if (slideOrigins.includes(url.origin) || (isOwn && !isAddress)) return url.href;
  throw badLink(isOwn ? "it is a whole address" : "it leads to another place");
}

function badLink(found: string): AppError {
  return new AppError(
    "slide/bad-link",
    `Expected a path on this page's own host in the link, such as ?slide=slides/a.svs, but ${found}; ask whoever made the link.`,
  );
}
