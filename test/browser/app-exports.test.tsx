import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { createPageCommands } from "../../src/app/ui/commands.ts";
import { listenToKeys } from "../../src/app/ui/keys.ts";
import { loadLaterPanels } from "../../src/app/ui/later-panels.tsx";
import { Page } from "../../src/app/ui/page.tsx";
import "../../src/app/ui/page.css";
import { AppError } from "../../src/engine/base/errors.ts";
import type { RegionRequest, RgbaImage } from "../../src/engine/slide/types.ts";
import { createTestApp, OWN_PIXEL_SIZE, settled, smallGrid, type TestApp } from "../unit/app/fakes.ts";

let root: HTMLElement;
let test: TestApp;
let stopKeys = () => {};

beforeEach(async () => {
  await page.viewport(1280, 860);
  root = document.createElement("div");
  document.body.append(root);
  test = createTestApp();
  await test.app.packs.start();
  await loadLaterPanels();
  const commands = createPageCommands();
  stopKeys = listenToKeys(test.app, commands);
  render(<Page app={test.app} commands={commands} />, root);
  await test.app.slide.openFiles([new File([], "own-a.svs")]);
  await repainted();
});
afterEach(() => {
  stopKeys();
  render(null, root);
  root.remove();
});

async function repainted(ms = 50): Promise<void> {
  await settled();
  await new Promise((resolve) => setTimeout(resolve, ms));
}

async function analyzed(): Promise<void> {
  const run = test.app.analysis.analyze();
  test.client.finish(smallGrid(), OWN_PIXEL_SIZE);
  await run;
  await repainted();
}

function button(name: string): HTMLButtonElement | undefined {
  return [...root.querySelectorAll("button")].find((one) => one.textContent?.trim() === name);
}

function said(): string {
  return root.querySelector(".export-status [role=status]")?.textContent ?? "";
}

/** Every region that is read waits for its turn. */
function slowSlide(): { readonly asked: RegionRequest[]; answer(): void; fail(error: unknown): void } {
  const asked: RegionRequest[] = [];
  const waiting: { resolve: (image: RgbaImage) => void; reject: (error: unknown) => void }[] = [];
  const slide = test.slides[0];
  if (!slide) throw new TypeError("No slide was opened.");
  const region = (request: RegionRequest) => {
    asked.push(request);
    return new Promise<RgbaImage>((resolve, reject) => waiting.push({ resolve, reject }));
  };
  Object.assign(slide, { region });
  return {
    asked,
    answer() {
      const { width, height } = asked[asked.length - waiting.length] ?? { width: 1, height: 1 };
      waiting.shift()?.resolve({ width, height, data: new Uint8ClampedArray(width * height * 4).fill(200) });
    },
    fail: (error) => waiting.shift()?.reject(error),
  };
}

describe("the export section", () => {
  it("says what there will be while there is nothing yet, and that half a map is not handed on", async () => {
    expect(said()).toMatch(/^Nothing to hand on yet\. When a run is done: a table/);
    const run = test.app.analysis.analyze();
    test.client.progress({ grid: smallGrid(), done: 1, total: 4 });
    test.app.analysis.cancel();
    await run;
    await repainted();
    expect(said()).toContain("not whole");
    expect(button("Export CSV")?.disabled).toBe(true);
    expect(button("Print report")?.disabled).toBe(true);
  });

  it("says after a while what is read and how far, and can be told to stop; the next file is written all the same", async () => {
    await analyzed();
    expect(said()).toBe("Each file says that it is for research use only.");
    const slow = slowSlide();
    button("Export image")?.click();
    await repainted();
    expect(root.querySelector(".export-progress")).toBeNull();
    expect(button("Export CSV")?.disabled).toBe(true);
    await repainted(350);
    expect(root.querySelector(".export-progress [role=progressbar]")).not.toBeNull();
    button("Stop writing")?.click();
    slow.answer();
    await repainted();
    expect(said()).toBe("Each file says that it is for research use only.");
    expect(test.app.messages.alert.value).toBeNull();
    button("Export CSV")?.click();
    await expect.poll(said).toMatch(/^slide own-a\.sv\.csv \([\d.]+ kB\) went to your downloads\.$/);
  });

  it("says that a file failed, and why above the slide", async () => {
    await analyzed();
    const slow = slowSlide();
    button("Export image")?.click();
    await repainted();
    slow.fail(new AppError("slide/unreadable", "The file cannot be read any more; choose it again."));
    await repainted();
    expect(said()).toMatch(/^Export image did not succeed/);
    expect(root.querySelector("[role=alert]")?.textContent).toContain("cannot be read any more");
  });

  it("reads a large slide in strips and of no finer level than the paper shows", async () => {
    await analyzed();
    const slow = slowSlide();
    button("Export image")?.click();
    await repainted();
    slow.answer();
    await expect.poll(said, { timeout: 20_000 }).toMatch(/went to your downloads/);
    expect(slow.asked.every(({ width, height }) => width * height <= 8_100_000)).toBe(true);
  });

  it("forgets what it said when another slide is opened", async () => {
    await analyzed();
    button("Export CSV")?.click();
    await expect.poll(said).toMatch(/went to your downloads/);
    await test.app.slide.openFiles([new File([], "own-b.svs")]);
    await repainted();
    expect(said()).toMatch(/^Nothing to hand on yet/);
  });

  it("is opened and given the keyboard by E", async () => {
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "e" }));
    await repainted();
    expect(document.activeElement?.textContent).toBe("Export");
  });
});
