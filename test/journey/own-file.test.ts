import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dicomFile } from "../support/made-slides/dicom.ts";
import { emptyFile, type MadeFile, textFile, tinyTiff, tissuePng } from "./made-files.ts";
import { downloadOf, finishRun, launchBrowser, type OpenedPage, openPage, partsOf } from "./open-page.ts";

let browser: Browser;
let opened: OpenedPage;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  opened = await openPage(browser);
});
afterEach(() => opened.context.close());

describe("a picture without a pixel size", () => {
  it("is asked for it, and marks what follows as assumed, on the page and in the exports", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    await parts.file.setInputFiles(tissuePng("section.png", 500, 400));
    await parts.pixelSize.waitFor();
    expect(await parts.analyze.isDisabled()).toBe(true);
    expect(
      await page
        .getByText(/give it under Slide/)
        .filter({ visible: true })
        .count(),
    ).toBe(1);

    await parts.pixelSize.fill("nonsense");
    await parts.pixelSize.press("Enter");
    await page.getByText(/Give a number between/).waitFor();
    await page.getByRole("button", { name: "Low power" }).click();
    expect(await parts.pixelSize.inputValue()).toBe("10");
    expect(await page.locator(".status-scale").textContent()).toContain("assumed");

    await parts.analyze.click();
    await finishRun(page);
    expect(await parts.necrosis.textContent()).toContain("assumed");
    const geojson = await downloadOf(page, "Export GeoJSON");
    expect(JSON.parse(geojson.bytes.toString("utf8"))).toMatchObject({ palisade: { assumed: true, mppX: 10 } });
    const csv = await downloadOf(page, "Export CSV");
    expect(csv.bytes.toString("utf8").split("\r\n")[1]).toMatch(/,10,10,(yes|true|1|assumed),/);

    await parts.pixelSize.fill("8");
    await parts.pixelSize.press("Enter");
    await page.getByText("No map yet.").waitFor();
    expect(await page.getByRole("button", { name: "Export CSV" }).isDisabled()).toBe(true);
  });

  it("is remembered for the same file in the next visit", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    const open = () => openInPage(page, tissuePng("section.png", 300, 200));
    await open();
    await parts.pixelSize.fill("4");
    await parts.pixelSize.press("Enter");
    await page.reload();
    await open();
    await parts.analyze.and(page.locator(":enabled")).waitFor();
    expect(await parts.pixelSize.inputValue()).toBe("4");
  });
});

describe("a number that is being typed", () => {
  it("opens Analyze without a key or a click elsewhere, and keeps what was typed", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    await parts.file.setInputFiles(tissuePng("section.png", 300, 200));
    await parts.pixelSize.pressSequentially("1.50");
    expect(await parts.pixelSize.inputValue()).toBe("1.50");
    expect(await page.locator(".bar-facts").textContent()).toContain("1.5 µm/px");
    await parts.pixelSize.fill("10");
    const button = await parts.analyze.and(page.locator(":enabled")).boundingBox();
    if (!button) throw new Error("Analyze has no place on the page.");
    await page.mouse.click(button.x + button.width / 2, button.y + button.height / 2);
    await finishRun(page);
    expect(await parts.necrosis.textContent()).toMatch(
      /^[\d.]+ % [\d.,]+ mm²\* \(rests on the assumed pixel size\).*\d+ regions? in [\d.,]+ mm² of tissue\* \(rests on the assumed/,
    );
  });
});

describe("another slide while the first is still being read", () => {
  it("drops the tiles under way without a word", async () => {
    const { page, complaints } = opened;
    const parts = partsOf(page);
    await parts.file.setInputFiles(tinyTiff("wide.tif", 4000, 4000));
    await page.locator(".bar-name", { hasText: "wide.tif" }).waitFor();
    await page.getByText("Reading tiles").waitFor();
    await parts.file.setInputFiles(tissuePng("next.png", 200, 150));
    await page.locator(".bar-name", { hasText: "next.png" }).waitFor();
    await page.waitForTimeout(500);
    expect(complaints).toEqual([]);
    expect(await parts.alert.count()).toBe(0);
  });
});

describe("dropping", () => {
  it("shows where to drop, and opens the file over an open slide too", async () => {
    const { page } = opened;
    for (const name of ["first.png", "second.png"]) {
      await dragOver(page, tissuePng(name, 200, 150));
      await page.getByText("Drop to open").waitFor();
      await drop(page);
      await page.locator(".bar-name", { hasText: name }).waitFor();
      expect(await page.getByText("Drop to open").count()).toBe(0);
    }
  });
});

