import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type AxeCore from "axe-core";
import type { Page } from "playwright";

declare global {
  interface Window {
    readonly axe: typeof AxeCore;
  }
}

const SOURCE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** WCAG 2.0 to 2.2, levels A and AA, and what axe's makers advise beyond them. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds against the page as it is now, one line for each place. The slide itself, a canvas, is left out. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(`window.axe ?? (() => { ${SOURCE} })()`);
  return await page.evaluate(async (tags) => {
    const exclude = [[".openseadragon-canvas"]];
    const { violations } = await window.axe.run(
      { exclude },
      { runOnly: tags, resultTypes: ["violations"], rules: { "target-size": { enabled: true } } },
    );
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${help}: ${html.slice(0, 160)} ${any[0]?.message ?? ""}`),
    );
  }, TAGS);
}
