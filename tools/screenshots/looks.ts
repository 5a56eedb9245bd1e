import type { Page } from "playwright";
import { analyze, finishRun, keep, openDemo, openPage, pointAt, type Studio } from "./studio.ts";

/** A piece of the stage about the large necrosis of the demo slide. */
const STAGE = { x: 0, y: 44, width: 640, height: 420 } as const;
const SPOT = { x: 300, y: 300 } as const;

/** The ways to look at a slide and its map. */
export async function takeLooks(studio: Studio): Promise<void> {
  const page = await openPage(studio);
  await openDemo(page);
  await analyze(page);
  await finishRun(page);
  const help = page.locator(".dock .field").filter({ hasText: "Threshold" }).getByRole("button", { name: "Help" });
  await help.click();
  await keep(page, "help", { x: 920, y: 300, width: 360, height: 460 });
  await page.keyboard.press("Escape");
  const look = page.locator("#map-look");
  await look.selectOption("contours");
  await keep(page, "map-contours", STAGE);
  await look.selectOption("hatching");
  await keep(page, "map-hatching", STAGE);
  await look.selectOption("colour");
  await page.keyboard.press("v");
  await page.locator(".stage-twin canvas").waitFor();
  await keep(page, "side-by-side");
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  await pointAt(page, SPOT.x, SPOT.y);
  await keep(page, "spyglass", { ...STAGE, width: 948 });
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await page.keyboard.press("x");
  await keep(page, "turned", { x: 0, y: 360, width: 640, height: 440 });
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+R");
  await measure(page);
  await page.context().close();
}

async function measure(page: Page): Promise<void> {
  await page.keyboard.press("7");
  await page.waitForTimeout(900);
  await page.keyboard.press("m");
  await page.getByRole("group", { name: "Measuring" }).waitFor();
  for (const [x, y] of [
    [330, 250],
    [520, 330],
    [520, 330],
  ] as const) {
    await page.mouse.click(x, y);
    await page.waitForTimeout(500);
  }
  await page.keyboard.press("m");
  for (const [x, y] of [
    [200, 420],
    [330, 400],
    [360, 520],
    [240, 560],
  ] as const) {
    await page.mouse.click(x, y);
    await page.waitForTimeout(500);
  }
  await keep(page, "measuring", { x: 60, y: 44, width: 640, height: 560 });
}
