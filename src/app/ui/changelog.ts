export interface Release {
  /** "0.1.0 (unreleased)" */
  readonly version: string;
  readonly changes: readonly string[];
}

/** Of a changelog the versions and their entries: `## version`, `- entry`, lines that go on indented. Code marks are left out. */
export function parseChangelog(markdown: string): Release[] {
  const releases: { readonly version: string; readonly changes: string[] }[] = [];
  for (const line of markdown.split(/\r?\n/)) {
    const changes = releases.at(-1)?.changes;
    const text = line.trim().replaceAll("`", "");
    if (line.startsWith("## ")) releases.push({ version: text.slice(3), changes: [] });
    else if (line.startsWith("- ")) changes?.push(text.slice(2));
    else if (text !== "" && changes?.length) changes.push(`${changes.pop()} ${text}`);
  }
  return releases;
}
