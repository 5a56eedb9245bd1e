import { asList, asNumber, asText, type JsonField, type NumberRange } from "./json-field.ts";

/** A name of letters, digits, `.`, `_` and `-` that does not start with a dot: no `..`, no drive, no scheme, no backslash. */
const SEGMENT = "[A-Za-z0-9_][A-Za-z0-9._-]*";
const OWN_FILE = new RegExp(`^(?:${SEGMENT}/)*${SEGMENT}$`);
const OWN_OR_SIBLING_FILE = new RegExp(`^(?:\\.\\./${SEGMENT}/)?(?:${SEGMENT}/)*${SEGMENT}$`);

/** A file of the pack itself. Throws `modelpack/bad-field` for anything that leads out of it. */
export function asPath(field: JsonField): string {
  return asText(field, { test: OWN_FILE, words: "a file inside the pack" });
}

/** A file of the pack, or `../<sibling>/...`, shared by packs that lie side by side. */
export function asSharedPath(field: JsonField): string {
  return asText(field, { test: OWN_OR_SIBLING_FILE, words: "a file inside the pack or ../<sibling pack>/<file>" });
}

export function asHash(field: JsonField): string {
  return asText(field, { test: /^[0-9a-f]{64}$/, words: "a SHA-256 of 64 lower-case hex digits" });
}

export function asTriple(field: JsonField, range: NumberRange): [number, number, number] {
  const [first, second, third] = asList(field, (item) => asNumber(item, range), { min: 3, max: 3 });
  return [first!, second!, third!];
}
