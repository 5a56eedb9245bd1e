/**
 * A document whose text is kept by people and whose tables are written by the program: what stands between the lines
 * `<!-- table: NAME -->` and `<!-- end of table: NAME -->` is replaced. Throws when the document has no such place.
 */
export function replaceTable(document: string, name: string, table: string): string {
  const [start, end] = [`<!-- table: ${name} -->`, `<!-- end of table: ${name} -->`];
  const from = document.indexOf(start);
  const to = document.indexOf(end);
  if (from < 0 || to < from) {
    throw new Error(
      `Expected the lines "${start}" and "${end}" in the document, found ${from < 0 ? "no first" : "no second"} one.`,
    );
  }
  return `${document.slice(0, from + start.length)}\n${table.trim()}\n${document.slice(to)}`;
}

/** A Markdown table. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}
