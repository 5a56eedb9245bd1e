import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { finishRun, launchBrowser, type OpenedPage, openPage, partsOf } from "./open-page.ts";

/** One page all the way without a mouse: the steps build on one another. */
describe("with the keyboard alone", () => {
  let browser: Browser;
  let opened: OpenedPage;

  beforeAll(async () => {
    browser = await launchBrowser();
    opened = await openPage(browser);
  });
  afterAll(() => browser.close());

  it("a slide is opened by Tab and Enter, and the keyboard goes to the stage when the first page is gone", async () => {
    const { page } = opened;
    await partsOf(page).demoSlide.waitFor();
    await tabTo(page, "Demo slide");
    await page.keyboard.press("Enter");
    await partsOf(page).analyze.and(page.locator(":enabled")).waitFor();
    await expectFocus(page, /^MAIN|openseadragon-canvas/);
  });

  it("it is analyzed from its button, which has the keyboard again when the run is done", async () => {
    const { page } = opened;
    await tabTo(page, "Analyze");
    await page.keyboard.press("Enter");
    await expectFocus(page, /Cancel/);
    await finishRun(page);
    await expectFocus(page, /Analyze/);
  });

  it("the threshold is moved by arrows and the numbers follow", async () => {
    const { page } = opened;
    const { threshold, necrosis } = partsOf(page);
    const [before, words] = [Number(await threshold.inputValue()), await necrosis.textContent()];
    await tabTo(page, "Threshold");
    for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
    expect(Number(await threshold.inputValue())).toBeGreaterThan(before);
    await expect.poll(() => necrosis.textContent()).not.toBe(words);
  });

  it("a panel that closes gives the keyboard back, whether by Esc or by its own button", async () => {
    const { page } = opened;
    const ways: readonly (() => Promise<void>)[] = [
      () => page.keyboard.press("Escape"),
      async () => {
        await tabTo(page, "Close");
        await page.keyboard.press("Enter");
      },
    ];
    for (const close of ways) {
      await tabTo(page, "Requests");
      await page.keyboard.press("Enter");
      await page.getByRole("dialog", { name: "Requests since load" }).waitFor();
      await close();
      await expectFocus(page, /Requests/);
      await page.keyboard.press("Enter");
      await tabTo(page, "Test it yourself");
      await page.keyboard.press("Enter");
      await page.getByRole("dialog", { name: "Test it yourself" }).waitFor();
      await expectFocus(page, /Test/);
      await close();
      await expectFocus(page, /Requests/);
      await page.keyboard.press("?");
      await tabTo(page, "What is new");
      await page.keyboard.press("Enter");
      await page.getByRole("dialog", { name: "What is new" }).waitFor();
      await expectFocus(page, /Close/);
      await close();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await expectFocus(page, /Requests/);
    }
  });

  it("the side panel closes with the keyboard in it, and the keyboard is on the page still", async () => {
    const { page } = opened;
    await tabTo(page, "Analyze");
    await page.keyboard.press("d");
    await expectFocus(page, /Requests|MAIN|openseadragon-canvas/);
    await page.keyboard.press("d");
  });

  it("the table of findings is saved as CSV", async () => {
    const { page } = opened;
    await page.keyboard.press("e");
    await expectFocus(page, /^SUMMARY.* Export/);
    await tabTo(page, "Export CSV");
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    await expectFocus(page, /Export CSV/);
    expect(opened.complaints).toEqual([]);
  });
});

const MOST_STOPS = 150;

/** Goes on with Tab until a control of that name has the keyboard; each one on the way must show that it has it. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < MOST_STOPS; i++) {
    await page.keyboard.press("Tab");
    const { words, isOutside, isShown } = await focused(page);
    if (!isOutside) expect(isShown, `${words} shows that it has the keyboard`).toBe(true);
    if (words.includes(` ${name}`)) return;
  }
  throw new Error(`Tab does not come to "${name}".`);
}

async function expectFocus(page: Page, words: RegExp): Promise<void> {
  await expect.poll(async () => (await focused(page)).words, { timeout: 10_000 }).toMatch(words);
}

interface Focused {
  /** Element, class and name. */
  readonly words: string;
  /** Past the last control, where the browser's own begin. */
  readonly isOutside: boolean;
  /** By an outline or a shadow of its own or of what stands for it. */
  readonly isShown: boolean;
}

function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const label = element.id ? document.querySelector(`label[for="${element.id}"]`)?.textContent : null;
    const name = element.getAttribute("aria-label") ?? label ?? element.closest("label")?.textContent;
    const looks = [element, element.parentElement, element.closest("label")].flatMap((one) =>
      one ? [getComputedStyle(one), getComputedStyle(one, "::-webkit-slider-thumb")] : [],
    );
    return {
      words: `${element.tagName} ${element.className} ${(name ?? element.textContent ?? "").trim()}`,
      isOutside: element === document.body,
      isShown:
        element.matches(":focus-visible") &&
        looks.some(({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && outlineWidth !== "0px"),
    };
  });
}
