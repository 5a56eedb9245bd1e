/**
 * Makes the silent film of the README, docs/images/first-journey.webp, from the built page: `npx tsx tools/film/main.ts`. Needs a browser, as
 * the tests do, and nothing else. Look at it before committing it; 4 MB is the limit.
 */
import { writeFile } from "node:fs/promises";
import { chromium, type Page } from "playwright";
import { build, preview } from "vite";
import { chromiumFlags, findChromium } from "../../test/support/find-chromium.ts";
import { animatedWebp } from "./animated-webp.ts";
import { cut, startCamera } from "./camera.ts";
import { type Pointer, showPointer } from "./pointer.ts";

const FILM = new URL("../../docs/images/first-journey.webp", import.meta.url);
const SIZE = { width: 1120, height: 700 };
const CUT = { leastMs: 200, longestMs: 2500, quality: 44 };
const LIMIT_BYTES = 4_000_000;

await build({ logLevel: "warn" });
const server = await preview({ preview: { port: 0, host: "127.0.0.1" }, logLevel: "warn" });
const found = await findChromium();
const browser = await chromium.launch({
  executablePath: found.executablePath,
  args: [...chromiumFlags(), ...found.args],
});
try {
  const page = await browser.newPage({ viewport: SIZE });
  await page.goto(server.resolvedUrls?.local[0] ?? "");
  const pointer = await showPointer(page);
  await page
    .getByRole("status", { name: "Backend" })
    .getByText(/WASM|WebGPU/)
    .waitFor();
  const camera = await startCamera(page);
  await play(page, pointer);
  const steps = await cut(await camera.stop(), CUT);
  const film = animatedWebp(SIZE.width, SIZE.height, steps);
  if (film.length > LIMIT_BYTES) throw new RangeError(`The film has ${film.length} bytes, more than ${LIMIT_BYTES}.`);
  await writeFile(FILM, film);
  process.stderr.write(`${steps.length} pictures, ${film.length} bytes\n`);
} finally {
  await browser.close();
  await server.close();
}

/** Open, analyze, walk the findings, move the threshold; what is not spoken of is folded, so that numbers and findings stand side by side with the slide. */
async function play(page: Page, pointer: Pointer): Promise<void> {
  const title = (name: string) =>
    page.locator("summary").filter({ has: page.getByRole("heading", { name, exact: true }) });
  await page.waitForTimeout(1200);
  await pointer.press(page.getByRole("button", { name: "Demo slide" }));
  const analyze = page.getByRole("button", { name: "Analyze" });
  await analyze.and(page.locator(":enabled")).waitFor();
  await page.getByText("Reading tiles").waitFor({ state: "detached" });
  await page.waitForTimeout(1000);
  await pointer.press(title("Slide"));
  await page.waitForTimeout(400);
  await pointer.press(analyze);
  await page.getByRole("button", { name: "Export CSV" }).and(page.locator(":enabled")).waitFor({ timeout: 120_000 });
  await page.waitForTimeout(800);
  await pointer.press(title("Analysis"));
  await page.waitForTimeout(1500);
  for (let i = 0; i < 2; i++) {
    await pointer.key("n", "N");
    await page.waitForTimeout(1900);
  }
  await pointer.key("7", "7");
  await page.waitForTimeout(1300);
  for (let i = 0; i < 8; i++) {
    await pointer.key("t", "T");
    await page.waitForTimeout(220);
  }
  await page.waitForTimeout(2200);
}
