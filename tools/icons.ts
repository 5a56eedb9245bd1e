import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright";
import { findChromium } from "../test/support/find-chromium.ts";

/**
 * Draws the icons that an installed page is shown with from `public/icon.svg`: `node --import tsx tools/icons.ts`.
 * `any` keeps the ground clear; `maskable` fills it and keeps the mark within the inner 80 % that every mask leaves.
 */
const PUBLIC = new URL("../public/", import.meta.url).pathname;
const GROUND = "#18191b";
const ICONS = [
  { file: "icons/icon-192.png", side: 192, share: 1, ground: "transparent" },
  { file: "icons/icon-512.png", side: 512, share: 1, ground: "transparent" },
  { file: "icons/maskable-512.png", side: 512, share: 0.66, ground: GROUND },
  { file: "icons/apple-touch-180.png", side: 180, share: 0.78, ground: GROUND },
] as const;

const mark = await readFile(join(PUBLIC, "icon.svg"), "utf8");
const found = await findChromium();
const browser = await chromium.launch({ executablePath: found.executablePath, args: ["--no-sandbox", ...found.args] });
try {
  for (const { file, side, share, ground } of ICONS) {
    const page = await browser.newPage({ viewport: { width: side, height: side } });
    const width = Math.round(side * share);
    await page.setContent(
      `<style>html{background:${ground}}body{margin:0;height:100vh;display:grid;place-items:center}svg{width:${width}px}</style>${mark}`,
    );
    await writeFile(join(PUBLIC, file), await page.screenshot({ omitBackground: true }));
    await page.close();
  }
} finally {
  await browser.close();
}
