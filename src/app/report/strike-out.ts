const STRUCK = "[…]";
/** Parts of a name from here on are struck out by themselves, characters. */
const SHORTEST_PART = 2;

/**
 * A message of a failure without anything that came from a file: names that are known, whole and in their parts; what stands in
 * quotation marks; paths, addresses and names of files; and all after "found", where messages quote what they read. Takes away too
 * much rather than too little.
 */
export function struckOut(message: string, names: readonly string[]): string {
  let text = plain(message);
  const known = names.map(plain).filter((name) => name.length >= SHORTEST_PART);
  for (const part of byLength([...known, ...known.flatMap(partsOf)])) text = text.replace(patternOf(part), STRUCK);
  return text
    .replace(/"[^"]*"?|“[^”]*”?|„[^“]*“?|`[^`]*`?|(?<![\p{L}\p{N}])'[^']*'?/gu, STRUCK)
    .replace(/\bfound (?!none\b|nothing\b|no\b).*/isu, `found ${STRUCK}`)
    .replace(/\S*[\\/@]\S*/gu, STRUCK)
    .replace(/\S+\.\p{L}[\p{L}\p{N}]{1,7}(?![\p{L}\p{N}])/gu, STRUCK)
    .replace(/(?:\[…\]\s*)+/gu, `${STRUCK} `)
    .trim();
}

/** As `AppError` writes a name into its message; letters with marks in one form. */
function plain(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\p{Cc}+/gu, " ")
    .trim();
}

/** "Miller", "Jane" and "S12" of "Miller, Jane_S12.svs". */
function partsOf(name: string): string[] {
  return name.split(/[^\p{L}\p{N}]+/u).filter((part) => part.length >= SHORTEST_PART);
}

function byLength(parts: readonly string[]): string[] {
  return [...new Set(parts)].sort((a, b) => b.length - a.length);
}

/** A whole name anywhere; within a longer word only one that can be nothing else. */
function patternOf(part: string): RegExp {
  const escaped = part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return part.length > 3
    ? new RegExp(escaped, "giu")
    : new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "giu");
}
