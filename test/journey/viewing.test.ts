import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import type { Browser, BrowserContext, CDPSession, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeTiff } from "../../src/engine/slide/tiff/write-tiff.ts";
import { tissuePng } from "./made-files.ts";
import { finishRun, launchBrowser, openPage, partsOf } from "./open-page.ts";

let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: readonly string[];
let folder: string;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-viewing-"));
  ({ page, context, complaints } = await openPage(browser));
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await context.close();
  await rm(folder, { recursive: true });
});

/** A slide of 1,600 x 1,200 pixels of tissue. */
async function openSlide(name: string, mppX: number, mppY = mppX): Promise<void> {
  const { data } = decode(tissuePng("", 1600, 1200).buffer);
  const pixels = { kind: "rgb8", data: Uint8Array.from(data) } as const;
  const path = join(folder, name);
  await writeFile(path, writeTiff([{ width: 1600, height: 1200, pixels, mppX, mppY, levels: [] }]));
  await partsOf(page).file.setInputFiles(path);
  await page.locator(".bar-name", { hasText: name }).waitFor();
  await rest();
}

/** Until the slide has come to rest. */
async function rest(): Promise<void> {
  await page.getByText("Reading tiles").waitFor({ state: "hidden" });
  const reading = () => page.locator(".status-scale").innerHTML();
  for (let before = ""; before !== (await reading()); ) {
    before = await reading();
    await page.waitForTimeout(250);
  }
}

/** CSS pixels of the page from the middle of the stage. */
async function fromMiddle(dx: number, dy: number): Promise<readonly [number, number]> {
  const stage = await page.locator("main").boundingBox();
  if (!stage) throw new Error("The stage has no place on the page.");
  return [stage.x + stage.width / 2 + dx, stage.y + stage.height / 2 + dy];
}

async function clickAt(dx: number, dy: number): Promise<void> {
  const [x, y] = await fromMiddle(dx, dy);
  await page.mouse.move(x - 5, y - 5);
  await page.mouse.move(x, y);
  await page.mouse.click(x, y);
}

/** "250 µm", "1.2 mm" in micrometres, or pixels. */
function inUm(text: string): number {
  const [, number = "", unit] = /([\d.,]+) (µm|mm|px)/.exec(text) ?? [];
  return Number(number.replaceAll(",", "")) * (unit === "mm" ? 1000 : 1);
}

async function umPerScreenPixel(): Promise<number> {
  const width = (await page.locator(".scale-bar").boundingBox())?.width ?? Number.NaN;
  return inUm((await page.locator(".scale-length").textContent()) ?? "") / width;
}

const magnification = () => page.locator(".status-magnification").textContent();
const view = () => page.getByRole("status", { name: "View", exact: true });
const measured = (i: number) => page.getByRole("list", { name: "Measurements" }).getByRole("listitem").nth(i);

/** Ends a shape and leaves no double click behind. */
async function endShape(): Promise<void> {
  await page.getByRole("button", { name: "End shape" }).click();
}

describe("scale and magnification", () => {
  it("hold across the screen at every angle of a slide whose pixels are not square", async () => {
    await openSlide("tall.tif", 2, 1);
    await page.keyboard.press("4");
    await page.getByRole("button", { name: "Magnification and angle" }).click();
    // Micrometres that 200 pixels of the screen span downwards where across they span 200.
    for (const [angle, down] of [
      [0, 100],
      [90, 400],
      [45, 200],
    ] as const) {
      await page.getByLabel("Angle (°)").fill(String(angle));
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "10x", exact: true }).click();
      await rest();
      expect(await magnification()).toBe("10x");
      // 10x is one micrometre for a pixel of the screen, and the bar is drawn to a hundredth of a pixel.
      expect(await umPerScreenPixel()).toBeCloseTo(1, 2);
      await page.getByRole("button", { name: "Measure a length" }).click();
      await clickAt(-100, 40);
      await clickAt(100, 40);
      await endShape();
      expect(inUm((await measured(0).textContent()) ?? "")).toBeCloseTo(200, -1);
      await clickAt(20, -100);
      await clickAt(20, 100);
      await endShape();
      expect(inUm((await measured(1).textContent()) ?? "")).toBeGreaterThan(down * 0.98);
      expect(inUm((await measured(1).textContent()) ?? "")).toBeLessThan(down * 1.02);
      await page.getByRole("button", { name: "Delete all" }).click();
      await page.keyboard.press("Escape");
    }
  });

  it("are on keys 1 to 7 and on buttons, turned and with an assumed pixel size, which is marked", async () => {
    await partsOf(page).file.setInputFiles(tissuePng("picture.png", 1600, 1200));
    await partsOf(page).pixelSize.fill("1");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Zoom in" }).focus();
    await page.keyboard.press("r");
    for (const [key, expected] of [
      ["1", "1x"],
      ["2", "2x"],
      ["3", "5x"],
      ["4", "10x"],
      ["5", "20x"],
      ["6", "40x"],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(magnification, { timeout: 10_000 }).toBe(expected);
    }
    expect(await page.locator(".status-scale").textContent()).toContain("assumed");
    await page.keyboard.press("7");
    await expect.poll(magnification).not.toBe("40x");
    await page.getByRole("button", { name: "Magnification and angle" }).click();
    const five = page.getByRole("region", { name: "Stage tools" }).getByRole("button", { name: "5x", exact: true });
    await five.click();
    await expect.poll(() => five.getAttribute("aria-pressed")).toBe("true");
    await page.keyboard.press("Escape");
    expect(await five.count()).toBe(0);
  });
});

