import { encode } from "fast-png";
import { unzipSync } from "fflate";
import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../src/engine/base/random.ts";
import type { MadeFile } from "./made-files.ts";
import { downloadOf, finishRun, launchBrowser, type OpenedPage, openPage, partsOf } from "./open-page.ts";
import { readPdf } from "./read-pdf.ts";

/** A picture of the wrong kind, yet with tissue in it: grey and on bright ground, as an inverted fluorescence image is printed. */
describe("a picture that is no stained section", () => {
  let browser: Browser;
  let opened: OpenedPage;

  beforeAll(async () => {
    browser = await launchBrowser();
    opened = await openPage(browser);
    await opened.page.evaluate(() => {
      window.print = () => document.body.setAttribute("data-printed", "yes");
    });
  });
  afterAll(() => browser.close());

  it("gets a red light once its pixel size is typed", async () => {
    const { page } = opened;
    await partsOf(page).file.setInputFiles(invertedPng());
    await partsOf(page).pixelSize.fill("10");
    await partsOf(page).pixelSize.press("Enter");
    await page.locator(".light-tag").getByText("red: doubtful").waitFor();
  });

  it("is not analyzed at once: the page asks, with its reasons, and can be told to leave it", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    await parts.analyze.and(page.locator(":enabled")).click();
    const question = page.locator(".trust-question");
    await question.getByText("The slide is unlike what the model was trained on").waitFor();
    expect(await question.getByRole("listitem").count()).toBeGreaterThanOrEqual(1);
    expect(await question.getByRole("listitem").first().textContent()).toMatch(/^Stain: .{20,}/);
    expect(await parts.cancel.count()).toBe(0);
    await question.getByRole("button", { name: "Leave it" }).click();
    await question.waitFor({ state: "detached" });
    expect(await page.getByText("No map yet.").count()).toBe(1);
  });

  it("runs once that is decided, by the keyboard, which is not lost", async () => {
    const { page } = opened;
    await partsOf(page).analyze.press("Enter");
    await page.locator(".trust-question").waitFor();
    const decide = page.getByRole("button", { name: "Analyze all the same" });
    await decide.press("Enter");
    await finishRun(page);
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Analyze");
    await page.getByText("Analyzed all the same, after the reasons were shown.").waitFor();
  });

  it("hands out nothing that does not say that the warning was overruled", async () => {
    const { page } = opened;
    const table = (await downloadOf(page, "Export CSV")).bytes.toString("utf8").split("\r\n");
    expect(table[0]?.split(",")).toContain("trust_overruled");
    expect(table[1]).toMatch(/,red,.*red: .*,yes,/);
    const outlines = (await downloadOf(page, "Export GeoJSON")).bytes.toString("utf8");
    expect(outlines).toMatch(/overruled":\s*true|all the same/i);
    const confidence = (await downloadOf(page, "Export confidence")).bytes.toString("latin1");
    expect(confidence).toMatch(/overruled":\s*true|all the same/i);
    await page.locator(".export-figure > summary").click();
    await page.getByLabel("Format").selectOption("svg");
    const figure = (await downloadOf(page, "Export image")).bytes.toString("utf8");
    expect(figure).toMatch(/trust: red, analyzed all the same/);
    const result = unzipSync((await downloadOf(page, "Result file")).bytes);
    expect(Buffer.from(result["result.json"] ?? []).toString("utf8")).toMatch(/"isOverruled":\s*true/);
    await page.keyboard.press("Control+p");
    await page.locator("body[data-printed]").waitFor();
    const { text } = await readPdf(await page.pdf({ format: "A4" }));
    expect(text).toContain("Trust: red: doubtful");
    expect(text).toContain("Analyzed all the same, after these reasons were seen.");
    expect(opened.complaints).toEqual([]);
  });
});

function invertedPng(): MadeFile {
  const [width, height] = [400, 300];
  const random = seededRandom(11);
  const data = new Uint8Array(width * height * 3).fill(240);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (Math.hypot((x - 200) / 170, (y - 150) / 120) >= 1) continue;
      const isNucleus = random() < 0.25;
      const grain = Math.floor(random() * 24);
      data.fill(isNucleus ? 90 + grain : 180 - grain, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
  const bytes = encode({ width, height, data, channels: 3, depth: 8 });
  return { name: "inverted.png", mimeType: "image/png", buffer: Buffer.from(bytes) };
}
