import { analyze, finishRun, keep, openDemo, openPage, pointAt, type Studio, untilPercent, zoomOut } from "./studio.ts";

/** The first journey: a slide opens, is analyzed, and its findings are walked through. */
export async function takeJourney(studio: Studio): Promise<void> {
  const page = await openPage(studio, {
    prepare: (fresh) =>
      fresh.route("**/demo/*.tif", async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 2500));
        await route.continue();
      }),
  });
  await page.getByRole("button", { name: "Demo slide" }).click();
  await page.locator(".opening-note").waitFor();
  await keep(page, "opening", undefined, true);
  await openDemo(page);
  await zoomOut(page, 2);
  await keep(page, "demo-before");
  await analyze(page);
  await untilPercent(page, 50);
  await keep(page, "demo-during", undefined, true);
  await finishRun(page);
  await page.keyboard.press("7");
  await pointAt(page, 640, 420);
  await keep(page, "demo-after");
  for (let i = 0; i < 2; i++) {
    await page.keyboard.press("n");
    await page.waitForTimeout(1200);
  }
  await keep(page, "finding", { x: 560, y: 0, width: 720, height: 800 });
  await page.context().close();
}
