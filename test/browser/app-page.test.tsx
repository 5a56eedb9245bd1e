import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { createPageCommands } from "../../src/app/ui/commands.ts";
import { loadLaterPanels } from "../../src/app/ui/later-panels.tsx";
import { Page } from "../../src/app/ui/page.tsx";
import "../../src/app/ui/page.css";
import { createTestApp, OWN_PIXEL_SIZE, settled, smallGrid, type TestApp } from "../unit/app/fakes.ts";

let root: HTMLElement;
let test: TestApp;

beforeEach(async () => {
  await page.viewport(1280, 860);
  root = document.createElement("div");
  document.body.append(root);
  test = createTestApp();
  await test.app.packs.start();
  await loadLaterPanels();
  render(<Page app={test.app} commands={createPageCommands()} />, root);
});
afterEach(() => {
  render(null, root);
  root.remove();
});

function buttons(name: string): HTMLButtonElement[] {
  return [...root.querySelectorAll("button")].filter((button) => button.textContent?.trim() === name);
}

async function repainted(): Promise<void> {
  await settled();
  await new Promise((resolve) => setTimeout(resolve, 50));
}

const ALWAYS = ["Open slide", "Demo slide"];
const WITH_SLIDE = ["Analyze", "Export GeoJSON", "Export CSV", "Export image", "Export confidence"];

describe("names that other programs drive the page by", () => {
  it("stand there exactly once in every state", async () => {
    for (const name of ALWAYS) expect(buttons(name)).toHaveLength(1);
    await test.app.slide.openFiles([new File([], "own-a.svs")]);
    await repainted();
    for (const name of [...ALWAYS, ...WITH_SLIDE]) expect(buttons(name)).toHaveLength(1);
    expect(buttons("Cancel")).toHaveLength(0);
    void test.app.analysis.analyze();
    await repainted();
    for (const name of [...ALWAYS, ...WITH_SLIDE, "Cancel"]) expect(buttons(name)).toHaveLength(1);
    expect(root.querySelectorAll("[role=progressbar][aria-label=Analysis]")).toHaveLength(1);
    expect(root.querySelectorAll("[role=status][aria-label=Necrosis]")).toHaveLength(1);
    expect(root.querySelectorAll("[role=status][aria-label=Backend]")).toHaveLength(1);
    expect(root.querySelectorAll("input[type=file]")).toHaveLength(1);
    expect(root.querySelectorAll("input[type=range]")).toHaveLength(2);
  });
});

describe("the sliders", () => {
  it("stay where they are when a run ends, whatever it has to note", async () => {
    await test.app.slide.openFiles([new File([], "own-a.svs")]);
    const run = test.app.analysis.analyze();
    await repainted();
    const places = () =>
      [...root.querySelectorAll("input[type=range], .legend-bar")].map(
        (element) => element.getBoundingClientRect().top,
      );
    const before = places();
    test.client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await run;
    await repainted();
    expect(test.app.necrosis.findings.value).not.toBeNull();
    expect(places()).toEqual(before);
  });

  it("are labelled by their names alone, and follow a program that sets a value by either event", async () => {
    await test.app.slide.openFiles([new File([], "own-a.svs")]);
    const run = test.app.analysis.analyze();
    test.client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await run;
    await repainted();
    const [threshold, opacity] = root.querySelectorAll<HTMLInputElement>("input[type=range]");
    expect([threshold, opacity].map((slider) => slider?.labels?.[0]?.textContent)).toEqual(["Threshold", "Opacity"]);
    for (const [event, value] of [
      ["input", 0.25],
      ["change", 0.75],
    ] as const) {
      if (threshold) threshold.value = String(value);
      threshold?.dispatchEvent(new Event(event, { bubbles: true }));
      expect(test.app.necrosis.threshold.value).toBe(value);
    }
  });
});

describe("the key sheet", () => {
  it("gives the keyboard back to where it was", async () => {
    const opener = root.querySelector<HTMLButtonElement>("button[aria-label='Keyboard keys']");
    opener?.focus();
    opener?.click();
    await repainted();
    const close = root.querySelector<HTMLButtonElement>("[role=dialog] button");
    expect(document.activeElement).toBe(root.querySelector("[role=dialog] input"));
    close?.click();
    await repainted();
    expect(document.activeElement).toBe(opener);
  });
});

describe("the exports", () => {
  it("open with the end of the run and close with its result", async () => {
    await test.app.slide.openFiles([new File([], "own-a.svs")]);
    const run = test.app.analysis.analyze();
    await repainted();
    expect(buttons("Export CSV")[0]?.disabled).toBe(true);
    test.client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await run;
    await repainted();
    expect(buttons("Export CSV")[0]?.disabled).toBe(false);
    await test.app.slide.openFiles([new File([], "own-b.svs")]);
    await repainted();
    expect(buttons("Export CSV")[0]?.disabled).toBe(true);
  });
});

describe("the alert", () => {
  it("shows one sentence with the details folded, and goes when dismissed", async () => {
    test.app.messages.report(new RangeError("internal words"));
    await repainted();
    const alert = root.querySelector("[role=alert]");
    expect(alert?.textContent).toMatch(/^Something went wrong .*\.$/);
    expect(root.querySelector<HTMLDetailsElement>(".alert details")?.open).toBe(false);
    expect(root.querySelector(".alert details")?.textContent).toContain("internal words");
    root.querySelector<HTMLButtonElement>(".alert [aria-label=Dismiss]")?.click();
    await repainted();
    expect(root.querySelector("[role=alert]")).toBeNull();
  });
});
