import type { Page } from "playwright";
import { seededRandom } from "../../src/engine/base/random.ts";
import type { MemoryWatch } from "./memory.ts";

/** Where the slide is on a page of 1280 x 860, clear of dock and navigator. */
const STAGE = { left: 260, top: 90, width: 620, height: 560 };

/** Keys of the magnifications and of fitting. */
const KEYS = ["1", "3", "5", "6", "7"] as const;

const SAMPLES = 30;
/** A sample collects garbage, which takes longer than a gesture. */
const GESTURES_PER_SAMPLE = 8;

/** Pans and zooms as a reader does: mostly drags and the wheel, now and then a magnification by key. */
export async function lookAround(page: Page, gestures: number, watch: MemoryWatch): Promise<void> {
  const random = seededRandom(20);
  const place = () => ({ x: STAGE.left + random() * STAGE.width, y: STAGE.top + random() * STAGE.height });
  const every = Math.max(GESTURES_PER_SAMPLE, Math.floor(gestures / SAMPLES));
  for (let gesture = 1; gesture <= gestures; gesture++) {
    const { x, y } = place();
    const what = random();
    await page.mouse.move(x, y);
    if (what < 0.5) await drag(page, place());
    else if (what < 0.95) await page.mouse.wheel(0, random() < 0.5 ? -360 : 360);
    else await page.keyboard.press(KEYS[Math.floor(random() * KEYS.length)] ?? "1");
    // Not every gesture waits for its tiles: a reader's do not either.
    await page.waitForTimeout(random() < 0.2 ? 250 : 40);
    if (gesture % every === 0) {
      await settle(page);
      await watch.sample(gesture);
    }
  }
}

async function drag(page: Page, to: { readonly x: number; readonly y: number }): Promise<void> {
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

/** Until every tile of the view is there. */
export async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(150);
  await page.getByText("Reading tiles").waitFor({ state: "detached" });
}