describe("turning, mirroring and the full screen", () => {
  it("are on keys and on buttons that say how they stand, and begin anew with another slide", async () => {
    await openSlide("a.tif", 1);
    const mirror = page.getByRole("button", { name: "Mirror" });
    await page.keyboard.press("r");
    await expect.poll(() => view().textContent()).toContain("turned by 90°");
    await page.keyboard.press("Shift+R");
    await page.keyboard.press("Shift+R");
    await expect.poll(() => view().textContent()).toContain("turned by 270°");
    await page.keyboard.press("x");
    await expect.poll(() => mirror.getAttribute("aria-pressed")).toBe("true");
    await expect.poll(() => view().textContent()).toContain("mirrored");
    await page.getByRole("button", { name: "Turn by 90°" }).click();
    await expect.poll(() => view().textContent()).toContain("turned by 180°");
    await openSlide("b.tif", 1);
    expect(await mirror.getAttribute("aria-pressed")).toBe("false");
    await expect.poll(() => view().textContent()).not.toMatch(/turned|mirrored/);
  });

  it("fills the screen and comes back", async () => {
    await openSlide("a.tif", 1);
    const full = page.getByRole("button", { name: "Full screen" });
    await full.click();
    await expect.poll(() => full.getAttribute("aria-pressed")).toBe("true");
    expect(await page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
    await page.keyboard.press("f");
    await expect.poll(() => full.getAttribute("aria-pressed")).toBe("false");
  });
});

describe("measuring", () => {
  it("takes an area with the mouse on a turned, mirrored slide, keeps it at every zoom, and gives it back", async () => {
    await openSlide("a.tif", 0.5);
    await page.keyboard.press("4");
    await page.keyboard.press("r");
    await page.keyboard.press("x");
    await rest();
    await page.keyboard.press("m");
    await page.keyboard.press("m");
    for (const [dx, dy] of [
      [-100, -50],
      [100, -50],
      [100, 50],
      [-100, 50],
    ] as const) {
      await clickAt(dx, dy);
      // Two clicks in a row on different places must not be one double click.
      await page.waitForTimeout(50);
    }
    await clickAt(-100, -50);
    // 200 x 100 pixels of the screen at 10x are as many micrometres.
    await expect.poll(() => measured(0).textContent()).toMatch(/Area\s*0\.0\d+ mm², perimeter \d+ µm/);
    const text = (await measured(0).textContent()) ?? "";
    expect(Number(/([\d.]+) mm²/.exec(text)?.[1])).toBeCloseTo(0.02, 3);
    expect(Number(/perimeter (\d+)/.exec(text)?.[1])).toBeGreaterThan(595);
    expect(Number(/perimeter (\d+)/.exec(text)?.[1])).toBeLessThan(605);
    await page.keyboard.press("1");
    await rest();
    expect(await measured(0).textContent()).toBe(text);
    await page.getByRole("button", { name: "Delete measurement 1" }).click();
    expect(await measured(0).count()).toBe(0);
    await page.keyboard.press("Control+z");
    expect(await measured(0).textContent()).toBe(text);
    await page.keyboard.press("Control+z");
    expect(await page.getByRole("status", { name: "Measured so far" }).textContent()).toContain("4 points");
    await page.keyboard.press("Control+Shift+z");
    expect(await measured(0).count()).toBe(1);
    await page.keyboard.press("Escape");
    expect(await page.getByRole("status", { name: "Measured so far" }).count()).toBe(0);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy measurements" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^No\.\tkind.+\n1\tarea\t\d+/);
  });

  it("goes without a mouse: arrows move the slide under the cross-hair, Enter sets points and ends", async () => {
    await openSlide("a.tif", 1);
    await page.keyboard.press("4");
    await rest();
    await page.keyboard.press("m");
    await page.keyboard.press("Enter");
    for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
    // A hand is slower than a frame, a test is not.
    await page.locator(".status-position", { hasText: "x 1,000" }).waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(() => view().textContent()).toMatch(/x [\d,]+, y [\d,]+/);
    await page.keyboard.press("Enter");
    await expect.poll(() => measured(0).textContent()).toMatch(/Length\s*200 µm/);
    await page.keyboard.press("Escape");
  });

  it("draws with a pen, and marks what rests on no pixel size or an assumed one", async () => {
    await partsOf(page).file.setInputFiles(tissuePng("picture.png", 1600, 1200));
    await partsOf(page).pixelSize.waitFor();
    await rest();
    const session = await context.newCDPSession(page);
    await page.getByRole("button", { name: "Measure a length" }).click();
    const pen = (type: "mousePressed" | "mouseMoved" | "mouseReleased", x: number, y: number) =>
      session.send("Input.dispatchMouseEvent", {
        type,
        x,
        y,
        button: "left",
        buttons: type === "mouseReleased" ? 0 : 1,
        clickCount: 1,
        pointerType: "pen",
      });
    const [x, y] = await fromMiddle(-100, 0);
    await pen("mousePressed", x, y);
    for (let step = 1; step <= 20; step++) await pen("mouseMoved", x + step * 10, y);
    await pen("mouseReleased", x + 200, y);
    const drawn = await page.getByRole("status", { name: "Measured so far" }).textContent();
    expect(drawn).toMatch(/^\d+ points: [\d,]+ px$/);
    await endShape();
    expect(inUm((await measured(0).textContent()) ?? "") / (await umPerScreenPixel())).toBeGreaterThan(170);
    expect(inUm((await measured(0).textContent()) ?? "") / (await umPerScreenPixel())).toBeLessThan(205);
    await page.keyboard.press("Escape");
    await partsOf(page).pixelSize.fill("0.5");
    await page.keyboard.press("Enter");
    await expect.poll(() => measured(0).textContent()).toMatch(/µm assumed/);
  });
});

describe("what was looked at", () => {
  it("is tinted in the small slide and told in percent, of the tissue once that is known, until it is forgotten", async () => {
    await openSlide("a.tif", 10);
    await page.getByText("Nothing seen at 10x or more yet").waitFor();
    const tinted = () =>
      page.locator(".navigator-layer").evaluate((canvas: HTMLCanvasElement) => {
        const data = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        return data.filter((value, i) => i % 4 === 3 && value > 0).length;
      });
    expect(await tinted()).toBe(0);
    await page.keyboard.press("4");
    await page.getByText(/of the slide seen at 10x or more/).waitFor();
    await expect.poll(tinted).toBeGreaterThan(0);
    expect(await page.locator(".navigator").getAttribute("title")).toMatch(/of the slide seen at 10x or more/);
    await partsOf(page).analyze.click();
    await finishRun(page);
    await page.getByText(/of the tissue seen at 10x or more/).waitFor();
    await page.keyboard.press("7");
    await rest();
    await page.getByRole("button", { name: "Forget", exact: true }).click();
    await page.getByText("Nothing seen at 10x or more yet").waitFor();
    expect(await tinted()).toBe(0);
  });
});

describe("under fingers", () => {
  let session: CDPSession;
  type Finger = readonly [x: number, y: number];

  beforeEach(async () => {
    session = await context.newCDPSession(page);
    await session.send("Emulation.setTouchEmulationEnabled", { enabled: true, maxTouchPoints: 5 });
    await openSlide("a.tif", 1);
    await page.keyboard.press("3");
    await rest();
  });

  async function touch(...steps: readonly (readonly Finger[])[]): Promise<void> {
    for (const [i, fingers] of steps.entries()) {
      const touchPoints = fingers.map(([x, y], id) => ({ x, y, id }));
      await session.send("Input.dispatchTouchEvent", { type: i === 0 ? "touchStart" : "touchMove", touchPoints });
      await page.waitForTimeout(20);
    }
    await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }

  /** A tap that no other one follows at once. */
  async function tap(x: number, y: number): Promise<void> {
    await touch([[x, y]]);
    await page.waitForTimeout(500);
  }

  const power = async () => Number.parseFloat((await magnification()) ?? "");
  /** Of the place that was tapped last. */
  const place = async () => {
    const text = (await page.locator(".status-position").textContent()) ?? "";
    const [, x = "", y = ""] = /x ([\d,]+)y ([\d,]+)/.exec(text) ?? [];
    return [x, y].map((number) => Number(number.replaceAll(",", "")));
  };

  it("two zoom, one moves, a double tap looks closer, and a tap shows what lies there", async () => {
    const [x, y] = await fromMiddle(0, 0);
    const before = await power();
    await touch(
      [
        [x - 50, y],
        [x + 50, y],
      ],
      [
        [x - 75, y],
        [x + 75, y],
      ],
      [
        [x - 100, y],
        [x + 100, y],
      ],
    );
    await rest();
    expect(await power()).toBeGreaterThan(before * 1.5);
    await tap(x, y);
    const [x0 = 0, y0 = 0] = await place();
    await touch([[x, y]], [[x + 40, y]], [[x + 80, y]], [[x + 120, y + 60]]);
    await rest();
    // What was tapped stays the place that is read.
    expect(await place()).toEqual([x0, y0]);
    await tap(x, y);
    const [movedX = 0, movedY = 0] = await place();
    expect(x0 - movedX).toBeGreaterThan(40);
    expect(y0 - movedY).toBeGreaterThan(10);
    const closer = await power();
    await touch([[x, y]]);
    await touch([[x, y]]);
    await rest();
    expect(await power()).toBeGreaterThan(closer * 1.5);
  });

  it("taps set points while the slide can still be moved and zoomed", async () => {
    await page.getByRole("button", { name: "Measure a length" }).click();
    const [x, y] = await fromMiddle(-50, 0);
    await touch([[x, y]]);
    await touch([[x, y + 100]], [[x + 40, y + 100]], [[x + 60, y + 100]]);
    await rest();
    await touch([[x + 100, y]]);
    await expect.poll(() => page.getByRole("status", { name: "Measured so far" }).textContent()).toContain("2 points");
    await touch([[x + 100, y]]);
    await expect.poll(() => measured(0).count()).toBe(1);
    // 150 pixels of the screen at 5x would be 300 µm if the finger had not moved the slide between.
    expect(inUm((await measured(0).textContent()) ?? "")).toBeLessThan(250);
    await page.keyboard.press("Escape");
  });
});

describe("on a screen for fingers", () => {
  it("the stage's buttons are 44 pixels wide and high, elsewhere 24 at least", async () => {
    await openSlide("a.tif", 1);
    const least = async (on: Page) => {
      const boxes = await on.locator(".stage-tools button, .measure-bar button").all();
      const sizes = await Promise.all(boxes.map(async (box) => await box.boundingBox()));
      return Math.min(...sizes.flatMap((size) => (size ? [size.width, size.height] : [])));
    };
    await page.keyboard.press("m");
    await page.getByRole("button", { name: "End shape" }).waitFor();
    expect(await least(page)).toBeGreaterThanOrEqual(24);
    const touchContext = await browser.newContext({ hasTouch: true, isMobile: true, serviceWorkers: "block" });
    const touchPage = await touchContext.newPage();
    await touchPage.goto(page.url());
    await partsOf(touchPage).file.setInputFiles(tissuePng("picture.png", 400, 300));
    await touchPage.getByRole("button", { name: "Measure lengths and areas" }).click();
    await touchPage.getByRole("button", { name: "End shape" }).waitFor();
    expect(await least(touchPage)).toBeGreaterThanOrEqual(44);
    await touchContext.close();
  });
});