describe("dropping from the desktop", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "palisade-drop-"));
    for (const { name, buffer } of [tissuePng("one.png", 200, 150), tissuePng("two.png", 200, 150)]) {
      await writeFile(join(folder, name), buffer);
    }
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("a folder opens its first slide, and lists all of them", async () => {
    await dropFromDisk(opened, [folder]);
    await expectListed(opened, ["one.png", "two.png"]);
    expect(await opened.page.locator(".bar-name").textContent()).toBe("one.png");
  });

  it("a folder without a file gives a sentence that names it", async () => {
    const parts = partsOf(opened.page);
    const empty = await mkdtemp(join(folder, "empty-"));
    await dropFromDisk(opened, [empty]);
    await parts.alert.waitFor();
    expect(await parts.alert.locator("p").textContent()).toMatch(/found no file in "empty-/);
  });

  it("several files opens the first, and lists all of them", async () => {
    await dropFromDisk(opened, [join(folder, "one.png"), join(folder, "two.png")]);
    await expectListed(opened, ["one.png", "two.png"]);
    expect(await opened.page.locator(".bar-name").textContent()).toBe("one.png");
  });

  it("the files of a DICOM slide, or a folder with them, open as one slide", async () => {
    const parts = partsOf(opened.page);
    const slide = join(folder, "slide", "series");
    await mkdir(slide, { recursive: true });
    const names = ["a.dcm", "b.dcm", "c.dcm"];
    for (const [level, name] of names.entries()) await writeFile(join(slide, name), dicomLevel(level));
    await dropFromDisk(
      opened,
      names.map((name) => join(slide, name)),
    );
    const facts = opened.page.getByText("DICOM whole-slide image, uncompressed, 3 levels");
    await facts.waitFor();
    expect(await parts.alert.count()).toBe(0);
    await opened.page.reload();
    await dropFromDisk(opened, [join(folder, "slide")]);
    await facts.waitFor();
    expect(await parts.alert.count()).toBe(0);
    expect(opened.complaints).toEqual([]);
  });

  it("the files of a DICOM slide open as one slide from the file dialog too", async () => {
    const files = [2, 0, 1].map((level) => ({
      name: `${level}.dcm`,
      mimeType: "application/dicom",
      buffer: Buffer.from(dicomLevel(level)),
    }));
    const notes = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("notes ".repeat(40)) };
    const parts = partsOf(opened.page);
    await parts.file.setInputFiles([notes, ...files]);
    await opened.page.getByText("DICOM whole-slide image, uncompressed, 3 levels").waitFor();
    await opened.page
      .getByRole("status", { name: "Notice" })
      .getByText("Left out, because they are no slides")
      .waitFor();
    expect(await opened.page.getByRole("status", { name: "Notice" }).textContent()).toContain('"notes.txt"');
  });
});

async function expectListed({ page }: OpenedPage, names: readonly string[]): Promise<void> {
  for (const name of names) await page.locator(".queue").getByText(name, { exact: true }).waitFor();
}

/** A level of 600 x 400 pixels, halved `level` times. */
function dicomLevel(level: number): Uint8Array<ArrayBuffer> {
  const scale = 2 ** level;
  return dicomFile({
    width: 600 / scale,
    height: 400 / scale,
    tileWidth: 256,
    tileHeight: 256,
    colourAt: (x, y) => [200, (x * scale) & 255, (y * scale) & 255],
    instance: level + 1,
    isResampled: level > 0,
    pixelSize: { x: 0.5 * scale, y: 0.5 * scale },
  });
}

describe("a file that is no slide", () => {
  it.each([
    ["a text file renamed .svs", textFile("letter.svs")],
    ["an empty file", emptyFile("empty.svs")],
    ["a truncated picture", truncated(tissuePng("half.png", 400, 300))],
    ["a TIFF whose directory leads back to itself", tinyTiff("round.tif", 16, 16, true)],
    ["a TIFF of no size", tinyTiff("nothing.tif", 0, 0)],
  ])("%s gives a sentence that can be put away, and the page goes on", async (_, file) => {
    const { page } = opened;
    const parts = partsOf(page);
    await parts.file.setInputFiles(file);
    await parts.alert.waitFor({ timeout: 5_000 });
    const sentence = await parts.alert.locator("p").textContent();
    expect(sentence).toMatch(/^[A-Z"].{20,}\.$/s);
    expect(sentence).not.toMatch(/Error|undefined|\bat .*:\d+/);
    await page.getByRole("button", { name: "Dismiss" }).click();
    expect(await parts.alert.count()).toBe(0);
    await parts.file.setInputFiles(tissuePng("good.png", 200, 150));
    await parts.pixelSize.waitFor();
  });
});

function truncated(file: MadeFile): MadeFile {
  return { ...file, buffer: file.buffer.subarray(0, Math.floor(file.buffer.length / 2)) };
}

/** Gives the page a file with a fixed date, as one file on a disk has. */
async function openInPage(page: Page, file: MadeFile): Promise<void> {
  await page.getByLabel("Slide file").evaluate(
    (input: HTMLInputElement, { name, mimeType, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], name, { type: mimeType, lastModified: 1_700_000_000_000 }));
      input.files = transfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
    { name: file.name, mimeType: file.mimeType, base64: file.buffer.toString("base64") },
  );
}

async function dragOver(page: Page, file: MadeFile): Promise<void> {
  await page.evaluate(
    ({ name, mimeType, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], name, { type: mimeType }));
      Reflect.set(window, "draggedFiles", transfer);
      const target = document.querySelector("main") ?? document.body;
      for (const type of ["dragenter", "dragover"]) {
        target.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
      }
    },
    { name: file.name, mimeType: file.mimeType, base64: file.buffer.toString("base64") },
  );
}

/** As a file manager drops: with real entries of a disk, folders among them. */
async function dropFromDisk({ context, page }: OpenedPage, files: readonly string[]): Promise<void> {
  const session = await context.newCDPSession(page);
  // The browser hands no drag to a page that has not been drawn.
  await partsOf(page).openSlide.first().waitFor();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300))));
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", {
      type,
      x: 400,
      y: 300,
      data: { items: [], files: [...files], dragOperationsMask: 1 },
    });
  }
}

async function drop(page: Page): Promise<void> {
  await page.evaluate(() => {
    const transfer: unknown = Reflect.get(window, "draggedFiles");
    if (!(transfer instanceof DataTransfer)) throw new TypeError("Nothing is being dragged.");
    const target = document.querySelector("main") ?? document.body;
    target.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
}
