import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { TOUR_STEPS } from "../../src/app/state/tour.ts";
import { createPageCommands, type PageCommands } from "../../src/app/ui/commands.ts";
import { KEY_BINDINGS, listenToKeys } from "../../src/app/ui/keys.ts";
import { loadLaterPanels } from "../../src/app/ui/later-panels.tsx";
import { Page } from "../../src/app/ui/page.tsx";
import { showLanguage } from "../../src/app/words/words.ts";
import "../../src/app/ui/page.css";
import { AppError } from "../../src/engine/base/errors.ts";
import { createTestApp, OWN_PIXEL_SIZE, settled, smallGrid, type TestApp } from "../unit/app/fakes.ts";

let root: HTMLElement;
let test: TestApp;
let commands: PageCommands;
let stopKeys: () => void;

beforeEach(async () => {
  await page.viewport(1280, 800);
  root = document.createElement("div");
  document.body.append(root);
  test = createTestApp();
  commands = createPageCommands();
  await test.app.packs.start();
  await loadLaterPanels();
  stopKeys = listenToKeys(test.app, commands);
  render(<Page app={test.app} commands={commands} />, root);
});
afterEach(async () => {
  stopKeys();
  render(null, root);
  root.remove();
  await showLanguage("en");
});

async function repainted(): Promise<void> {
  await settled();
  await new Promise((resolve) => setTimeout(resolve, 50));
}

async function openAndAnalyze(): Promise<void> {
  await test.app.slide.openFiles([new File([], "own-a.svs")]);
  const run = test.app.analysis.analyze();
  await repainted();
  test.client.finish(smallGrid(), OWN_PIXEL_SIZE);
  await run;
  await repainted();
}

describe("the language choice", () => {
  it("turns the whole page to German and back, and the page says which it is", async () => {
    const choice = root.querySelector<HTMLSelectElement>("select.bar-language");
    await userEvent.selectOptions(choice!, "de");
    await expect.poll(() => document.documentElement.lang).toBe("de");
    expect(root.textContent).toContain("Schnitt öffnen");
    expect(root.textContent).toContain("Kein Medizinprodukt.");
    expect(root.textContent).toContain("Not a medical device.");
    expect(test.app.settings.language.value).toBe("de");
    await userEvent.selectOptions(choice!, "en");
    await expect.poll(() => document.documentElement.lang).toBe("en");
    expect(root.textContent).toContain("Open slide");
  });

  it("writes the numbers of a result as the language does", async () => {
    await openAndAnalyze();
    const result = () => root.querySelector("[role=status].result")?.textContent;
    const english = result()?.match(/\d+\.\d %/)?.[0];
    await test.app.language.choose("de");
    await repainted();
    expect(english).toBeDefined();
    expect(result()).toContain(english?.replace(".", ","));
  });
});

describe("help beside a control", () => {
  it("opens by keyboard within the page, and Esc puts it away and cancels nothing", async () => {
    await test.app.slide.openFiles([new File([], "own-a.svs")]);
    void test.app.analysis.analyze();
    await repainted();
    const marks = [...root.querySelectorAll<HTMLButtonElement>("button.help")];
    expect(marks.length).toBeGreaterThan(4);
    for (const mark of marks) {
      mark.focus();
      await userEvent.keyboard("{Enter}");
      const text = root.querySelector(":popover-open");
      const { left, top, right, bottom } = text!.getBoundingClientRect();
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(innerWidth);
      expect(bottom).toBeLessThanOrEqual(innerHeight);
      await userEvent.keyboard("{Escape}");
      expect(root.querySelector(":popover-open")).toBeNull();
    }
    expect(test.app.analysis.state.value).toMatchObject({ kind: "running", isCancelling: false });
  });
});

describe("the tour", () => {
  it("is offered on the empty stage without a dialog, and no is an answer", async () => {
    expect(root.querySelector("[role=dialog]")).toBeNull();
    await page.getByRole("button", { name: "No, thanks" }).click();
    await repainted();
    expect(root.querySelector(".tour-offer")).toBeNull();
    expect(test.app.settings.isTourKnown.value).toBe(true);
  });

  it("goes by keyboard alone, outlines what each step speaks of, and Esc ends it", async () => {
    await openAndAnalyze();
    test.app.tour.start();
    await repainted();
    for (const _ of TOUR_STEPS.slice(1)) {
      expect(root.querySelectorAll("[data-toured]")).toHaveLength(1);
      await userEvent.keyboard("{Enter}");
      await repainted();
    }
    expect(root.querySelectorAll("[data-toured]")).toHaveLength(1);
    await userEvent.keyboard("{Escape}");
    await repainted();
    expect(root.querySelector(".tour")).toBeNull();
    expect(root.querySelector("[data-toured]")).toBeNull();
  });

  it("starts again from the sheet of keys", async () => {
    test.app.tour.stop();
    commands.showKeys(true);
    await page.getByRole("button", { name: "Show me around" }).click();
    await repainted();
    expect(root.querySelector(".tour")?.textContent).toContain("1 of 7");
  });
});

describe("the sheet of keys", () => {
  it("finds a key by what it does, in either language, or by the key, and Esc empties the search first", async () => {
    await test.app.language.choose("de");
    commands.showKeys(true);
    await repainted();
    const rows = () => root.querySelectorAll(".key-sheet dl div").length;
    expect(rows()).toBe(KEY_BINDINGS.length);
    expect(document.activeElement?.className).toBe("key-search");
    await userEvent.keyboard("vollbild");
    await expect.poll(rows).toBe(1);
    await userEvent.keyboard("{Escape}full screen");
    await expect.poll(rows).toBe(1);
    await userEvent.keyboard("{Escape}xyzzy");
    await expect.poll(() => root.querySelector(".key-sheet")?.textContent).toContain("Das tut keine Taste.");
    await userEvent.keyboard("{Escape}{Escape}");
    await expect.poll(() => root.querySelector(".key-sheet")).toBeNull();
  });

  it("leads to what is new", async () => {
    commands.showKeys(true);
    await page.getByRole("button", { name: "What is new" }).click();
    await repainted();
    expect(root.querySelectorAll(".changes li").length).toBeGreaterThan(10);
    expect(root.querySelector(".key-sheet")).toBeNull();
  });
});

describe("a failure", () => {
  it("offers a report under its details that names no file", async () => {
    test.app.messages.hide(["Miller.svs"]);
    test.app.messages.report(new AppError("slide/truncated", "Expected 12 bytes of Miller.svs, but it ends."));
    await repainted();
    await page.getByText("Details").click();
    const copied: string[] = [];
    const clipboard = navigator.clipboard;
    Object.defineProperty(navigator, "clipboard", {
      configurable: true,
      value: { writeText: async (text: string) => void copied.push(text) },
    });
    await page.getByRole("button", { name: "Copy report" }).click();
    await expect.poll(() => root.querySelector(".report-copy")?.textContent).toContain("Copied");
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: clipboard });
    expect(copied[0]).toContain("Code: slide/truncated");
    expect(copied[0]).not.toContain("Miller");
  });
});
