import { letter } from "./made-slides.ts";
import { analyze, finishRun, keep, openDemo, openFile, openPage, type Studio, zoomOut } from "./studio.ts";

/** What a first visit shows: nothing open, and what can be asked of the page then. */
export async function takeFirstLook(studio: Studio): Promise<void> {
  const page = await openPage(studio);
  await keep(page, "empty");
  await page.getByRole("button", { name: "Show me around" }).click();
  await page.locator(".tour").waitFor();
  await keep(page, "tour");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Keyboard keys" }).click();
  await page.getByLabel("Search the keys").fill("map");
  await keep(page, "keys-search");
  await page.getByLabel("Search the keys").fill("");
  await keep(page, "keys");
  await page.getByRole("dialog", { name: "Keys" }).getByRole("button", { name: "What is new" }).click();
  await page.locator(".changes").waitFor();
  await keep(page, "changelog");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Requests" }).click();
  await keep(page, "requests");
  await page.getByRole("button", { name: "Test it yourself" }).click();
  await page.locator(".proof").waitFor();
  await keep(page, "test-yourself");
  await page.keyboard.press("Escape");
  await openFile(page, letter());
  await page.getByRole("alert").waitFor();
  await page.locator(".alert summary").click();
  await keep(page, "error");
  await page.context().close();
}

/** The page for eyes that need contrast, in German, and on a telephone. */
export async function takeEverybody(studio: Studio): Promise<void> {
  const page = await openPage(studio);
  await openDemo(page);
  await analyze(page);
  await finishRun(page);
  await zoomOut(page, 2);
  await page.getByRole("button", { name: "High contrast" }).click();
  await keep(page, "contrast");
  await page.getByRole("button", { name: "High contrast" }).click();
  await page.getByLabel("Language").selectOption("de");
  await page.getByRole("button", { name: "Schnitt öffnen" }).waitFor();
  await keep(page, "german");
  await page.context().close();

  const narrow = await openPage(studio, { size: "narrow" });
  await keep(narrow, "narrow-empty");
  await openDemo(narrow);
  await analyze(narrow);
  await finishRun(narrow);
  await narrow.getByRole("status", { name: "Necrosis" }).scrollIntoViewIfNeeded();
  await keep(narrow, "narrow");
  await narrow.context().close();
}
